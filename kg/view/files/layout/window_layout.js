/* The map of everything keeps the places that the layout gave and is stretched into the window; and what pushes boxes off
   one another, for whoever sets few. */


const ROUNDS = 160;
const EDGE = 12;
const GAP = 5;

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

/* Words above a quiet group that is set by itself. */
/** @type {(group: kg.Item[], words: string) => kg.Note[]} */
const above = (group, words) => {
  if (group.length < 8) return [];
  let [left, right, top] = [Infinity, -Infinity, Infinity];
  for (const { x, y, size } of group) [left, right, top] = [Math.min(left, x), Math.max(right, x), Math.min(top, y - size)];
  return [{ x: (left + right) / 2, y: top, up: 14, middle: true, text: `${group.length.toLocaleString("en")} ${words}` }];
};
const SMALL = 12; // as in kg/view/drawing/layout.py
/* Those in parts of few. */
/** @type {(scene: kg.Scene) => kg.Item[]} */
const inSmallParts = ({ items, drawnTies }) => {
  const root = Int32Array.from(items, (_, at) => at);
  /** @type {(at: number) => number} */
  const find = (at) => {
    while (root[at] !== at) {
      root[at] = root[root[at]];
      at = root[at];
    }
    return at;
  };
  for (const { from, to } of drawnTies()) root[find(from)] = find(to);
  const sizes = new Int32Array(items.length);
  for (const { id } of items) sizes[find(id)] += 1;
  return items.filter(({ id }) => sizes[find(id)] > 1 && sizes[find(id)] <= SMALL);
};

/* Moves the map's items to where they belong in a window of this size. */
/** @type {(scene: kg.Scene, width: number, height: number) => void} */
export const layMap = (scene, width, height) => {
  for (const item of scene.items) {
    [item.x, item.y, item.size] = item.home;
    item.side = null;
    item.brief = undefined;
    item.small = item.apart = false;
  }
  const drawn = scene.drawnItems();
  if (!scene.folding.active) stretch(drawn, width, height);
  scene.notes = scene.folding.active ? [] : [...above(drawn.filter((item) => item.alone), "tied to nobody"), ...above(inSmallParts(scene), "in small groups")];
};
