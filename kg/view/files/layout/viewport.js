/* Where to look: the place and zoom that bring nodes into the window with room for their names. */
import { labelSize } from "./label_size.js";

const MARGIN = 14;
const CLOSEST = 1.4;
const NAMED = 1500; // items up to which the room of every name is measured
const SIDE = 90; // pixels left beside larger graphs for names

/* How far a node with its name reaches to the left, right, up and down, in pixels of the screen. */
/** @type {(item: kg.Item, zoom: number) => [number, number, number, number]} */
export const reach = (item, zoom) => {
  const radius = item.size * zoom + 4;
  const { wide, high } = labelSize(item.brief ?? item.label, false, item.small);
  if (item.side === "right") return [radius, radius + wide + 6, Math.max(radius, high / 2), Math.max(radius, high / 2)];
  return [Math.max(radius, wide / 2 + 2), Math.max(radius, wide / 2 + 2), radius, radius + high + 4];
};

/* The box that `items` with their names fill, in pixels of the screen at `zoom`, around the origin of the plane. */
/** @type {(items: kg.Item[], zoom: number, named: boolean) => kg.Box} */
const box = (items, zoom, named) => {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const item of items) {
    const [l, r, t, b] = named ? reach(item, zoom) : [item.size * zoom, item.size * zoom, item.size * zoom, item.size * zoom];
    left = Math.min(left, item.x * zoom - l);
    right = Math.max(right, item.x * zoom + r);
    top = Math.min(top, item.y * zoom - t);
    bottom = Math.max(bottom, item.y * zoom + b);
  }
  return { left, right, top, bottom };
};

/* The place and zoom that bring all of `items` into a window of this size. */
/** @type {(items: kg.Item[], width: number, height: number) => kg.Look} */
export const around = (items, width, height) => {
  if (!items.length || !width || !height) return { x: 0, y: 0, scale: 1 };
  const named = items.length <= NAMED;
  const margin = named ? MARGIN : SIDE;
  const [wide, high] = [Math.max(40, width - 2 * margin), Math.max(40, height - 2 * Math.min(margin, 40))];
  let [least, most] = [0.002, CLOSEST];
  for (let step = 0; step < 24; step += 1) {
    const zoom = Math.sqrt(least * most);
    const { left, right, top, bottom } = box(items, zoom, named);
    if (right - left <= wide && bottom - top <= high) least = zoom;
    else most = zoom;
  }
  const { left, right, top, bottom } = box(items, least, named);
  return { x: (left + right) / 2 / least, y: (top + bottom) / 2 / least, scale: least };
};

/* Where names may stand: no farther out than `around` leaves room for. */
/** @type {(items: kg.Item[], zoom: number) => kg.Box} */
export const bounds = (items, zoom) => {
  if (items.length <= NAMED) return box(items, zoom, true);
  const { left, right, top, bottom } = box(items, zoom, false);
  return { left: left - SIDE, right: right + SIDE, top: top - 34, bottom: bottom + 34 };
};
