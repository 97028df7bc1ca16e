/* A story as a row of the first screen, and an affair as a view of its own: who counted what, how it moved, how it lies. */
import { smallLine } from "../charts/small_line.js";
import { stories } from "../charts/stories.js";
import { gravestFirst } from "../data/comparison_order.js";
import { visible } from "../data/filters.js";
import { affairs, articles, graph, lanes, statements } from "../data/graph.js";
import { amount, capital, count, date, period, short } from "../data/wording.js";
import { button, h } from "../elements.js";
import { places, publishedBy, verdictChips } from "./chips.js";
import { section } from "./sections.js";
import { actor, comparisonCard } from "./statement_cards.js";

/** @typedef {import("../charts/stories.js").Story} Story */
/** @typedef {import("../charts/stories.js").Counted} Counted */
const FEW = 4; // counted things that a row tells before it folds
const NAMED = 3; // speakers that a row names
const serious = gravestFirst(graph);

/* Pixels that a small time line has, by how wide the panel is now and whether something stands beside the stories. */
const room = () => {
  const wide = document.getElementById("panel")?.clientWidth ?? 0;
  return Math.max(280, Math.min(460, wide - (wide >= 608 ? 296 : 56)));
};
/** @type {(shown: kg.Shown) => Story[]} */
export const told = (shown) => stories(graph, shown, serious);

/* Kind, days, how many articles and speakers. */
/** @type {(story: Story) => string} */
const facts = ({ happening, days, articles: own, speakers }) =>
  [capital(happening), days && period(...days), own.length > 0 && count(own.length, "article"), count(speakers.length, "speaker")].filter(Boolean).join(" · ");
/** @type {(names: string[]) => string} */
const by = (names) => `${names.slice(0, NAMED).map((name) => short(name, 40)).join(", ") || "nobody by name"}${names.length > NAMED ? ` and ${count(names.length - NAMED, "other")}` : ""}`;

/* First and last figure of a time line: 4 → 32, or its only one; 4, 32 where they are of one day, or nobody knows of which. */
/** @type {(line: Counted, shown: kg.Shown) => string} */
const ends = ({ lane }, shown) => {
  const points = lanes[lane].points.filter(([at]) => shown.statements.has(at));
  const [first, last] = [points[0], points[points.length - 1]].map(([at, figure]) => amount(statements[at].figures[figure]));
  const [from, to] = [points[0][2], points[points.length - 1][2]];
  return first === last ? first : from && to && from !== to ? `${first} → ${last}` : `${first}, ${last}`;
};

/* One counted thing of an affair in one line: what, from where to where, by how many, and how they lie to one another. */
/** @type {(line: Counted, shown: kg.Shown, open: kg.Open, actions: kg.Actions) => HTMLElement} */
const slot = (line, shown, open, actions) => {
  const only = lanes[line.lane].points.find(([at]) => shown.statements.has(at));
  const lead = line.figures > 1 || !only ? () => actions.figures([line.lane]) : () => open({ view: "statement", statement: only[0] });
  return h("li.slot", { "data-lane": line.lane }, button(line.title, lead, { class: "actor" }), h("span.ends", {}, ` ${ends(line, shown)}`), h("span.muted", {}, line.figures > 1 ? ` ${count(line.figures, "figure")}` : ` ${by(line.speakers)}`), line.counts.length > 0 && h("span.tags", {}, verdictChips(line.counts, line.pairs, open, true)));
};
/** @type {(lines: Counted[], shown: kg.Shown, open: kg.Open, actions: kg.Actions, few?: number) => kg.Content} */
const slots = (lines, shown, open, actions, few = FEW) => {
  const rest = lines.slice(few);
  const list = (/** @type {Counted[]} */ some) => h("ul.slots", {}, some.map((line) => slot(line, shown, open, actions)));
  /* What is folded is made when it is opened: an affair may hold dozens. */
  const folded = rest.length > 0 && h("details", { ontoggle: () => folded && folded.childElementCount === 1 && folded.append(list(rest)) }, h("summary", {}, `${count(rest.length, "other counted thing")}`));
  return lines.length > 0 && [list(lines.slice(0, few)), folded];
};

/** @type {(story: Story, shown: kg.Shown, open: kg.Open, actions: kg.Actions) => HTMLElement} */
export const storyRow = (story, shown, open, actions) => {
  const { title, affair, lines, pairs, counts, first, speakers } = story;
  const lead = lines.find(({ figures }) => figures > 1);
  return h(
    "article.card.story-row",
    { "data-story": lead?.lane ?? "", "data-affair": affair ?? "" },
    h("h4", {}, affair === null ? title : button(title, () => open({ view: "affair", affair }), { class: "actor" })),
    h("p.meta", {}, facts(story)),
    counts.length > 0 && h("p.tags", {}, verdictChips(counts, pairs, open)),
    lead && [
      affair !== null && h("p.drawn", {}, lead.title, h("span.muted", {}, ` ${count(lead.figures, "figure")} `), verdictChips(lead.counts, lead.pairs, open, true)),
      h("p.reason", {}, lead.told || `Counted by ${by(lead.speakers)}.`),
      smallLine(lead.lane, shown, room()),
    ],
    affair !== null && slots(lines.filter((line) => line !== lead), shown, open, actions),
    !lead && h("p.reason", {}, `Told by ${by(speakers)}.`),
    h(
      "div.actions",
      {},
      first && button("Both sentences", () => open({ view: "comparison", comparison: first.index }), { class: "both" }),
      lead && button("Chart and table", () => actions.figures(lines.filter(({ figures }) => figures > 1).map(({ lane }) => lane)), { class: "chart" }),
      affair !== null && button("All of it", () => open({ view: "affair", affair }), { class: "whole" }),
    ),
  );
};

/** @type {(choice: kg.ChoiceOf<"affair">, open: kg.Open, actions: kg.Actions) => kg.Content[]} */
export const affair = ({ affair: index }, open, actions) => {
  const shown = visible();
  const story = told(shown).find((one) => one.affair === index);
  const head = [h("p.kicker", {}, "Affair"), h("h2", {}, affairs[index].label)];
  if (!story) return [...head, h("p.note", {}, "No statement of it passes the filters that are set.")];
  const { lines, pairs, counts, articles: own } = story;
  const drawn = lines.filter(({ figures }) => figures > 1);
  const once = lines.filter(({ figures }) => figures === 1);
  const said = own.flatMap((at) => articles[at].statements).filter((at) => shown.statements.has(at));
  /** @type {Map<number, number>} */
  const voices = new Map();
  for (const at of said) {
    const { speaker } = statements[at];
    if (speaker !== null) voices.set(speaker, (voices.get(speaker) ?? 0) + 1);
  }
  return [
    ...head,
    h("p.fact", {}, facts(story)),
    counts.length > 0 && h("p.tags", {}, verdictChips(counts, pairs, open)),
    drawn.length > 0 && h("div.actions", {}, button("Chart and table", () => actions.figures(drawn.map(({ lane }) => lane)), { class: "chart" })),
    publishedBy(own.map((at) => articles[at]), open),
    places(said, open),
    section("How it moved", drawn, (line) => h("section.moved", {}, h("h4", {}, line.title), h("p.reason", {}, line.told || `Counted by ${by(line.speakers)}.`), smallLine(line.lane, shown, room()), line.counts.length > 0 && h("p.tags", {}, verdictChips(line.counts, line.pairs, open))), 3),
    once.length > 0 && [h("h3", {}, "Counted once"), slots(once, shown, open, actions, 8)],
    section("Compared", [...pairs].sort(serious), (pair) => comparisonCard(pair, open), 3),
    section("Who speaks", [...voices].sort((a, b) => b[1] - a[1] || a[0] - b[0]), ([node, number]) => h("p", {}, actor(node, graph.nodes[node].name, open), h("span.count", {}, ` ${number}`)), 12),
    section("Articles", [...own].sort((a, b) => String(articles[a].published).localeCompare(String(articles[b].published)) || a - b), (at) => h("p", {}, button(articles[at].title || articles[at].id, () => open({ view: "article", article: at }), { class: "actor" }), h("span.muted", {}, ` ${date(articles[at].published)}`)), 8),
  ];
};
