/* The strip below the picture: statements over time, and two handles that narrow them. */
import { comparisons, statements } from "../data/graph.js";
import { date } from "../data/wording.js";
import { h, svg } from "../elements.js";

const STEPS = [
  { length: 10, limit: 45 },
  { length: 7, limit: 60 },
  { length: 4, limit: 200 },
];

/* All days, months or years from the first to the last, whichever gives a readable number of bars. */
/** @type {(days: string[], length: number) => string[]} */
const bins = (days, length) => {
  const found = [];
  const cursor = new Date(`${days[0].slice(0, length)}${"-01-01".slice(length === 4 ? 0 : length === 7 ? 3 : 6)}T00:00:00Z`);
  const last = days[days.length - 1].slice(0, length);
  for (let at = ""; at < last && found.length < 400; ) {
    at = cursor.toISOString().slice(0, length);
    found.push(at);
    if (length === 10) cursor.setUTCDate(cursor.getUTCDate() + 1);
    else if (length === 7) cursor.setUTCMonth(cursor.getUTCMonth() + 1);
    else cursor.setUTCFullYear(cursor.getUTCFullYear() + 1);
  }
  return found;
};

/** @type {(element: HTMLElement, onchange: (range: [from: string | null, to: string | null]) => void) => {sync: (state: kg.Filters) => void} | null} */
export const createTimeline = (element, onchange) => {
  const days = statements.map((statement) => statement.date).filter((day) => day && !Number.isNaN(Date.parse(day.slice(0, 10)))).sort();
  if (new Set(days).size < 2) return null;
  /* The finest of day, month and year that most dates have and that gives a readable number of bars. */
  /** @type {(length: number) => string[]} */
  const known = (length) => days.filter((day) => day.length >= length);
  /** @type {(length: number) => boolean} */
  const usable = (length) => known(length).length >= days.length / 2 && new Set(known(length).map((day) => day.slice(0, length))).size > 1;
  const choices = STEPS.filter(({ length }) => usable(length));
  if (!choices.length) return null;
  const { length } = choices.find((step) => bins(known(step.length), step.length).length <= step.limit) || choices[choices.length - 1];
  const all = bins(known(length), length);
  const position = new Map(all.map((bin, at) => [bin, at]));
  const counts = all.map(() => ({ plain: 0, disputed: 0 }));
  const disputed = new Set(comparisons.filter((pair) => pair.disagrees).flatMap(({ left, right }) => [left.statement, right.statement]));
  for (const statement of statements) {
    const at = position.get(statement.date.slice(0, length));
    if (at !== undefined) counts[at][disputed.has(statement.index) ? "disputed" : "plain"] += 1;
  }
  const highest = Math.max(...counts.map(({ plain, disputed: red }) => plain + red));
  const step = 1000 / all.length;
  const bars = counts.map(({ plain, disputed: red }, at) => {
    const [low, high] = [(36 * red) / highest, (36 * (plain + red)) / highest];
    const box = { x: at * step + step * 0.1, width: Math.max(1, step * 0.8) };
    return svg(
      "g",
      {},
      svg("title", {}, `${date(all[at])}: ${plain + red} statements, ${red} of them disputed`),
      svg("rect", { ...box, y: 40 - high, height: high - low, class: "plain" }),
      svg("rect", { ...box, y: 40 - low, height: low, class: "disputed" }),
    );
  });
  const last = all.length - 1;
  /** @type {(label: string, value: number) => HTMLInputElement} */
  const handle = (label, value) => h("input", { type: "range", min: 0, max: last, step: 1, value, "aria-label": label });
  const [from, to] = [handle("From", 0), handle("To", last)];
  const label = h("output.range");
  const say = () => {
    const [first, final] = [Number(from.value), Number(to.value)];
    label.textContent = `${date(all[first])} – ${date(all[final])}`;
    from.setAttribute("aria-valuetext", date(all[first]));
    to.setAttribute("aria-valuetext", date(all[final]));
    for (const [at, bar] of bars.entries()) bar.classList.toggle("out", at < first || at > final);
  };
  /** @type {(changed: HTMLInputElement) => void} */
  const moved = (changed) => {
    if (Number(from.value) > Number(to.value)) changed.value = changed === from ? to.value : from.value;
    say();
    const whole = Number(from.value) === 0 && Number(to.value) === last;
    onchange(whole ? [null, null] : [all[Number(from.value)], all[Number(to.value)]]);
  };
  for (const input of [from, to]) input.addEventListener("input", () => moved(input));
  say();
  const chart = svg("svg", { viewBox: "0 0 1000 40", preserveAspectRatio: "none", role: "img", "aria-label": "Statements over time" }, bars);
  element.append(label, h("div.track", {}, chart, from, to));
  element.hidden = false;
  /* Puts the handles to what the state says. */
  /** @type {(state: kg.Filters) => void} */
  const sync = ({ from: first, to: final }) => {
    /** @type {(bin: string | null, otherwise: number) => number} */
    const at = (bin, otherwise) => (bin === null ? otherwise : Math.max(0, position.get(bin) ?? otherwise));
    [from.value, to.value] = [String(at(first, 0)), String(at(final, last))];
    say();
  };
  return { sync };
};
