/* The two figures of a comparison on one scale: a dot for a value, a bar for a range, an arrow where a bound is open. */
import { amount } from "../data/wording.js";
import { svg } from "../elements.js";
import { bounds as reach } from "./scales.js";

/** @type {(left: kg.Figure, right: kg.Figure) => SVGElement | null} */
export const comparisonScale = (left, right) => {
  const bounds = [left, right].flatMap((f) => [f.value, f.low, f.high, ...(f.near ?? [])]).filter((value) => value !== null);
  if (![left, right].every((f) => f.value !== null || f.low !== null || f.high !== null)) return null;
  const [least, most] = [Math.min(...bounds), Math.max(...bounds)];
  const margin = (most - least || Math.abs(most) || 1) * 0.25;
  /** @type {(value: number) => number} */
  const at = (value) => 10 + (280 * (value - least + margin)) / (most - least + 2 * margin);
  /** @type {(figure: kg.Figure, y: number, side: string) => SVGElement} */
  const lane = (figure, y, side) => {
    const [low, high] = reach(figure);
    const [x1, x2] = [low === null ? 10 : at(low), high === null ? 290 : at(high)];
    return svg(
      "g",
      { class: `lane ${side}` },
      svg("line", { x1: 10, x2: 290, y1: y, y2: y, class: "axis" }),
      svg("line", { x1, x2, y1: y, y2: y, class: "bar" }),
      low === null && svg("path", { d: `M16 ${y - 5} L8 ${y} L16 ${y + 5}`, class: "arrow" }),
      high === null && svg("path", { d: `M284 ${y - 5} L292 ${y} L284 ${y + 5}`, class: "arrow" }),
      low !== null && svg("line", { x1: at(low), x2: at(low), y1: y - 6, y2: y + 6, class: "end" }),
      high !== null && high !== low && svg("line", { x1: at(high), x2: at(high), y1: y - 6, y2: y + 6, class: "end" }),
      figure.value !== null && svg("circle", { cx: at(figure.value), cy: y, r: 5, class: "dot" }),
    );
  };
  /* The ends and the values are written, so that the strip has a scale. */
  const written = [...new Set(bounds)].sort((a, b) => a - b);
  const ends = written.length > 1 ? [written[0], written[written.length - 1]] : written;
  const numbers = ends.map((value) => svg("text", { x: at(value), y: 52, class: "tick" }, value.toLocaleString("en", { notation: Math.abs(value) >= 1e6 ? "compact" : "standard", maximumFractionDigits: 2 })));
  const title = `${amount(left)} and ${amount(right)} on one scale`;
  return svg("svg", { class: "scale", viewBox: "0 0 300 56", role: "img", "aria-label": title }, lane(left, 15, "left"), lane(right, 33, "right"), numbers);
};


