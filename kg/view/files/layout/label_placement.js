/* Names beside nodes, at one size on the screen whatever the zoom, never on one another or on a node.
   The most telling nodes choose first; a name that finds no room waits until the reader zooms in. */
import { put } from "../data/grouping.js";
import { labelSize } from "./label_size.js";

const GAP = 4;
const CELL = 64;
const CROWD = 300;
const HAIR = 0.1; // pixels: rows that touch do not overlap, whatever the last digit of a place says
/** @typedef {kg.Box & {of: number | string}} Placed */
/* Boxes in a grid of cells, to ask quickly whether a new one would touch any. */
/** @type {() => {add: (box: Placed) => void, free: (box: kg.Box, self: number | null) => boolean}} */
const createGrid = () => {
  /** @type {Map<string, Placed[]>} */
  const cells = new Map();
  /** @type {(box: kg.Box) => string[]} */
  const keys = (box) => {
    const found = [];
    for (let x = Math.floor(box.left / CELL); x <= Math.floor(box.right / CELL); x += 1)
      for (let y = Math.floor(box.top / CELL); y <= Math.floor(box.bottom / CELL); y += 1) found.push(`${x},${y}`);
    return found;
  };
  /** @type {(a: kg.Box, b: kg.Box) => boolean} */
  const touches = (a, b) => a.left + HAIR < b.right && b.left + HAIR < a.right && a.top + HAIR < b.bottom && b.top + HAIR < a.bottom;
  return {
    add: (box) => {
      for (const key of keys(box)) put(cells, key, box);
    },
    free: (box, self) => keys(box).every((key) => (cells.get(key) || []).every((b) => b.of === self || !touches(box, b))),
  };
};

/* `spots`: {index, x, y, radius, text, rank, strong, side, quiet} in screen pixels → the same with left and top of the
   name. Names stay within `bounds` where they can, so that none is cut when the whole is in the window. */
/** @type {(spots: kg.Spot[], bounds: kg.Box) => kg.Label[]} */
export const placeLabels = (spots, bounds) => {
  const grid = createGrid();
  /* In a crowd the names of the most telling stand over the small nodes around them, and not too many of them. */
  const crowd = spots.length > CROWD;
  const most = crowd ? Math.max(25, ((bounds.right - bounds.left) * (bounds.bottom - bounds.top)) / 16_000) : Infinity;
  for (const { index, x, y, radius } of spots)
    if (!crowd || radius > 9) grid.add({ of: index, left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });
  /** @type {kg.Label[]} */
  const placed = [];
  for (const spot of [...spots].sort((a, b) => b.strong - a.strong || b.rank - a.rank || a.index - b.index)) {
    if (spot.quiet) continue;
    if (placed.length >= most && !spot.strong) break;
    const { x, y, radius, index } = spot;
    /* Names in rows have just the room that they need: the chosen one is told by its colour there. */
    const { rows, wide, high } = labelSize(spot.text, Boolean(spot.strong) && spot.side === null, spot.small);
    /** @type {[left: number, top: number][]} */
    const places = [
      [x - wide / 2, y + radius + 2],
      [x + radius + GAP, y - high / 2],
      [x - radius - GAP - wide, y - high / 2],
      [x - wide / 2, y - radius - 2 - high],
      [x + radius * 0.7, y + radius * 0.7],
      [x - radius * 0.7 - wide, y + radius * 0.7],
      [x + radius * 0.7, y - radius * 0.7 - high],
      [x - radius * 0.7 - wide, y - radius * 0.7 - high],
    ];
    if (spot.side === "right") places.unshift(...places.splice(1, 1));
    /** @type {(place: [left: number, top: number]) => boolean} */
    const outside = ([left, top]) => left < bounds.left - 1 || left + wide > bounds.right + 1 || top < bounds.top - 1 || top + high > bounds.bottom + 1;
    const inside = places.filter((place) => !outside(place));
    for (const [left, top] of spot.strong ? [...inside, ...places.filter(outside)] : inside) {
      const box = { of: `${index} name`, left: left - 2, right: left + wide + 2, top, bottom: top + high };
      if (!grid.free(box, spot.strong ? index : null)) continue;
      grid.add(box);
      placed.push({ ...spot, left, top, wide, high, rows, middle: left === x - wide / 2 });
      break;
    }
  }
  return placed;
};
