/* Figures and dates to places on a chart: bounds, ticks, days. Pure arithmetic, no drawing. */
/* A figure's [low, high]; null is open. A value alone is both; "around" reaches as far as comparisons take it. */
/** @type {(figure: kg.Figure) => [low: number | null, high: number | null]} */
export const bounds = (figure) => {
  if (figure.near) return figure.near;
  const known = figure.low !== null || figure.high !== null;
  return known ? [figure.low, figure.high] : [figure.value, figure.value];
};

const STEPS = [1, 2, 5, 10];
/* Round numbers from `least` to `most`, about `count` of them. */
/** @type {(least: number, most: number, count: number) => number[]} */
const ticks = (least, most, count) => {
  const rough = (most - least) / count || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (STEPS.find((one) => one * power >= rough) ?? 10);
  const found = [];
  for (let at = Math.ceil(least / step) * step; at <= most + step * 1e-9; at += step) found.push(Number(at.toPrecision(12)));
  return found;
};

/* A scale for numbers: logarithmic where the largest is far above the smallest. */
/** @type {(values: number[], from: number, to: number) => {at: (value: number) => number, ticks: number[]}} */
export const numberScale = (values, from, to) => {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const far = low > 0 && high / low > 60;
  const [least, most] = far ? [low / 1.6, high * 1.6] : [Math.min(low, low - (high - low || Math.abs(high) || 1) * 0.12), high + (high - low || Math.abs(high) || 1) * 0.15];
  const floor = !far && low >= 0 ? Math.max(0, least) : least;
  /** @type {(value: number) => number} */
  const share = far ? (value) => Math.log(value / floor) / Math.log(most / floor) : (value) => (value - floor) / (most - floor);
  const marks = far
    ? Array.from({ length: 12 }, (_, at) => 10 ** (Math.ceil(Math.log10(floor)) + at)).filter((value) => value <= most)
    : ticks(floor, most, 3);
  return { at: (value) => from + (to - from) * Math.max(0, Math.min(1, share(value))), ticks: marks };
};

/* Days since 1970 of an EDTF date, [first, last] of what it may be; null where there is no year. */
/** @type {(edtf: string | null | undefined) => [first: number, last: number] | null} */
export const days = (edtf) => {
  const found = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(edtf || "");
  if (!found) return null;
  const [year, month, day] = found.slice(1).map(Number);
  const at = (/** @type {number} */ monthAt, /** @type {number} */ dayOfMonth) => Date.UTC(year, monthAt, dayOfMonth) / 86_400_000;
  if (day) return [at(month - 1, day), at(month - 1, day)];
  if (month) return [at(month - 1, 1), at(month, 0)];
  return [at(0, 1), at(11, 31)];
};

/* The days that a chart spans: those of its figures, with a little room at both ends. */
/** @type {(known: [first: number, last: number][]) => [first: number, last: number]} */
export const span = (known) => {
  if (!known.length) return [0, 1];
  const [first, last] = [Math.min(...known.map(([day]) => day)), Math.max(...known.map(([, day]) => day))];
  const room = Math.max(1, (last - first) * 0.03);
  return [first - room, last + room];
};

/* Dates to write below an axis that spans these days. */
/** @type {(first: number, last: number, count: number) => [day: number, text: string][]} */
export const dateTicks = (first, last, count) => {
  const span = Math.max(1, last - first);
  const months = span > 80;
  const start = new Date(first * 86_400_000);
  /** @type {[number, string][]} */
  const found = [];
  if (!months) {
    const step = Math.max(1, Math.ceil(span / count));
    for (let day = Math.ceil(first); day <= last; day += step) found.push([day, new Date(day * 86_400_000).toISOString().slice(0, 10)]);
    return found;
  }
  const step = Math.max(1, Math.ceil(span / 30.4 / count));
  const every = step > 6 ? Math.ceil(step / 12) * 12 : step > 3 ? 6 : step > 2 ? 3 : step;
  for (let month = start.getUTCFullYear() * 12 + (every >= 12 ? 0 : start.getUTCMonth()); ; month += every) {
    const day = Date.UTC(Math.floor(month / 12), month % 12, 1) / 86_400_000;
    if (day > last) return found;
    if (day >= first) found.push([day, every >= 12 ? String(Math.floor(month / 12)) : new Date(day * 86_400_000).toISOString().slice(0, 7)]);
  }
};
