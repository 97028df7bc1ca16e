/* A short motion from where things stood to where they belong, so that the eye keeps them. */
const LONG = 320; // milliseconds
let latest = 0; // a later motion ends an earlier one

let moving = false;
export const gliding = () => moving;

/* Who stood nowhere before grows out of the middle of the others. `paint` shows the places of each frame. */
/** @type {(items: kg.Item[], before: Map<number, kg.Point>, paint: () => void) => void} */
export const glide = (items, before, paint) => {
  const known = [...before.values()];
  if (!known.length || !items.length) return paint();
  /** @type {(axis: "x" | "y") => number} */
  const middle = (axis) => items.reduce((sum, item) => sum + item[axis], 0) / items.length;
  const centre = { x: middle("x"), y: middle("y") };
  const ways = items.map((item) => ({ item, from: before.get(item.id) ?? centre, to: { x: item.x, y: item.y } }));
  const start = performance.now();
  latest += 1;
  const mine = latest;
  moving = true;
  const frame = () => {
    if (mine !== latest) return;
    const share = Math.min(1, (performance.now() - start) / LONG);
    const eased = 1 - (1 - share) ** 3;
    for (const { item, from, to } of ways) [item.x, item.y] = [from.x + (to.x - from.x) * eased, from.y + (to.y - from.y) * eased];
    paint();
    moving = share < 1;
    if (moving) requestAnimationFrame(frame);
  };
  frame();
  return undefined;
};
