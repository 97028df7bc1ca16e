/* The convex hull of points: what a rubber band around them would touch. */

/* By their order from left to right (Andrew's monotone chain). */
/** @type {(points: kg.Point[]) => kg.Point[]} */
export const convexHull = (points) => {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  /** @type {(o: kg.Point, a: kg.Point, b: kg.Point) => number} */
  const turn = (o, a, b) => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
  /** @type {(list: kg.Point[]) => kg.Point[]} */
  const half = (list) => {
    const kept = /** @type {kg.Point[]} */ ([]);
    for (const point of list) {
      while (kept.length > 1 && turn(kept[kept.length - 2], kept[kept.length - 1], point) <= 0) kept.pop();
      kept.push(point);
    }
    return kept.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
};
