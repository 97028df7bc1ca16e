/* Figures over time: a chart and a table a population, bounds drawn as bounds, and lines between what contradicts,
   revises or agrees. */
import { affairs, comparisons, lanes } from "../data/graph.js";
import { amount, count, date, moved, quantity, reading, short } from "../data/wording.js";
import { button, fill, h, svg } from "../elements.js";
import { dodge } from "./dodging.js";
import { gather, glyph, place, speaker } from "./figure_points.js";
import { dateTicks, numberScale, span as spanOf } from "./scales.js";

/** @typedef {import("./figure_points.js").Point} Point */
/** @typedef {import("./figure_points.js").Placed} Placed */
const [HIGH, LEFT, RIGHT, TOP, FOOT] = [210, 64, 16, 16, 28];
const FIRST = 12;
const LETTER = 6.9; // pixels of a letter of a label
const TIES = new Set(["contradicts", "revises", "agrees"]);
const HINT = "Point at a figure, or step to it with Tab, to see who gave it.";

/** @type {(lane: kg.Lane, placed: Placed[], open: kg.Open) => SVGElement[]} */
const joins = (lane, placed, open) => {
  /** @type {(side: kg.Side) => Placed | undefined} */
  const of = ({ statement, figure }) => placed.find(({ point }) => point.statement.index === statement && point.figure.text === figure.text && point.figure.value === figure.value);
  return lane.pairs.flatMap((index) => {
    const pair = comparisons[index];
    const [a, b] = [of(pair.left), of(pair.right)];
    if (!a || !b || !TIES.has(pair.verdict)) return [];
    const bend = Math.abs(a.x - b.x) < 24 ? 26 : 0;
    const line = svg("path", { d: `M${a.x} ${a.y} Q${(a.x + b.x) / 2 + bend} ${(a.y + b.y) / 2 - (bend ? 0 : 10)} ${b.x} ${b.y}`, class: `tie ${pair.verdict}`, tabindex: 0, role: "button", "aria-label": pair.reason }, svg("title", {}, pair.reason));
    const choose = () => open({ view: "comparison", comparison: pair.index });
    line.addEventListener("click", choose);
    line.addEventListener("keydown", ({ key }) => key === "Enter" && choose());
    return [line];
  });
};

/* Number and speaker beside each figure, with a line that leads back where they had to go farther off. */
/** @type {(placed: Placed[], wide: number) => SVGElement[]} */
const labels = (placed, wide) => {
  const told = placed.map(({ point }) => [short(amount(point.figure), 26), wide > 480 ? short(speaker(point), 24) : ""]);
  const wishes = placed.map(({ x, y }, at) => {
    const [first, second] = told[at].map((row) => LETTER * row.length);
    /** @type {[number, number][]} */
    const sizes = second ? [[Math.max(first, second), 28], [first, 15]] : [[first, 15]];
    return { x, y, sizes };
  });
  const taken = placed.map(({ x, y }) => ({ left: x - 6, right: x + 6, top: y - 6, bottom: y + 6 }));
  const spots = dodge(wishes, { left: LEFT + 2, right: wide - 2, top: 2, bottom: HIGH - FOOT }, taken);
  return spots.flatMap((spot, at) => {
    if (!spot) return [];
    const { left, top } = spot;
    const { x, y } = wishes[at];
    const near = [Math.max(left, Math.min(x, left + spot.wide)), Math.max(top, Math.min(y, top + spot.high))];
    const text = svg("text", { x: left, y: top + 12, class: "number" }, told[at][0], spot.size === 0 && told[at][1] && svg("tspan", { x: left, dy: 13, class: "who" }, told[at][1]));
    return spot.led ? [svg("line", { x1: x, y1: y, x2: near[0], y2: near[1], class: "leader" }), text] : [text];
  });
};

/** @type {(lane: kg.Lane, points: Point[], wide: number, open: kg.Open, tell: (point: Point | null) => void) => SVGElement} */
const draw = (lane, points, wide, open, tell) => {
  const values = points.flatMap(({ low, high, figure }) => [low, high, figure.value]).filter((value) => value !== null);
  const y = numberScale(values, HIGH - FOOT, TOP + 8);
  const undated = points.some(({ days }) => days === null);
  const start = LEFT + (undated ? 56 : 8);
  const [first, last] = spanOf(points.flatMap(({ days }) => (days ? [days] : [])));
  /** @type {(day: number | null) => number} */
  const x = (day) => (day === null ? LEFT + 22 : start + ((day - first) / (last - first)) * (wide - RIGHT - start));
  const placed = points.map((point) => place(point, x, y.at));
  const order = [...placed].sort((a, b) => b.y - a.y || a.x - b.x);
  /** @type {Map<string, number>} */
  const spots = new Map();
  const figures = order.map((one) => {
    const key = `${one.x.toFixed(1)} ${one.y.toFixed(1)}`;
    const ring = spots.get(key) ?? 0;
    spots.set(key, ring + 1);
    const group = glyph(one, y.at, [TOP - 4, HIGH - FOOT], ring, open);
    for (const event of ["mouseenter", "focus"]) group.addEventListener(event, () => tell(one.point));
    for (const event of ["mouseleave", "blur"]) group.addEventListener(event, () => tell(null));
    return group;
  });
  const written = (/** @type {number} */ value) => value.toLocaleString("en", { notation: Math.abs(value) >= 1e6 ? "compact" : "standard", maximumFractionDigits: 2 });
  const grid = y.ticks.map((value) => [svg("line", { x1: LEFT, x2: wide - RIGHT, y1: y.at(value), y2: y.at(value), class: "grid" }), svg("text", { x: LEFT - 8, y: y.at(value) + 4, class: "tick left" }, written(value))]);
  const dated = placed.some(({ point }) => point.days);
  const marks = !dated ? [] : dateTicks(first, last, Math.max(2, Math.floor((wide - start) / 110))).map(([day, text]) => [svg("line", { x1: x(day), x2: x(day), y1: HIGH - FOOT, y2: HIGH - FOOT + 5, class: "grid" }), svg("text", { x: x(day), y: HIGH - 8, class: x(day) > wide - 44 ? "tick left" : "tick", "data-day": day, "data-x": x(day).toFixed(2) }, date(text))]);
  return svg("svg", { viewBox: `0 0 ${wide} ${HIGH}`, width: wide, height: HIGH, role: "group", "aria-label": `${lane.label}, ${count(points.length, "figure")}` }, grid, undated && svg("text", { x: LEFT + 22, y: HIGH - 8, class: "tick" }, "no date"), marks, joins(lane, placed, open), labels(order, wide), figures);
};

/* The same figures in order, to be read and to be trusted. */
/** @type {(points: Point[], open: kg.Open) => HTMLElement} */
const table = (points, open) =>
  h("div.scroll.figures-table", { tabindex: 0, role: "region", "aria-label": "The figures as a table" }, h("table", {}, h("thead", {}, h("tr", {}, ["Date", "Figure", "Said by"].map((head) => h("th", { scope: "col" }, head)))), h("tbody", {}, points.map((point) => h("tr", {}, h("td", {}, date(point.edtf) || "no date"), h("th", { scope: "row" }, button(quantity(point.figure), () => open({ view: "statement", statement: point.statement.index }), { class: "actor" })), h("td", {}, speaker(point)))))));

/* Fills the dialog with the figures that pass the filters now, and shows it. */
/** @type {(dialog: HTMLDialogElement, shown: kg.Shown, open: kg.Open, only?: number[]) => void} */
export const showFigures = (dialog, shown, open, only) => {
  let all = false;
  /** @type {kg.Open} */
  const choose = (choice) => {
    dialog.close();
    open(choice);
  };
  const render = () => {
    const told = (only ? only.map((at) => lanes[at]) : lanes).map((lane) => ({ lane, points: gather(lane, shown) })).filter(({ points }) => points.length > 1);
    const note = h("p.say", { role: "status" }, HINT);
    /** @type {(point: Point | null) => void} */
    const tell = (point) => {
      fill(note, ...(point ? [h("strong", {}, speaker(point)), ` — ${reading(point.figure)}, ${date(point.edtf) || "no date"}: “${short(point.statement.content, 140)}”`] : [HINT]));
    };
    const room = Math.max(260, Math.min(1120, innerWidth * 0.94 - 50));
    const wide = room > 820 ? room - 372 : room;
    fill(
      dialog,
      h("header", {}, h("h2", {}, (only && affairs.find((affair) => only.every((at) => affair.lanes.includes(at)))?.label) || "Figures over time"), button("Close", () => dialog.close())),
      h("p.keys-of-chart", {}, h("span.k-dot", {}, "a number"), h("span.k-open", {}, "at least, at most"), h("span.k-range", {}, "a range, about"), h("span.k-vague", {}, "a month or a year"), h("span.k-contradicts", {}, "contradict"), h("span.k-revises", {}, "revises"), h("span.k-agrees", {}, "agree")),
      note,
      h("div.scroll", { tabindex: 0, role: "region", "aria-label": "Time lines" }, told.length ? told.slice(0, all ? undefined : FIRST).map(({ lane, points }) => h("section.lane-of-figures", {}, h("h3", {}, lane.label, h("span.count", {}, ` ${count(points.length, "figure")}`)), lane.story && h("p.story", {}, moved(lane)), h("div.chart-and-table", {}, draw(lane, points, wide, choose, tell), table(points, choose)))) : h("p.note", {}, "No two figures that pass the filters count the same thing."), told.length > FIRST && !all && button(`Show ${told.length - FIRST} more`, () => {
        all = true;
        render();
      }, { class: "wide" })),
    );
  };
  render();
  dialog.showModal();
};
