/* Figures over time: a lane a population, bounds drawn as bounds, figures that disagree joined by a red line. */
import { articleOf, comparisons, lanes, statements } from "../data/graph.js";
import { amount, count, counted, date, short } from "../data/wording.js";
import { button, fill, h, svg } from "../elements.js";
import { bounds, dateTicks, days as daysOf, numberScale } from "./scales.js";

/** @typedef {{statement: kg.Statement, figure: kg.Figure, low: number | null, high: number | null, day: number | null}} Point */
const [HIGH, LEFT, RIGHT, TOP, FOOT] = [150, 64, 22, 14, 26];
const FIRST = 12;
const ROOM = 44; // between figures of one day, less on a narrow screen

/** @type {(statement: kg.Statement, figure: kg.Figure) => [number, number] | null} */
const when = (statement, figure) => daysOf(figure.asOf) || daysOf(statement.saidOn) || daysOf(articleOf(statement)?.published);
/** @type {(statement: kg.Statement, figure: kg.Figure) => string} */
const said = (statement, figure) => date(figure.asOf || statement.saidOn || articleOf(statement)?.published) || "no date";

/* A lane's figures that pass the filters: {statement, figure, day, low, high}. */
/** @type {(lane: kg.Lane, shown: kg.Shown) => Point[]} */
const gather = (lane, shown) =>
  lane.points
    .filter(([index]) => shown.statements.has(index))
    .map(([index, at]) => {
      const [statement, figure] = [statements[index], statements[index].figures[at]];
      const days = when(statement, figure);
      const [low, high] = bounds(figure);
      return { statement, figure, low, high, day: days && (days[0] + days[1]) / 2 };
    });

/** @type {(point: Point, x: number, y: (value: number) => number, open: kg.Open) => SVGElement} */
const glyph = (point, x, y, open) => {
  const { statement, figure, low, high } = point;
  const [top, foot] = [TOP - 4, HIGH - FOOT];
  const value = figure.value ?? low ?? high ?? 0;
  const about = figure.comparator === "~";
  const words = `${statement.speakerName || "no source named"}: ${amount(figure)} ${counted(figure)}, ${said(statement, figure)}`;
  const parts = [svg("title", {}, words)];
  if (low === null || high === null) {
    const end = low === null ? foot : top;
    const bound = y(low ?? high ?? value);
    const tip = low === null ? -6 : 6;
    parts.push(svg("line", { x1: x, x2: x, y1: bound, y2: end, class: "open" }), svg("path", { d: `M${x - 4} ${end + tip} L${x} ${end} L${x + 4} ${end + tip}`, class: "open" }));
    parts.push(svg("line", { x1: x - 7, x2: x + 7, y1: bound, y2: bound, class: "bound" }));
  } else if (high > low) {
    parts.push(svg("line", { x1: x, x2: x, y1: y(low), y2: y(high), class: about ? "range about" : "range" }));
    for (const end of [low, high]) parts.push(svg("line", { x1: x - 5, x2: x + 5, y1: y(end), y2: y(end), class: "bound" }));
  }
  if (figure.value !== null || (low !== null && low === high)) parts.push(svg("circle", { cx: x, cy: y(value), r: 4.5, class: about || low === null || high === null ? "dot open-dot" : "dot" }));
  parts.push(svg("circle", { cx: x, cy: y(value), r: 12, class: "halo" }));
  const group = svg("g", { class: "figure", tabindex: 0, role: "button", "aria-label": words, "data-statement": statement.index }, parts);
  group.addEventListener("click", () => open({ view: "statement", statement: statement.index }));
  group.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    open({ view: "statement", statement: statement.index });
  });
  return group;
};

/** @type {(lane: kg.Lane, points: Point[], span: [number, number], wide: number, open: kg.Open, tell: (point: Point | null) => void) => SVGElement} */
const draw = (lane, points, span, wide, open, tell) => {
  const values = points.flatMap(({ low, high, figure }) => [low, high, figure.value]).filter((value) => value !== null);
  const y = numberScale(values, HIGH - FOOT, TOP + 8);
  const undated = points.some(({ day }) => day === null);
  const start = LEFT + (undated ? 46 : 16);
  /** @type {(day: number | null) => number} */
  const x = (day) => (day === null ? LEFT + 18 : start + ((day - span[0]) / (span[1] - span[0] || 1)) * (wide - RIGHT - Math.min(150, wide * 0.14) - start));
  const room = wide < 600 ? ROOM / 2 : ROOM;
  /** @type {Map<string, {x: number, y: number, point: Point}>} */
  const places = new Map();
  const used = new Map();
  for (const point of [...points].sort((a, b) => (a.day ?? -1e9) - (b.day ?? -1e9))) {
    /* Figures of one day stand side by side. */
    let at = x(point.day);
    while ([...used.keys()].some((other) => Math.abs(other - at) < room) && at + room < wide - RIGHT) at += room;
    used.set(at, true);
    places.set(`${point.statement.index} ${point.statement.figures.indexOf(point.figure)}`, { x: at, y: y.at(point.figure.value ?? point.low ?? point.high ?? 0), point });
  }
  /** @type {(side: kg.Side) => {x: number, y: number, point: Point} | undefined} */
  const of = (side) => {
    const { statement, figure } = side;
    return [...places.values()].find(({ point }) => point.statement.index === statement && point.figure.text === figure.text && point.figure.value === figure.value);
  };
  const ties = lane.pairs.map((index) => comparisons[index]).flatMap((pair) => {
    const [a, b] = [of(pair.left), of(pair.right)];
    return a && b && pair.disagrees ? [{ pair, a, b }] : [];
  });
  const joins = ties.map(({ pair, a, b }) => {
    const bend = Math.abs(a.x - b.x) < 24 ? 26 : 0;
    const line = svg("path", { d: `M${a.x} ${a.y} Q${(a.x + b.x) / 2 + bend} ${(a.y + b.y) / 2 - (bend ? 0 : 10)} ${b.x} ${b.y}`, class: `tie ${pair.verdict}`, tabindex: 0, role: "button", "aria-label": pair.reason }, svg("title", {}, pair.reason));
    const choose = () => open({ view: "comparison", comparison: pair.index });
    line.addEventListener("click", choose);
    line.addEventListener("keydown", ({ key }) => key === "Enter" && choose());
    return line;
  });
  const figures = [...places.values()].map(({ point, x: at }) => {
    const group = glyph(point, at, y.at, open);
    for (const event of ["mouseenter", "focus"]) group.addEventListener(event, () => tell(point));
    for (const event of ["mouseleave", "blur"]) group.addEventListener(event, () => tell(null));
    return group;
  });
  /* A number beside each figure where there is room for it. */
  /** @type {[number, number, number, number][]} */
  const boxes = [];
  const numbers = [...places.values()].map(({ x: at, y: top, point }) => {
    const text = amount(point.figure);
    const room = 7.2 * text.length;
    const left = at + 9 + room > wide ? at - 9 - room : at + 9;
    /** @type {[number, number, number, number]} */
    const box = [left, top - 7, left + room, top + 7];
    if (boxes.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) return null;
    if ([...used.keys()].some((other) => other !== at && other > left - 4 && other < left + room)) return null;
    boxes.push(box);
    return svg("text", { x: left, y: top + 4, class: "number" }, text);
  });
  const grid = y.ticks.map((value) => [svg("line", { x1: LEFT, x2: wide - RIGHT, y1: y.at(value), y2: y.at(value), class: "grid" }), svg("text", { x: LEFT - 8, y: y.at(value) + 4, class: "tick left" }, value.toLocaleString("en", { notation: value >= 1e6 ? "compact" : "standard" }))]);
  const marks = dateTicks(span[0], span[1], Math.max(2, Math.floor((wide - start) / 110))).map(([day, text]) => svg("text", { x: x(day), y: HIGH - 6, class: "tick" }, date(text)));
  return svg("svg", { viewBox: `0 0 ${wide} ${HIGH}`, width: wide, height: HIGH, role: "group", "aria-label": `${lane.label}, ${count(points.length, "figure")}` }, grid, undated && svg("text", { x: LEFT + 18, y: HIGH - 6, class: "tick" }, "no date"), marks, joins, figures, numbers.filter(Boolean));
};

/* Fills the dialog with the figures that pass the filters now, and shows it. */
/** @type {(dialog: HTMLDialogElement, shown: kg.Shown, open: kg.Open) => void} */
export const showFigures = (dialog, shown, open) => {
  let all = false;
  /** @type {kg.Open} */
  const choose = (choice) => {
    dialog.close();
    open(choice);
  };
  const render = () => {
    const told = lanes.map((lane) => ({ lane, points: gather(lane, shown) })).filter(({ points }) => points.length > 1);
    /** @type {(points: Point[]) => [number, number]} */
    const spanOf = (points) => {
      const days = points.flatMap(({ day }) => (day === null ? [] : [day]));
      return days.length ? [days.reduce((a, b) => Math.min(a, b)), days.reduce((a, b) => Math.max(a, b))] : [0, 1];
    };
    const note = h("p.say", { role: "status" }, "Point at a figure, or step to it with Tab, to see who gave it.");
    /** @type {(point: Point | null) => void} */
    const tell = (point) => {
      fill(note, ...(point ? [h("strong", {}, point.statement.speakerName || "no source named"), ` — ${amount(point.figure)} ${counted(point.figure)}, ${said(point.statement, point.figure)}: “${short(point.statement.content, 140)}”`] : ["Point at a figure, or step to it with Tab, to see who gave it."]));
    };
    const wide = Math.max(260, Math.min(1120, innerWidth * 0.94 - 50));
    fill(
      dialog,
      h("header", {}, h("h2", {}, "Figures over time"), button("Close", () => dialog.close())),
      h("p.keys-of-chart", {}, h("span.k-dot", {}, "a number"), h("span.k-open", {}, "at least, at most"), h("span.k-range", {}, "a range, about"), h("span.k-tie", {}, "cannot both hold"), h("span.k-revised", {}, "one revises the other")),
      note,
      h("div.scroll", { tabindex: 0, role: "region", "aria-label": "Time lines" }, told.length ? told.slice(0, all ? undefined : FIRST).map(({ lane, points }) => h("section.lane-of-figures", {}, h("h3", {}, lane.label, h("span.count", {}, ` ${count(points.length, "figure")}`)), lane.story && h("p.story", {}, lane.story), draw(lane, points, spanOf(points), wide, choose, tell))) : h("p.note", {}, "No two figures that pass the filters count the same thing."), told.length > FIRST && !all && button(`Show ${told.length - FIRST} more`, () => {
        all = true;
        render();
      }, { class: "wide" })),
    );
  };
  render();
  dialog.showModal();
};
