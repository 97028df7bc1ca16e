/* The two figures of a comparison on one scale: a dot for a value, a bar for a range, an arrow where a bound is open; below
   them round numbers, and what they count. */
import { amount } from "../data/wording.js";
import { svg } from "../elements.js";
import { bounds as reach, numberScale } from "./scales.js";

const [LEFT, RIGHT, FOOT] = [14, 286, 46];
/** @type {(value: number) => string} */
const written = (value) => value.toLocaleString("en", { notation: Math.abs(value) >= 1e6 ? "compact" : "standard", maximumFractionDigits: 2 });
/* What both count, or the unit that both have. */
/** @type {(left: kg.Figure, right: kg.Figure) => string} */
const counted = (left, right) => (left.population && left.population.toLowerCase() === right.population.toLowerCase() ? left.population : left.unit === right.unit ? left.unit : "");

/** @type {(left: kg.Figure, right: kg.Figure) => SVGElement | null} */
export const comparisonScale = (left, right) => {
  const bounds = [left, right].flatMap((f) => [f.value, f.low, f.high, ...(f.near ?? [])]).filter((value) => value !== null);
  if (![left, right].every((f) => f.value !== null || f.low !== null || f.high !== null)) return null;
  const { at, ticks } = numberScale(bounds, LEFT, RIGHT);
  /** @type {(figure: kg.Figure, y: number, side: string) => SVGElement} */
  const lane = (figure, y, side) => {
    const [low, high] = reach(figure);
    const [x1, x2] = [low === null ? LEFT : at(low), high === null ? RIGHT : at(high)];
    return svg(
      "g",
      { class: `lane ${side}` },
      svg("line", { x1: LEFT, x2: RIGHT, y1: y, y2: y, class: "axis" }),
      svg("line", { x1, x2, y1: y, y2: y, class: "bar" }),
      low === null && svg("path", { d: `M${LEFT + 6} ${y - 5} L${LEFT - 2} ${y} L${LEFT + 6} ${y + 5}`, class: "arrow" }),
      high === null && svg("path", { d: `M${RIGHT - 6} ${y - 5} L${RIGHT + 2} ${y} L${RIGHT - 6} ${y + 5}`, class: "arrow" }),
      low !== null && svg("line", { x1: at(low), x2: at(low), y1: y - 6, y2: y + 6, class: "end" }),
      high !== null && high !== low && svg("line", { x1: at(high), x2: at(high), y1: y - 6, y2: y + 6, class: "end" }),
      figure.value !== null && svg("circle", { cx: at(figure.value), cy: y, r: 5, class: "dot" }),
    );
  };
  const marks = ticks.map((value) => [svg("line", { x1: at(value), x2: at(value), y1: FOOT, y2: FOOT + 4, class: "rule" }), svg("text", { x: at(value), y: FOOT + 15, class: "tick", "data-value": value }, written(value))]);
  const unit = counted(left, right);
  const title = `${amount(left)} and ${amount(right)} on one scale${unit && `, in ${unit}`}`;
  return svg(
    "svg",
    { class: "scale", viewBox: `0 0 300 ${unit ? 76 : 64}`, role: "img", "aria-label": title },
    svg("line", { x1: LEFT, x2: RIGHT, y1: FOOT, y2: FOOT, class: "rule" }),
    lane(left, 14, "left"),
    lane(right, 31, "right"),
    marks,
    unit && svg("text", { x: RIGHT, y: FOOT + 28, class: "tick counted" }, unit.length > 40 ? `${unit.slice(0, 39)}…` : unit),
  );
};
