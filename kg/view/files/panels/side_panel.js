/* The panel at the right: an overview when nothing is chosen, otherwise what was said by and about the choice. */
import { gravestFirst } from "../data/comparison_order.js";
import { state, visible } from "../data/filters.js";
import { comparisons, graph, kinds, links, nodes, statements, verdicts } from "../data/graph.js";
import { count, period } from "../data/wording.js";
import { button, fill, h, scrolling } from "../elements.js";
import { article } from "./article_reader.js";
import { overview } from "./overview.js";
import { search } from "./search_page.js";
import { places } from "./chips.js";
import { publisher } from "./publisher.js";
import { contents, section } from "./sections.js";
import { affair } from "./story_rows.js";
import { actor, card, comparisonCard } from "./statement_cards.js";

const FEW = 3; // comparisons shown at first, so that what an actor said is near
const serious = gravestFirst(graph);

/* Who spoke for a body and in which office, from when to when. */
/** @typedef {{speaker: number, role: string, days: string[], count: number}} Voice */
/** @type {(body: kg.Actor) => Voice[]} */
const voicesOf = (body) => {
  const names = new Set([body.name, ...body.aliases].map((name) => name.toLowerCase()));
  /** @type {Map<string, Voice>} */
  const found = new Map();
  for (const { speaker, role, organisation, date: day, tense } of statements) {
    if (speaker === null || speaker === body.index || !role || !names.has(organisation.toLowerCase())) continue;
    const title = tense && tense !== "current" ? `${tense} ${role}` : role;
    const voice = found.get(`${speaker} ${title}`) ?? { speaker, role: title, days: [], count: 0 };
    voice.count += 1;
    if (day) voice.days.push(day);
    found.set(`${speaker} ${title}`, voice);
  }
  return [...found.values()].sort((a, b) => b.count - a.count || a.speaker - b.speaker);
};
/** @type {(voice: Voice, open: kg.Open) => HTMLElement} */
const voiceLine = ({ speaker, role, days, count: number }, open) => {
  const known = [...days].sort();
  return h("p.voice", {}, actor(speaker, nodes[speaker].name, open), `, ${role}`, h("span.muted", {}, `${known.length ? ` · ${period(known[0], known[known.length - 1])}` : ""} · ${count(number, "statement")}`));
};

/** @type {(choice: kg.ChoiceOf<"node">, open: kg.Open, actions: kg.Actions) => kg.Content[]} */
const node = ({ node: index }, open, actions) => {
  const chosen = nodes[index];
  const [middle, only] = state.only?.around || [];
  const passes = visible().statements;
  const said = chosen.said.filter((at) => passes.has(at));
  const about = chosen.about.filter((at) => passes.has(at) && statements[at].speaker !== index);
  const bodies = chosen.links.map((at) => links[at]).filter((link) => ["part_of", "holds_office_in"].includes(link.kind) && link.target === index);
  const pairs = chosen.comparisons.map((at) => comparisons[at]).sort(serious);
  const sections = [
    section("Who speaks for it", voicesOf(chosen), (voice) => voiceLine(voice, open), 8),
    section("Compared", pairs, (pair) => comparisonCard(pair, open), FEW),
    section("Said", said, (at) => card(statements[at], open)),
    section("Said about it", about, (at) => card(statements[at], open)),
    section("Figures from there", chosen.placed.filter((at) => passes.has(at)), (at) => card(statements[at], open)),
  ];
  const facts = [
    chosen.aliases.length > 0 && `Also: ${chosen.aliases.join(", ")}`,
    chosen.partOf && `Part of ${chosen.partOf}`,
    chosen.country && chosen.country !== chosen.name && `Country: ${chosen.country}`,
  ];
  return [
    h("p.kicker", {}, chosen.typeLabel),
    h("h2", {}, chosen.name),
    facts.filter(Boolean).map((fact) => h("p.fact", {}, fact)),
    chosen.offices.map((held) =>
      h("p.fact", {}, held.tense === "current" ? "" : `${held.tense} `, held.title, held.organisation !== null ? [", ", actor(held.organisation, held.organisationName, open)] : held.organisationName && `, ${held.organisationName}`),
    ),
    h(
      "div.actions",
      {},
      button("Only neighbours", () => actions.only(index, 1), { "aria-pressed": middle === index && only === 1 }),
      button("2 steps", () => actions.only(index, 2), { "aria-pressed": middle === index && only === 2 }),
      state.only && button("All actors", () => actions.only(null)),
    ),
    bodies.length > 0 && h("p.fact", {}, "Ties: ", bodies.slice(0, 12).map((link, at) => [at ? ", " : "", actor(link.source, nodes[link.source].name, open), link.label && ` (${link.label})`])),
    places(said, open),
    contents(sections),
    sections,
    !said.length && !about.length && !pairs.length && !chosen.placed.length && h("p.note", {}, "No statement passes the filters that are set."),
  ];
};

/** @type {(choice: kg.ChoiceOf<"link">, open: kg.Open) => kg.Content[]} */
const link = ({ link: index }, open) => {
  const tie = links[index];
  const [source, target] = [nodes[tie.source], nodes[tie.target]];
  return [
    h("p.kicker", {}, kinds[tie.kind].label),
    h("h2.tie", {}, actor(tie.source, source.name, open), h("span.arrow", {}, ` ${kinds[tie.kind].verb} `), actor(tie.target, target.name, open)),
    tie.label && h("p.fact", {}, tie.label),
    section("Compared", tie.comparisons.map((at) => comparisons[at]).sort(serious), (pair) => comparisonCard(pair, open)),
    section("Statements", tie.statements, (at) => card(statements[at], open)),
  ];
};

/** @type {(choice: kg.ChoiceOf<"disagreements">, open: kg.Open) => kg.Content[]} */
const disagreements = ({ about }, open) => {
  const pairs = [...comparisons].sort(serious).filter((pair) => about === undefined || pair.left.statement === about || pair.right.statement === about);
  return [
    h("p.kicker", {}, about === undefined ? "All comparisons" : "Compared with one statement"),
    h("h2", {}, "Comparisons"),
    pairs.length === 0 && h("p.note", {}, "No two statements give figures that can be compared."),
    Object.entries(verdicts).map(([verdict, { label }]) => section(label, pairs.filter((pair) => pair.verdict === verdict), (pair) => comparisonCard(pair, open), verdict === "contradicts" ? 12 : FEW)),
  ];
};

/** @type {(choice: kg.ChoiceOf<"comparison">, open: kg.Open) => kg.Content[]} */
const comparison = ({ comparison: index }, open) => [h("p.kicker", {}, "Comparison"), comparisonCard(comparisons[index], open, { whole: true })];
/** @type {(choice: kg.ChoiceOf<"statement">, open: kg.Open) => kg.Content[]} */
const statement = ({ statement: index }, open) => [h("p.kicker", {}, "Statement"), card(statements[index], open)];

/* The steps from one actor to another, each with what ties them. */
/** @type {(choice: kg.ChoiceOf<"path">, open: kg.Open, actions: kg.Actions) => kg.Content[]} */
const path = ({ nodes: steps, links: between }, open, actions) => [
  h("p.kicker", {}, count(between.length, "step")),
  h("h2", {}, "Path"),
  h(
    "ol.steps",
    {},
    steps.map((index, at) => {
      const tie = links[between[at]];
      const forth = tie?.source === index;
      return h("li", {}, actor(index, nodes[index].name, open), tie && h("p.muted", {}, button(`${forth ? "↓" : "↑"} ${forth || tie.kind === "disagrees_with" ? kinds[tie.kind].verb : kinds[tie.kind].inverse}`, () => open({ view: "link", link: tie.index }), { class: "actor" }), tie.label && ` (${tie.label})`));
    }),
  ),
  h("div.actions", {}, button("All actors", () => actions.only(null))),
];

/* A community of a graph that is too large to be drawn whole. */
/** @type {(choice: kg.ChoiceOf<"group">, open: kg.Open, actions: kg.Actions) => kg.Content[]} */
const group = ({ group: index }, open, actions) => {
  const { members, opened } = actions.group(index);
  const ranked = [...members].sort((a, b) => nodes[b].rank - nodes[a].rank || a - b);
  return [
    h("p.kicker", {}, "Community"),
    h("h2", {}, nodes[ranked[0]].name),
    h("p.fact", {}, `${count(members.length, "actor")} that are tied to one another more than to others.`),
    h("div.actions", {}, button(opened ? "Close it" : "Open it in the picture", () => actions.unfold(index, !opened))),
    section("Actors", ranked, (at) => h("p", {}, actor(at, nodes[at].name, open), h("span.count", {}, ` ${nodes[at].said.length} said`))),
  ];
};

/** @type {{[V in kg.Choice["view"]]: (choice: kg.ChoiceOf<V>, open: kg.Open, actions: kg.Actions) => kg.Content[]}} */
const VIEWS = { affair, article, group, publisher, search, overview, node, link, path, disagreements, comparison, statement };

/* Shows `choice` and puts the panel back to its top; `back` leads to the view before, if there was one. */
/** @type {(element: HTMLElement, choice: kg.Choice, how: {open: kg.Open, back: (() => void) | null, actions: kg.Actions, stay?: boolean}) => void} */
export const showPanel = (element, choice, { open, back, actions, stay = false }) => {
  const scrolled = element.scrollTop;
  document.body.classList.toggle("reading", choice.view === "article");
  fill(
    element,
    choice.view !== "overview" && h("nav.crumbs", {}, back && button("← Back", back), button("Overview", () => open({ view: "overview" }))),
    /** @type {(choice: kg.Choice, open: kg.Open, actions: kg.Actions) => kg.Content[]} */ (VIEWS[choice.view])(choice, open, actions),
  );
  element.querySelectorAll("h2").forEach(scrolling);
  if (stay) {
    element.scrollTop = scrolled;
    return;
  }
  element.scrollTop = 0;
  element.querySelector("mark.current")?.scrollIntoView({ block: "center" });
};
