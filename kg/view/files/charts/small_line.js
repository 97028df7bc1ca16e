/* A time line in the size of a few lines of text: figures at their dates, the first speakers named. */
import { lanes } from "../data/graph.js";
import { amount, date, short } from "../data/wording.js";
import { svg } from "../elements.js";
import { dodge } from "./dodging.js";
import { gather, place, speaker } from "./figure_points.js";
import { numberScale, span } from "./scales.js";

const FEW = 24;
const [HIGH, SIDE, FOOT, LETTER] = [84, 8, 16, 6.4];

/** @type {(placed: import("./figure_points.js").Placed[]) => import("./figure_points.js").Placed[]} */
const extremes = (placed) => {
  const by = (/** @type {(a: import("./figure_points.js").Placed, b: import("./figure_points.js").Placed) => boolean} */ better) => placed.reduce((best, one) => (better(one, best) ? one : best));
  return [...new Set([by((a, b) => a.x < b.x), by((a, b) => a.x > b.x), by((a, b) => a.y < b.y), by((a, b) => a.y > b.y)])];
};

/* `wide`: pixels that it has. */
/** @type {(lane: number, shown: kg.Shown, wide: number) => SVGElement} */
export const smallLine = (lane, shown, wide) => {
  const points = gather(lanes[lane], shown);
  const values = points.flatMap(({ low, high, figure }) => [low, high, figure.value]).filter((value) => value !== null);
  const y = numberScale(values, HIGH - FOOT - 8, 10);
  const [first, last] = span(points.flatMap(({ days }) => (days ? [days] : [])));
  const x = (/** @type {number | null} */ day) => (day === null ? SIDE : SIDE + ((day - first) / (last - first)) * (wide - 2 * SIDE));
  const placed = points.map((point) => place(point, x, y.at));
  /* Of many figures the first, the last, the least and the greatest are named; and all are dots of one line. */
  const many = placed.length > FEW;
  const some = many ? extremes(placed) : placed;
  const told = some.map(({ point }) => `${amount(point.figure)} ${short(speaker(point), 20)}`);
  const spots = dodge(some.map((one, at) => ({ x: one.x, y: one.y, sizes: [[LETTER * told[at].length, 12], [LETTER * amount(one.point.figure).length, 12]] })), { left: 0, right: wide, top: 0, bottom: HIGH - FOOT }, placed.slice(0, 200).map((one) => ({ left: one.x - 4, right: one.x + 4, top: one.y - 4, bottom: one.y + 4 })));
  const names = spots.flatMap((spot, at) => {
    if (!spot) return [];
    const text = svg("text", { x: spot.left, y: spot.top + 10, class: "number" }, spot.size ? amount(some[at].point.figure) : told[at]);
    return spot.led ? [svg("line", { x1: some[at].x, y1: some[at].y, x2: Math.max(spot.left, Math.min(some[at].x, spot.left + spot.wide)), y2: some[at].y > spot.top ? spot.top + 12 : spot.top, class: "leader" }), text] : [text];
  });
  const dots = many ? [svg("path", { d: placed.map((one) => `M${one.x.toFixed(1)} ${one.y.toFixed(1)}h0`).join(""), class: "dots" })] : placed.map(({ point, x: at, y: middle, from, to }) => svg("g", { class: "figure", "data-date": point.edtf, "data-x": at.toFixed(2) }, to - from > 6 && svg("line", { x1: from, x2: to, y1: middle, y2: middle, class: "vague" }), svg("circle", { cx: at, cy: middle, r: 3.5, class: "dot" })));
  const dated = points.filter(({ edtf }) => edtf).map(({ edtf }) => edtf).sort();
  const ends = dated.length ? [svg("text", { x: SIDE, y: HIGH - 2, class: "tick right" }, date(dated[0])), svg("text", { x: wide - SIDE, y: HIGH - 2, class: "tick left" }, date(dated[dated.length - 1]))] : [];
  return svg("svg", { viewBox: `0 0 ${wide} ${HIGH}`, class: "small-line", role: "img", "aria-label": `${lanes[lane].label}: ${told.join(", ")}` }, svg("line", { x1: 0, x2: wide, y1: HIGH - FOOT, y2: HIGH - FOOT, class: "grid" }), names, dots, ends);
};
