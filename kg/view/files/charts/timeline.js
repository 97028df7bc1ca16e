/* The strip below the picture: statements over time in bins of like size, and two handles that narrow them. */
import { comparisons, graph, statements } from "../data/graph.js";
import { dayOf } from "../data/filtering.js";
import { count, date } from "../data/wording.js";
import { button, fill, h, svg } from "../elements.js";
import { binOf, quantiles } from "./time_bins.js";

/** @typedef {kg.Filters["clock"]} Clock */
/** @typedef {{clock: Clock, from: string | null, to: string | null}} Range */
/** @type {Record<Clock, string>} */
const CLOCKS = { published: "Published", said: "Said" };

/** @type {(element: HTMLElement, onchange: (range: Range) => void) => {sync: (state: Range) => void, clock: Clock} | null} */
export const createTimeline = (element, onchange) => {
  const bins = Object.fromEntries(/** @type {Clock[]} */ (Object.keys(CLOCKS)).map((clock) => [clock, quantiles(statements.map((one) => dayOf(graph, clock, one)))]));
  const clocks = /** @type {Clock[]} */ (Object.keys(CLOCKS)).filter((clock) => bins[clock].length > 1);
  if (!clocks.length) return null;
  const disputed = new Set(comparisons.filter((pair) => pair.disagrees).flatMap(({ left, right }) => [left.statement, right.statement]));
  /** @type {Clock} */
  let clock = clocks[0];
  /** @type {SVGElement[]} */
  let bars = [];
  /** @type {(label: string) => HTMLInputElement} */
  const handle = (label) => h("input", { type: "range", min: 0, step: 1, "aria-label": label });
  const [from, to] = [handle("From"), handle("To")];
  const label = h("output.range");
  const track = h("div.track");
  const marks = h("div.marks", { "aria-hidden": "true" });
  const choice = clocks.length > 1 && h("div.clocks", { role: "group", "aria-label": "Which date" }, clocks.map((one) => button(CLOCKS[one], () => onchange({ clock: one, from: null, to: null }), { "data-clock": one })));

  const say = () => {
    const all = bins[clock];
    const [first, final] = [Number(from.value), Number(to.value)];
    label.textContent = `${date(all[first].from)} – ${date(all[final].to)}`;
    from.setAttribute("aria-valuetext", date(all[first].from));
    to.setAttribute("aria-valuetext", date(all[final].to));
    for (const [at, bar] of bars.entries()) bar.classList.toggle("out", at < first || at > final);
  };
  /* Bars and handles for the dates of one clock. */
  const draw = () => {
    const all = bins[clock];
    const red = all.map(() => 0);
    for (const index of disputed) {
      const day = dayOf(graph, clock, statements[index]);
      if (day) red[binOf(all, day)] += 1;
    }
    const highest = Math.max(...all.map((bin) => bin.count));
    const step = 1000 / all.length;
    bars = all.map((bin, at) => {
      const [low, high] = [(36 * Math.min(red[at], bin.count)) / highest, (36 * bin.count) / highest];
      const box = { x: at * step + step * 0.1, width: Math.max(1, step * 0.8) };
      const days = bin.from === bin.to ? date(bin.from) : `${date(bin.from)} to ${date(bin.to)}`;
      return svg("g", {}, svg("title", {}, `${days}: ${count(bin.count, "statement")}, ${red[at]} of them contradicted`), svg("rect", { ...box, y: 40 - high, height: high - low, class: "plain" }), svg("rect", { ...box, y: 40 - low, height: low, class: "disputed" }));
    });
    for (const input of [from, to]) input.max = String(all.length - 1);
    fill(track, svg("svg", { viewBox: "0 0 1000 40", preserveAspectRatio: "none", role: "img", "aria-label": "Statements over time" }, bars), from, to);
    const few = Math.min(5, all.length);
    fill(marks, Array.from({ length: few }, (_, at) => h("span", {}, date(at === few - 1 ? all[all.length - 1].to : all[Math.round((at * (all.length - 1)) / Math.max(1, few - 1))].from))));
    if (choice) for (const one of choice.querySelectorAll("button")) one.setAttribute("aria-pressed", String(one.dataset.clock === clock));
  };
  /** @type {(changed: HTMLInputElement) => void} */
  const moved = (changed) => {
    if (Number(from.value) > Number(to.value)) changed.value = changed === from ? to.value : from.value;
    say();
    const all = bins[clock];
    const [first, final] = [Number(from.value), Number(to.value)];
    onchange({ clock, from: first === 0 ? null : all[first].from, to: final === all.length - 1 ? null : all[final].to });
  };
  for (const input of [from, to]) input.addEventListener("input", () => moved(input));
  draw();
  element.append(h("div.when", {}, choice, label), h("div.strip", {}, track, marks));
  element.hidden = false;
  /* Puts the handles to what the state says. */
  /** @type {(state: Range) => void} */
  const sync = (state) => {
    const wanted = clocks.includes(state.clock) ? state.clock : clocks[0];
    if (wanted !== clock) {
      clock = wanted;
      draw();
    }
    const all = bins[clock];
    from.value = String(state.from === null ? 0 : binOf(all, state.from));
    to.value = String(state.to === null ? all.length - 1 : Math.max(Number(from.value), all.findLastIndex((bin) => bin.from.slice(0, state.to?.length) <= (state.to ?? ""))));
    say();
  };
  sync({ clock, from: null, to: null });
  return { sync, clock };
};
