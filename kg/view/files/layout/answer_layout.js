/* An answer of up to some 150 actors is set into the window by itself: distances follow the links, every name has room.
   The same each time. Whoever has no link here stands in rows at the foot. */
import { labelSize } from "./label_size.js";
import { reach } from "./viewport.js";
import { spring } from "./spring.js";
import { separate } from "./window_layout.js";

const EDGE = 12;
const ROW = 21;
const SHORT = 24; // letters of a name where it is crowded: one line
const LONG = 270; // pixels of a link at most

/* How wide an item with its name to the right is. */
/** @type {(item: kg.Item) => number} */
const wide = (item) => 2 * item.size + 12 + labelSize(item.brief ?? item.label).wide;
/** @type {(item: kg.Item) => void} */
const besides = (item) => {
  item.side = "right";
  item.size = Math.min(item.size, 7);
  const name = item.label;
  item.brief = name.length > SHORT ? `${name.slice(0, SHORT - 1).trimEnd()}…` : name;
};

/* Rows at the foot, filled like lines of text; what height they leave. */
/** @type {(items: kg.Item[], width: number, height: number, most: number) => {left: number, note: number}} */
const tray = (items, width, height, most) => {
  const ordered = [...items].sort((a, b) => b.rank - a.rank || a.id - b.id);
  for (const item of ordered) besides(item);
  /** @type {kg.Item[][]} */
  const rows = [[]];
  let used = 0;
  for (const item of ordered) {
    const room = wide(item) + 14;
    if (used + room > width - 2 * EDGE && rows[rows.length - 1].length) {
      rows.push([]);
      used = 0;
    }
    rows[rows.length - 1].push(item);
    used += room;
  }
  const step = Math.max(18, Math.min(30, (height * most) / rows.length));
  const top = height - rows.length * step - 2;
  rows.forEach((row, at) => {
    const rest = width - 2 * EDGE - row.reduce((sum, item) => sum + wide(item), 0);
    const gap = Math.min(60, Math.max(6, rest / row.length));
    let x = EDGE;
    for (const item of row) {
      item.x = x + item.size + 2;
      item.y = top + step * (at + 0.5);
      x += wide(item) + gap;
    }
  });
  return { left: top - 22, note: top - 8 };
};

/* Every item at the nearest free place in rows, the most telling first: no name on another, as long as there is room. */
/** @type {(items: kg.Item[], width: number, height: number) => void} */
export const slots = (items, width, height) => {
  const count = Math.max(1, Math.floor((height - 2 * EDGE) / ROW));
  /** @type {[number, number][][]} */
  const rows = Array.from({ length: count }, () => []);
  for (const item of [...items].sort((a, b) => b.rank - a.rank || a.id - b.id)) {
    const room = wide(item) + 4;
    const wish = Math.max(EDGE, Math.min(width - EDGE - room, item.x - item.size - 2));
    let [best, row, place] = [Infinity, -1, 0];
    for (let at = 0; at < count; at += 1) {
      const down = Math.abs(EDGE + ROW * (at + 0.5) - item.y) * 1.5;
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
      item.brief = " "; // nowhere is room for its name
      [item.x, item.y] = [Math.min(width - EDGE, Math.max(EDGE, item.x)), Math.min(height - EDGE, Math.max(EDGE, item.y))];
      continue;
    }
    item.x = place + item.size + 2;
    item.y = EDGE + ROW * (row + 0.5);
    rows[row].push([place, place + room]);
    rows[row].sort((a, b) => a[0] - b[0]);
  }
};

/** @type {(items: kg.Item[], room: (item: kg.Item) => number[]) => boolean} */
const crowded = (items, room) => {
  const boxes = items.map((item) => {
    const [l, r, t, b] = room(item);
    return [item.x - l, item.x + r, item.y - t, item.y + b];
  });
  return boxes.some((a, at) => boxes.slice(at + 1).some((b) => a[0] < b[1] && b[0] < a[1] && a[2] < b[3] && b[2] < a[3]));
};

/* Sets the items into the window and gives the notes that stand beside them. */
/** @type {(items: kg.Item[], ties: kg.Tie[], width: number, height: number) => kg.Scene["notes"]} */
export const layAnswer = (items, ties, width, height) => {
  for (const item of items) {
    item.size = item.home[2];
    item.side = null;
    item.brief = undefined;
  }
  if (!items.length || !width || !height) return [];
  const tied = new Set(ties.flatMap(({ from, to }) => (from === to ? [] : [from, to])));
  const alone = items.filter(({ id }) => !tied.has(id));
  const linked = items.filter(({ id }) => tied.has(id));
  if (!linked.length && alone.length === 1) {
    [alone[0].x, alone[0].y] = [width / 2, height / 2];
    return [];
  }
  const foot = alone.length ? tray(alone, width, height, linked.length ? 0.1 + (0.42 * alone.length) / items.length : 0.94) : { left: height, note: 0 };
  const notes = alone.length && linked.length ? [{ x: EDGE + 4, y: foot.note, text: "Not tied to the others" }] : [];
  if (!linked.length) return [];
  const left = Math.max(120, foot.left);
  const at = new Map(linked.map((item, index) => [item.id, index]));
  /** @type {Map<string, [number, number]>} */
  const ends = new Map();
  for (const { from, to } of ties) {
    const [a, b] = [at.get(from), at.get(to)];
    if (a !== undefined && b !== undefined && a !== b) ends.set(`${Math.min(a, b)} ${Math.max(a, b)}`, [a, b]);
  }
  const points = spring(linked.length, [...ends.values()]);
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const turned = (x1 - x0 < y1 - y0) !== (width < left);
  const small = Math.max(0.6, Math.min(1, Math.sqrt((width * left) / (linked.length * 9000))));
  const [sideways, down] = [Math.min(90, width * 0.16), Math.min(40, left * 0.12)];
  /* Few are not torn to the corners: a link has a length of its own. */
  const [far, high] = turned ? [y1 - y0, x1 - x0] : [x1 - x0, y1 - y0];
  const room = [Math.min(width - 2 * sideways, LONG * far), Math.min(left - 2 * down, LONG * high)];
  linked.forEach((item, index) => {
    const [across, along] = [(xs[index] - x0) / (x1 - x0 || 1), (ys[index] - y0) / (y1 - y0 || 1)];
    const [u, v] = turned ? [along, across] : [across, along];
    item.x = width / 2 + (u - 0.5) * room[0];
    item.y = left / 2 + (v - 0.5) * room[1];
    item.size *= small;
  });
  const wished = linked.map(({ x, y }) => ({ x, y }));
  separate(linked, width, left, (item) => reach(item, 1));
  if (!crowded(linked, (item) => reach(item, 1))) return notes;
  linked.forEach((item, index) => {
    besides(item);
    Object.assign(item, wished[index]);
  });
  slots(linked, width, left);
  return notes;
};
