/* Places by stress: whoever is tied stands near, whoever is not stands as far as the way between them is long. */

const APART = 2.4; // between those that nothing ties

/** @type {(count: number, ends: [number, number][]) => number[][]} */
const distances = (count, ends) => {
  const near = Array.from({ length: count }, () => /** @type {number[]} */ ([]));
  for (const [a, b] of ends) {
    near[a].push(b);
    near[b].push(a);
  }
  const far = near.map((_, from) => {
    const found = new Array(count).fill(APART);
    found[from] = 0;
    let edge = [from];
    const seen = new Set(edge);
    for (let step = 1; edge.length; step += 1) {
      const next = [];
      for (const at of edge) for (const other of near[at]) if (!seen.has(other)) {
        seen.add(other);
        found[other] = step;
        next.push(other);
      }
      edge = next;
    }
    return found;
  });
  /* Leaves of a hub stand on rings around it, not all on one. */
  near.forEach((list, hub) => {
    const leaves = list.filter((at) => near[at].length === 1);
    const rings = Math.ceil(leaves.length / 10);
    leaves.forEach((leaf, at) => {
      far[hub][leaf] = far[leaf][hub] = 1 + 0.55 * (at % rings);
    });
  });
  return far;
};

/* Stress majorisation from places on a spiral, the most tied in the middle. */
/** @type {(count: number, ends: [number, number][]) => kg.Point[]} */
export const spring = (count, ends) => {
  const far = distances(count, ends);
  const tied = new Array(count).fill(0);
  for (const [a, b] of ends) {
    tied[a] += 1;
    tied[b] += 1;
  }
  const order = Array.from({ length: count }, (_, at) => at).sort((a, b) => tied[b] - tied[a] || a - b);
  /** @type {kg.Point[]} */
  const points = new Array(count);
  order.forEach((at, turn) => {
    points[at] = { x: Math.cos(turn * 2.39996) * Math.sqrt(turn + 0.5) * 0.4, y: Math.sin(turn * 2.39996) * Math.sqrt(turn + 0.5) * 0.4 };
  });
  for (let round = 0; round < 70; round += 1)
    for (let a = 0; a < count; a += 1) {
      let [x, y, sum] = [0, 0, 0];
      for (let b = 0; b < count; b += 1) {
        if (a === b) continue;
        const [dx, dy] = [points[a].x - points[b].x, points[a].y - points[b].y];
        const long = Math.hypot(dx, dy) || 1e-6;
        const wish = far[a][b];
        const weight = wish === APART ? 0.04 : 1 / (wish * wish);
        x += weight * (points[b].x + (dx / long) * wish);
        y += weight * (points[b].y + (dy / long) * wish);
        sum += weight;
      }
      points[a] = { x: x / sum, y: y / sum };
    }
  return points;
};
