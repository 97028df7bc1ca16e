/* An answer of up to some 150 actors is set into the window by itself: distances follow the links, every name has room.
   The same each time. Whoever has no link here stands in rows at the foot. */
import { DENSITIES, EDGE, HEAD, besides, filled, slots, tray, wide } from "./name_rows.js";
import { reach } from "./viewport.js";
import { spring } from "./spring.js";
import { separate } from "./window_layout.js";

const LONG = 270; // pixels of a link at most
const ROOMY = 0.42; // share of the window that boxes of names may take to be pushed apart freely
const FULL = 0.95; // and to be set in rows

/** @type {(items: kg.Item[], room: (item: kg.Item) => number[]) => boolean} */
const crowded = (items, room) => {
  const boxes = items.map((item) => {
    const [l, r, t, b] = room(item);
    return [item.x - l, item.x + r, item.y - t, item.y + b];
  });
  return boxes.some((a, at) => boxes.slice(at + 1).some((b) => a[0] < b[1] && b[0] < a[1] && a[2] < b[3] && b[2] < a[3]));
};

/* Which two items each tie joins, by their place in the list; those between the same two once. */
/** @type {(items: kg.Item[], ties: kg.Tie[]) => [number, number][]} */
const pairs = (items, ties) => {
  const at = new Map(items.map((item, index) => [item.id, index]));
  /** @type {Map<string, [number, number]>} */
  const ends = new Map();
  for (const { from, to } of ties) {
    const [a, b] = [at.get(from), at.get(to)];
    if (a !== undefined && b !== undefined && a !== b) ends.set(`${Math.min(a, b)} ${Math.max(a, b)}`, [a, b]);
  }
  return [...ends.values()];
};

/* Where each item would stand in a window of this size if names took no room. */
/** @type {(points: kg.Point[], width: number, height: number) => kg.Point[]} */
const stretched = (points, width, height) => {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const turned = x1 - x0 < y1 - y0 !== width < height;
  const [sideways, down] = [Math.min(90, width * 0.16), Math.min(40, height * 0.12)];
  /* Few are not torn to the corners: a link has a length of its own. */
  const [far, high] = turned ? [y1 - y0, x1 - x0] : [x1 - x0, y1 - y0];
  const room = [Math.min(width - 2 * sideways, LONG * far), Math.min(height - 2 * down, LONG * high)];
  return points.map(({ x, y }) => {
    const [across, along] = [(x - x0) / (x1 - x0 || 1), (y - y0) / (y1 - y0 || 1)];
    const [u, v] = turned ? [along, across] : [across, along];
    return { x: width / 2 + (u - 0.5) * room[0], y: height / 2 + (v - 0.5) * room[1] };
  });
};

/* Names below the nodes, pushed off one another; whether that went well. */
/** @type {(linked: kg.Item[], points: kg.Point[], width: number, height: number) => boolean} */
const freely = (linked, points, width, height) => {
  const small = Math.max(0.6, Math.min(1, Math.sqrt((width * height) / (linked.length * 9000))));
  for (const item of linked) item.size *= small;
  const boxes = linked.reduce((sum, item) => {
    const [l, r, t, b] = reach(item, 1);
    return sum + (l + r) * (t + b);
  }, 0);
  if (boxes > ROOMY * width * height) return false;
  for (const [at, place] of stretched(points, width, height).entries()) Object.assign(linked[at], place);
  separate(linked, width, height, (item) => reach(item, 1));
  return !crowded(linked, (item) => reach(item, 1));
};

/* Names to the right of the nodes and in rows, as close as they must; whether all found a place. */
/** @type {(linked: kg.Item[], alone: kg.Item[], points: kg.Point[], width: number, height: number, density: kg.Density) => number} */
const inRows = (linked, alone, points, width, height, density) => {
  for (const item of [...linked, ...alone]) besides(item, density);
  const left = alone.length ? tray(alone, width, height, density, !linked.length) : height;
  if (!linked.length) return left;
  const boxes = linked.reduce((sum, item) => sum + wide(item) * density.row, 0);
  const last = density === DENSITIES[DENSITIES.length - 1];
  if (!last && boxes > FULL * (width - 2 * EDGE) * (left - 2 * EDGE)) return -1;
  const wished = stretched(points, width, left);
  for (const [at, item] of linked.entries()) Object.assign(item, wished[at]);
  if (!slots(linked, width, left, density)) return left;
  linked.forEach((item, at) => {
    besides(item, density);
    Object.assign(item, wished[at]);
  });
  return filled(linked, width, left, density) && !last ? -1 : left;
};

/* What is folded has a place of its own beside whose it is, as if it were one more neighbour. */
const FOLDED = -1e9;
/** @type {(others: {around: number, count: number}) => [kg.Item, kg.Tie]} */
const folded = ({ around, count }) => [
  { id: FOLDED, x: 0, y: 0, home: [0, 0, 2], size: 2, shape: "dot", colour: "", label: `+${count.toLocaleString("en")} others`, rank: 1e9, side: null, small: false, person: false },
  { id: FOLDED, from: around, to: FOLDED, kind: "", bend: 0, width: 0, dashes: [], arrow: false },
];

/* Sets the items into the window and gives the notes that stand beside them. */
/** @type {(items: kg.Item[], ties: kg.Tie[], width: number, height: number, others?: kg.Scene["others"]) => kg.Note[]} */
export const layAnswer = (items, ties, width, height, others = null) => {
  if (!others) return lay(items, ties, width, height);
  const [item, tie] = folded(others);
  const notes = lay([...items, item], [...ties, tie], width, height);
  const beside = item.side === "right";
  return [...notes, { x: item.x + (beside ? item.size + 6 : 0), y: item.y + (beside ? 0 : item.size + 12), middle: !beside, text: item.label, opens: "others" }];
};

/** @type {(items: kg.Item[], ties: kg.Tie[], width: number, height: number) => kg.Note[]} */
const lay = (items, ties, width, height) => {
  for (const item of items) {
    item.size = item.home[2];
    item.side = null;
    item.brief = undefined;
    item.small = false;
  }
  if (!items.length || !width || !height) return [];
  const tied = new Set(ties.flatMap(({ from, to }) => (from === to ? [] : [from, to])));
  const alone = items.filter(({ id }) => !tied.has(id));
  const linked = items.filter(({ id }) => tied.has(id));
  for (const item of items) item.apart = !tied.has(item.id);
  if (!linked.length && alone.length === 1) {
    [alone[0].x, alone[0].y] = [width / 2, height / 2];
    return [];
  }
  const points = spring(linked.length, pairs(linked, ties));
  /** @type {(left: number) => kg.Note[]} */
  const notes = (left) => (alone.length && linked.length ? [{ x: EDGE + 4, y: left + HEAD - 8, text: "Not tied to the others" }] : []);
  for (const item of alone) besides(item, DENSITIES[0]);
  const foot = alone.length && linked.length ? tray(alone, width, height, DENSITIES[0], false) : height;
  if (linked.length && foot > height / 2 && freely(linked, points, width, foot)) return notes(foot);
  for (const density of DENSITIES) {
    const left = inRows(linked, alone, points, width, height, density);
    if (linked.length ? left > Math.min(120, height / 4) : left > -HEAD - 2) return notes(left);
  }
  return notes(height);
};
