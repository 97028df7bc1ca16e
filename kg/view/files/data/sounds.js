/* Names as they sound, by the tables that the identity of actors is decided by (kg/identity/sounds.py); and words that are
   a letter or two apart. */

/** @type {(text: string) => string} */
export const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/* One word in the letters of a name's sound; a script that the tables do not know keeps its own. */
/** @type {(tables: kg.Data["lexicon"]["sounds"]) => (word: string) => string} */
export const hearing = ({ letters, endings, spellings }) => {
  const known = new Map(letters);
  return (word) => {
    const lower = word.normalize("NFC").toLowerCase();
    let latin = plain([...lower].map((letter) => known.get(letter) ?? letter).join("")).replace(/[^a-z]/g, "");
    if (!latin) return lower;
    for (const [ending, sound] of endings) if (latin.endsWith(ending) && latin.length > ending.length + 2) latin = latin.slice(0, -ending.length) + sound;
    for (const [spelling, sound] of spellings) latin = latin.replaceAll(spelling, sound);
    return latin.replace(/(?<=[aeiou])i(?=[aeiou])/g, "").replace(/(.)\1+/g, "$1");
  };
};

/* Whether two words are at most `most` letters apart: put in, left out, changed, or two that changed places. */
/** @type {(a: string, b: string, most: number) => boolean} */
export const near = (a, b, most) => {
  if (Math.abs(a.length - b.length) > most) return false;
  let [before, last] = [/** @type {number[]} */ ([]), Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + Number(!same));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return false;
    [before, last] = [last, row];
  }
  return last[b.length] <= most;
};
