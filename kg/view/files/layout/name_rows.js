/* Names to the right of their nodes, in rows: as close as they must, so that none stands on another. */
import { brief } from "./brief_names.js";
import { labelSize } from "./label_size.js";

export const EDGE = 12; // pixels to the edge of the window
export const HEAD = 20; // pixels of the words above rows at the foot

/* How close names stand: pixels of a row, letters of a name, whether they are small. */
/** @type {kg.Density[]} */
export const DENSITIES = [
  { row: 21, letters: 24, small: false, gap: 14 },
  { row: 18, letters: 20, small: false, gap: 10 },
  { row: 15, letters: 18, small: true, gap: 8 },
  { row: 14, letters: 15, small: true, gap: 5 },
  { row: 13, letters: 13, small: true, gap: 3.5 },
  { row: 13, letters: 11, small: true, gap: 3 },
];

/* How wide an item with its name to the right is. */
/** @type {(item: kg.Item) => number} */
export const wide = (item) => 2 * item.size + 8 + labelSize(item.brief ?? item.label, false, item.small).wide;
/** @type {(item: kg.Item, density: kg.Density) => void} */
export const besides = (item, { row, letters, small }) => {
  item.side = "right";
  item.size = Math.min(item.home[2], row < 14 ? 4 : row < 18 ? 5 : 7);
  item.small = small;
  item.brief = brief(item.label, letters, item.person);
};
/** @type {(items: kg.Item[]) => kg.Item[]} */
const ranked = (items) => [...items].sort((a, b) => b.rank - a.rank || a.id - b.id);

/* The items in rows, filled like lines of text. */
/** @type {(items: kg.Item[], width: number, gap: number) => kg.Item[][]} */
const lines = (items, width, gap) => {
  /** @type {kg.Item[][]} */
  const rows = [[]];
  let used = 0;
  for (const item of ranked(items)) {
    const room = wide(item) + gap;
    if (used + room - gap > width - 2 * EDGE && rows[rows.length - 1].length) {
      rows.push([]);
      used = 0;
    }
    rows[rows.length - 1].push(item);
    used += room;
  }
  return rows;
};

/* Rows at the foot, or all over where there is nothing else; the height that they leave. */
/** @type {(items: kg.Item[], width: number, height: number, density: kg.Density, only: boolean) => number} */
export const tray = (items, width, height, density, only) => {
  const rows = lines(items, width, density.gap);
  const step = Math.max(density.row, Math.min(30, ((only ? 0.94 : 0.3) * height) / rows.length));
  const top = height - rows.length * step - 2;
  rows.forEach((row, at) => {
    const rest = width - 2 * EDGE - row.reduce((sum, item) => sum + wide(item), 0);
    const gap = Math.min(60, Math.max(density.gap, rest / row.length));
    let x = EDGE;
    for (const item of row) {
      item.x = x + item.size + 2;
      item.y = top + step * (at + 0.5);
      x += wide(item) + gap;
    }
  });
  return top - HEAD;
};

/* Every item in lines by its height, each line from left to right: less near to where they would stand, but filled like
   a page. Gives how many found no room. */
/** @type {(items: kg.Item[], width: number, height: number, density: kg.Density) => number} */
export const filled = (items, width, height, { row: high, gap }) => {
  const most = Math.max(1, Math.floor((height - 2 * EDGE) / high));
  const between = Math.min(4, gap);
  const room = width - 2 * EDGE;
  /* As full as needed, so that the lines spread over the height. */
  const share = Math.max(0.5, Math.min(1, items.reduce((sum, item) => sum + wide(item) + between, 0) / (most * room) + 0.1));
  /** @type {kg.Item[][]} */
  const rows = [[]];
  let used = 0;
  for (const item of [...items].sort((a, b) => a.y - b.y || a.id - b.id)) {
    const own = wide(item) + between;
    if (used && (used + own > room || used >= share * room)) {
      rows.push([]);
      used = 0;
    }
    rows[rows.length - 1].push(item);
    used += own;
  }
  rows.forEach((row, at) => {
    row.sort((a, b) => a.x - b.x || a.id - b.id);
    const rest = room - row.reduce((sum, item) => sum + wide(item) + between, 0);
    let x = EDGE + rest / row.length / 2;
    for (const item of row) {
      item.x = x + item.size + 2;
      item.y = EDGE + high * (at + 0.5);
      if (at >= most) item.brief = " ";
      x += wide(item) + between + rest / row.length;
    }
  });
  return rows.slice(most).reduce((sum, row) => sum + row.length, 0);
};

/* Every item at the nearest free place in rows, the most telling first: no name on another, as long as there is room.
   Gives how many found none. */
/** @type {(items: kg.Item[], width: number, height: number, density?: kg.Density) => number} */
export const slots = (items, width, height, { row: high, gap: between } = DENSITIES[0]) => {
  const count = Math.max(1, Math.floor((height - 2 * EDGE) / high));
  let lost = 0;
  /** @type {[number, number][][]} */
  const rows = Array.from({ length: count }, () => []);
  for (const item of ranked(items)) {
    const room = wide(item) + Math.min(4, between);
    const wish = Math.max(EDGE, Math.min(width - EDGE - room, item.x - item.size - 2));
    let [best, row, place] = [Infinity, -1, 0];
    for (let at = 0; at < count; at += 1) {
      const down = Math.abs(EDGE + high * (at + 0.5) - item.y) * 1.5;
      if (down >= best) continue;
      const taken = rows[at];
      const starts = [EDGE, ...taken.map(([, end]) => end)];
      const ends = [...taken.map(([start]) => start), width - EDGE];
      for (const [gap, start] of starts.entries()) {
        if (ends[gap] - start < room) continue;
        const left = Math.max(start, Math.min(ends[gap] - room, wish));
        const cost = down + Math.abs(left - wish);
        if (cost < best) [best, row, place] = [cost, at, left];
      }
    }
    if (row < 0) {
      lost += 1;
      item.brief = " "; // nowhere is room for its name
      [item.x, item.y] = [Math.min(width - EDGE, Math.max(EDGE, item.x)), Math.min(height - EDGE, Math.max(EDGE, item.y))];
      continue;
    }
    item.x = place + item.size + 2;
    item.y = EDGE + high * (row + 0.5);
    rows[row].push([place, place + room]);
    rows[row].sort((a, b) => a[0] - b[0]);
  }
  return lost;
};
