/* What lies under the pointer: nodes by a grid, links by their distance. */
import { put } from "../data/grouping.js";
import { control } from "./canvas_painting.js";

const CELL = 120;
const NEAR = 6; // pixels
const LINKS = 60_000; // links that are looked through at most

/** @type {(drawn: {items: kg.Item[], ties: kg.Tie[]}) => (point: kg.Point, scale: number, withLinks: boolean) => kg.Hit | null} */
export const hitTesting = ({ items, ties }) => {
  /** @type {Map<string, kg.Item[]>} */
  const cells = new Map();
  const places = new Map(items.map((item) => [item.id, item]));
  let largest = 0;
  for (const item of items) {
    largest = Math.max(largest, item.size);
    const key = `${Math.floor(item.x / CELL)},${Math.floor(item.y / CELL)}`;
    put(cells, key, item);
  }
  /** @type {(at: kg.Point, slack: number) => kg.Item | undefined} */
  const node = ({ x, y }, slack) => {
    const reach = largest + slack;
    if (reach / CELL > 60) return items.find((item) => Math.hypot(item.x - x, item.y - y) <= item.size + slack);
    let [best, least] = [/** @type {kg.Item | undefined} */ (undefined), Infinity];
    for (let cx = Math.floor((x - reach) / CELL); cx <= Math.floor((x + reach) / CELL); cx += 1)
      for (let cy = Math.floor((y - reach) / CELL); cy <= Math.floor((y + reach) / CELL); cy += 1)
        for (const item of cells.get(`${cx},${cy}`) || []) {
          const gap = Math.hypot(item.x - x, item.y - y) - item.size;
          if (gap <= slack && gap < least) [best, least] = [item, gap];
        }
    return best;
  };
  /* Distance to a curve by eight points of it. */
  /** @type {(a: kg.Point, b: kg.Point, bend: number, at: kg.Point) => number} */
  const distance = (a, b, bend, { x, y }) => {
    const [cx, cy] = control(a, b, bend);
    let [px, py, least] = [a.x, a.y, Infinity];
    for (let part = 1; part <= (bend ? 8 : 1); part += 1) {
      const t = part / (bend ? 8 : 1);
      const qx = bend ? (1 - t) ** 2 * a.x + 2 * (1 - t) * t * cx + t * t * b.x : b.x;
      const qy = bend ? (1 - t) ** 2 * a.y + 2 * (1 - t) * t * cy + t * t * b.y : b.y;
      const length = (qx - px) ** 2 + (qy - py) ** 2 || 1;
      const share = Math.max(0, Math.min(1, ((x - px) * (qx - px) + (y - py) * (qy - py)) / length));
      least = Math.min(least, Math.hypot(px + share * (qx - px) - x, py + share * (qy - py) - y));
      [px, py] = [qx, qy];
    }
    return least;
  };
  /** @type {(point: kg.Point, slack: number) => kg.Tie | undefined} */
  const link = (point, slack) => {
    let [best, least] = [/** @type {kg.Tie | undefined} */ (undefined), slack];
    for (const tie of ties.length > LINKS ? [] : ties) {
      const [a, b] = [places.get(tie.from), places.get(tie.to)];
      if (!a || !b) continue;
      const room = slack + Math.abs(tie.bend || 0) * Math.hypot(b.x - a.x, b.y - a.y);
      if (point.x < Math.min(a.x, b.x) - room || point.x > Math.max(a.x, b.x) + room) continue;
      if (point.y < Math.min(a.y, b.y) - room || point.y > Math.max(a.y, b.y) + room) continue;
      const gap = distance(a, b, tie.bend || 0, point);
      if (gap < least) [best, least] = [tie, gap];
    }
    return best;
  };
  return (point, scale, withLinks) => {
    const item = node(point, 3 / scale);
    if (item) return item.group === undefined ? { node: item.id } : { group: item.group };
    const tie = withLinks && link(point, NEAR / scale);
    return tie && tie.id >= 0 ? { link: tie.id } : null;
  };
};
