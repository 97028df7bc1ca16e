/* The room that a name needs on the screen, at one size of letters whatever the zoom; the one place that measures. */

const FONT = 12;
const SMALL = 11;
export const LINE_HEIGHT = 15;
export const SMALL_LINE = 12.5;
const LONGEST = 24; // characters of a line, above which a name takes two
const family = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
/* `small` where an answer has many names for its window. */
/** @type {(strong: boolean, small?: boolean) => string} */
export const font = (strong, small = false) => `${strong ? "600 " : ""}${small ? SMALL : FONT}px ${family}`;

/** @type {CanvasRenderingContext2D | null} */
let canvas = null;
/** @type {(text: string, strong: boolean, small: boolean) => number} */
const width = (text, strong, small) => {
  canvas ??= /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  canvas.font = font(strong, small);
  return canvas.measureText(text).width;
};

/* A long name in two lines, broken at the space nearest to its middle. */
/** @type {(text: string) => string[]} */
export const lines = (text) => {
  if (text.length <= LONGEST) return [text];
  const middle = text.length / 2;
  let at = -1;
  for (let space = text.indexOf(" "); space >= 0; space = text.indexOf(" ", space + 1)) if (at < 0 || Math.abs(space - middle) < Math.abs(at - middle)) at = space;
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
};

/** @type {Map<string, {rows: string[], wide: number, high: number}>} */
const known = new Map();
/* In one line or two: {rows, wide, high}. */
/** @type {(text: string, strong?: boolean, small?: boolean) => {rows: string[], wide: number, high: number}} */
export const labelSize = (text, strong = false, small = false) => {
  const key = `${Number(strong)}${Number(small)}${text}`;
  let size = known.get(key);
  if (!size) {
    const rows = lines(text);
    size = { rows, wide: Math.max(...rows.map((row) => width(row, strong, small))), high: rows.length * (small ? SMALL_LINE : LINE_HEIGHT) };
    known.set(key, size);
  }
  return size;
};
