/* Days in bins of about as many statements each, so that a few far-off days stretch nothing and no step drops a crowd. */

/** @typedef {{from: string, to: string, count: number}} Bin */
export const MOST = 60;

/* `days` as EDTF, any order; what has no year is left out. */
/** @type {(days: string[]) => Bin[]} */
export const quantiles = (days) => {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const day of days) counts.set(day, (counts.get(day) ?? 0) + 1);
  const bins = [...counts].filter(([day]) => /^\d{4}(-\d\d){0,2}$/.test(day)).sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, count]) => ({ from: day, to: day, count }));
  if (bins.length <= MOST) return bins;
  const full = bins.reduce((sum, bin) => sum + bin.count, 0) / MOST;
  /** @type {Bin[]} */
  const found = [];
  for (const bin of bins) {
    const last = found[found.length - 1];
    if (last && last.count + bin.count <= full) [last.to, last.count] = [bin.to, last.count + bin.count];
    else found.push({ ...bin });
  }
  return found;
};

/* The bin that holds a day, or the nearest after it; the last for a day after all. */
/** @type {(bins: Bin[], day: string) => number} */
export const binOf = (bins, day) => {
  const at = bins.findIndex(({ to }) => to >= day || to.startsWith(day));
  return at < 0 ? bins.length - 1 : at;
};
