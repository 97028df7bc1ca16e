/* The figures of a time line and how each is drawn: at its date, with its bounds, wherever others are. */
import { statements } from "../data/graph.js";
import { date, reading } from "../data/wording.js";
import { svg } from "../elements.js";
import { bounds, days as daysOf } from "./scales.js";

/** @typedef {{statement: kg.Statement, figure: kg.Figure, edtf: string, days: [number, number] | null, low: number | null, high: number | null}} Point */
/** @typedef {{point: Point, x: number, y: number, from: number, to: number}} Placed */

/* A lane's figures that pass the filters. Dates are those of the story, and nothing else dates a figure on the chart. */
/** @type {(lane: kg.Lane, shown: kg.Shown) => Point[]} */
export const gather = (lane, shown) =>
  lane.points
    .filter(([index]) => shown.statements.has(index))
    .map(([index, at, edtf]) => {
      const [statement, figure] = [statements[index], statements[index].figures[at]];
      const [low, high] = bounds(figure);
      return { statement, figure, edtf, days: daysOf(edtf), low, high };
    });

/** @type {(point: Point) => string} */
export const speaker = ({ statement }) => statement.speakerName || (statement.kind === "author" ? "the article" : "no source named");
/** @type {(point: Point) => string} */
export const sentence = (point) => `${speaker(point)}: ${reading(point.figure)}, ${date(point.edtf) || "no date"}`;

/* Where a figure stands: its middle day and value, and how far its date reaches; `x` and `y` are the axes. */
/** @type {(point: Point, x: (day: number | null) => number, y: (value: number) => number) => Placed} */
export const place = (point, x, y) => {
  const { days, figure, low, high } = point;
  const value = figure.value ?? (low !== null && high !== null ? (low + high) / 2 : low ?? high ?? 0);
  const [from, to] = days ? [x(days[0]), x(days[1])] : [x(null), x(null)];
  return { point, x: (from + to) / 2, y: y(value), from, to };
};

/* `ring`: how many figures stand at the very same spot below this one; each is a ring around it. */
/** @type {(placed: Placed, y: (value: number) => number, ends: [top: number, foot: number], ring: number, open: kg.Open) => SVGElement} */
export const glyph = ({ point, x, y: middle, from, to }, y, [top, foot], ring, open) => {
  const { statement, figure, low, high, edtf } = point;
  const about = figure.comparator === "~";
  const words = sentence(point);
  const parts = [svg("title", {}, words)];
  if (to - from > 6) parts.push(svg("line", { x1: from, x2: to, y1: middle, y2: middle, class: "vague" }));
  if (low === null || high === null) {
    const [end, tip] = low === null ? [foot, -6] : [top, 6];
    const bound = y(low ?? high ?? 0);
    parts.push(svg("line", { x1: x, x2: x, y1: bound, y2: end, class: "open" }), svg("path", { d: `M${x - 4} ${end + tip} L${x} ${end} L${x + 4} ${end + tip}`, class: "open" }));
    parts.push(svg("line", { x1: x - 7, x2: x + 7, y1: bound, y2: bound, class: "bound" }));
  } else if (high > low) {
    parts.push(svg("line", { x1: x, x2: x, y1: y(low), y2: y(high), class: about ? "range about" : "range" }));
    for (const end of [low, high]) parts.push(svg("line", { x1: x - 5, x2: x + 5, y1: y(end), y2: y(end), class: "bound" }));
  }
  if (figure.value !== null || (low !== null && low === high)) parts.push(svg("circle", { cx: x, cy: middle, r: 4.5 + 3.5 * ring, class: ring ? "ring" : about || low === null || high === null ? "dot open-dot" : "dot" }));
  parts.push(svg("circle", { cx: x, cy: middle, r: 12, class: "halo" }));
  const group = svg("g", { class: "figure", tabindex: 0, role: "button", "aria-label": words, "data-statement": statement.index, "data-date": edtf, "data-x": x.toFixed(2) }, parts);
  const choose = () => open({ view: "statement", statement: statement.index });
  group.addEventListener("click", choose);
  group.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    choose();
  });
  return group;
};
