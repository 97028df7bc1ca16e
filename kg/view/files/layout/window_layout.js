/* Small graphs are set into the window itself: stretched to its shape, turned where it is upright, every name given
   room, nodes without links in a quiet list below. Always from the places that the layout gave: the same each time. */
import { labelSize } from "./label_size.js";
import { reach } from "./viewport.js";

const MOST = 150;
const ROUNDS = 160;
const EDGE = 12;
const GAP = 5;
const ROW = 36;

/* Nodes without links in columns at the foot; what height is left for the others. */
/** @type {(scene: kg.Scene, alone: kg.Item[], width: number, height: number) => number} */
const tray = (scene, alone, width, height) => {
  const widest = Math.max(...alone.map((item) => labelSize(item.label).wide));
  const column = Math.min(width - 2 * EDGE, widest + 44);
  const columns = Math.max(1, Math.floor((width - 2 * EDGE) / column));
  const rows = Math.ceil(alone.length / columns);
  const high = rows * ROW + 34;
  if (high > height * 0.48) return height;
  const ordered = [...alone].sort((a, b) => a.shape.localeCompare(b.shape) || b.rank - a.rank || a.id - b.id);
  const step = (width - 2 * EDGE) / columns;
  ordered.forEach((item, at) => {
    item.size = Math.min(item.home[2], 9);
    item.x = EDGE + 14 + step * (at % columns);
    item.y = height - high + 34 + ROW * Math.floor(at / columns);
    item.side = "right";
  });
  scene.notes = [{ x: EDGE + 4, y: height - high + 8, text: "Without links" }];
  return height - high - 8;
};

/** @type {(items: kg.Item[], width: number, height: number) => void} */
const spread = (items, width, height) => {
  const xs = items.map((item) => item.x);
  const ys = items.map((item) => item.y);
  const [x0, y0] = [Math.min(...xs), Math.min(...ys)];
  const [wide, high] = [Math.max(...xs) - x0 || 1, Math.max(...ys) - y0 || 1];
  const [sx, sy] = [Math.min(1.7, (width - 120) / wide), Math.min(1.7, (height - 80) / high)];
  for (const item of items) {
    item.x = width / 2 + (item.x - x0 - wide / 2) * sx;
    item.y = height / 2 + (item.y - y0 - high / 2) * sy;
  }
};

/* Boxes of nodes with their names pushed off one another and back into the window, as little as it takes. */
/** @type {(items: kg.Item[], width: number, height: number, room: (item: kg.Item) => number[]) => void} */
export const separate = (items, width, height, room) => {
  const boxes = items.map(room);
  for (let round = 0; round < ROUNDS; round += 1) {
    let moved = false;
    for (let a = 0; a < items.length; a += 1)
      for (let b = a + 1; b < items.length; b += 1) {
        const [one, two] = [items[a], items[b]];
        const [p, q] = [boxes[a], boxes[b]];
        const right = one.x + p[1] + GAP - (two.x - q[0]);
        const left = two.x + q[1] + GAP - (one.x - p[0]);
        const down = one.y + p[3] + GAP - (two.y - q[2]);
        const up = two.y + q[3] + GAP - (one.y - p[2]);
        if (right <= 0 || left <= 0 || down <= 0 || up <= 0) continue;
        moved = true;
        const across = right < left ? -right : left;
        const along = down < up ? -down : up;
        if (Math.abs(across) < Math.abs(along)) {
          one.x += across * 0.35;
          two.x -= across * 0.35;
        } else {
          one.y += along * 0.35;
          two.y -= along * 0.35;
        }
      }
    items.forEach((item, at) => {
      const [l, r, t, b] = boxes[at];
      item.x = Math.min(width - EDGE - r, Math.max(EDGE + l, item.x));
      item.y = Math.min(height - EDGE - b, Math.max(EDGE + t, item.y));
    });
    if (!moved) return;
  }
};

/* Larger graphs are only stretched towards the shape of the window, apart, so that nothing comes to overlap; nodes
   grow into the room that the layout keeps around each. */
/** @type {(items: kg.Item[], width: number, height: number) => void} */
const stretch = (items, width, height) => {
  if (items.length < 2 || !width || !height) return;
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of items) [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  const [wide, high] = [right - left || 1, bottom - top || 1];
  const zoom = Math.min(1, (width - 120) / wide, (height - 90) / high);
  const across = Math.min(2.2, Math.max(1, (width - 120) / zoom / wide));
  const down = Math.min(2.2, Math.max(1, (height - 90) / zoom / high));
  const grown = Math.min(1.5, Math.max(1, 0.6 / zoom));
  for (const item of items) {
    item.x *= across;
    item.y *= down;
    item.size *= grown;
  }
};

/* Moves the scene's items to where they belong in a window of this size. */
/** @type {(scene: kg.Scene, width: number, height: number) => void} */
export const layIntoWindow = (scene, width, height) => {
  scene.notes = [];
  for (const item of scene.items) {
    [item.x, item.y, item.size] = item.home;
    item.side = null;
  }
  if (scene.folding.active) return undefined;
  if (scene.items.length > MOST) return stretch(scene.items, width, height);
  if (!width || !height) return undefined;
  const alone = scene.items.filter((item) => item.alone);
  const linked = scene.items.filter((item) => !item.alone);
  const room = alone.length && linked.length ? tray(scene, alone, width, height) : height;
  const others = room < height ? linked : scene.items;
  if (!others.length) return undefined;
  const upright = width < 0.8 * room;
  const small = Math.min(1, Math.sqrt((width * room) / (others.length * 9000)));
  for (const item of others) {
    if (upright) [item.x, item.y] = [item.y, item.x];
    item.size *= Math.max(0.6, small);
  }
  spread(others, width, room);
  separate(others, width, room, (item) => reach(item, 1));
  /* Where names had no room, the nodes themselves must have it. */
  separate(others, width, room, (item) => Array(4).fill(item.size + 2));
  return undefined;
};
