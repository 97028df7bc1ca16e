/* Chips: places, publishers and verdicts where a reader meets them, each of which leads on. In the picture the first two are
   nodes on wish alone. */
import { spokenOf } from "../data/answers.js";
import { gravestFirst } from "../data/comparison_order.js";
import { graph, nodes, publishers } from "../data/graph.js";
import { count, short } from "../data/wording.js";
import { button, h } from "../elements.js";

const CHIPS = 10;
const named = new Map(publishers.map((one) => [one.name, one.index]));
const serious = gravestFirst(graph);

/* The first of many, and a chip that brings the others. */
/** @type {(label: string, chips: HTMLElement[]) => kg.Content} */
const row = (label, chips) => {
  if (!chips.length) return null;
  const others = chips.slice(CHIPS);
  const more = button(`+${others.length} others`, () => more.replaceWith(...others), { class: "tag chip more" });
  return h("p.chips", {}, label, " ", chips.slice(0, CHIPS), others.length > 0 && more);
};
/** @type {(name: string, number: number) => string} */
const counted = (name, number) => `${short(name, 40)} ${number.toLocaleString("en")}`;

/* A place, which leads to all that is said of it. */
/** @type {(node: number, open: kg.Open, text?: string) => HTMLElement} */
export const place = (node, open, text = short(nodes[node].name, 40)) => button(text, () => open({ view: "node", node }), { class: "tag chip place" });
/** @type {(list: Iterable<number>, open: kg.Open) => kg.Content} */
export const places = (list, open) =>
  row("Places spoken of:", spokenOf(graph, list).map(([node, number]) => place(node, open, counted(nodes[node].name, number))));

/* Who published, which leads to what it published. */
/** @type {(name: string, open: kg.Open, text?: string) => HTMLElement | null} */
export const publisher = (name, open, text = short(name, 40)) => {
  const at = named.get(name);
  return at === undefined ? null : button(text, () => open({ view: "publisher", publisher: at }), { class: "tag chip publisher" });
};
/** @type {(list: Iterable<kg.Article>, open: kg.Open) => kg.Content} */
export const publishedBy = (list, open) => {
  /** @type {Map<string, number>} */
  const found = new Map();
  for (const { publisher: name } of list) if (name) found.set(name, (found.get(name) ?? 0) + 1);
  return row("Published by:", [...found].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).flatMap(([name, number]) => publisher(name, open, counted(name, number)) ?? []));
};

/** @type {Record<string, (number: number) => string>} */
const VERDICTS = {
  contradicts: (number) => count(number, "contradiction"),
  revises: (number) => count(number, "revision"),
  agrees: (number) => count(number, "agreement"),
};
/** @type {Record<string, string>} */
const SIGNS = { contradicts: "≠", revises: "→", agrees: "=" };
/* How many of each verdict, in its colour; each leads to both sentences of the most telling of them. `brief`: by the sign that
   stands on a link of the picture. */
/** @type {(counts: [verdict: string, number: number][], pairs: kg.Comparison[], open: kg.Open, brief?: boolean) => HTMLElement[]} */
export const verdictChips = (counts, pairs, open, brief = false) =>
  counts.map(([verdict, number]) => {
    const words = VERDICTS[verdict](number);
    const told = brief ? { title: words, "aria-label": words } : {};
    return button(brief ? `${number} ${SIGNS[verdict]}` : words, () => open({ view: "comparison", comparison: pairs.filter((pair) => pair.verdict === verdict).sort(serious)[0].index }), { class: `tag ${verdict}`, ...told });
  });
