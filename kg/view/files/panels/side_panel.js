/* The panel at the right: an overview when nothing is chosen, otherwise what was said by and about the choice. */
import { gravestFirst } from "../data/comparison_order.js";
import { state, visible } from "../data/filters.js";
import { articles, comparisons, graph, kinds, links, nodes, statements, verdicts } from "../data/graph.js";
import { count, date } from "../data/wording.js";
import { button, fill, h, scrolling } from "../elements.js";
import { article } from "./article_reader.js";
import { actor, card, comparisonCard } from "./statement_cards.js";

/** @typedef {[head: HTMLElement, list: HTMLElement] | null} Section */
const PAGE = 40;
const FEW = 3;

/* A long list shows its beginning, and the rest on demand: 10,000 cards at once would freeze the page. */
/** @type {<T>(items: T[], render: (item: T) => HTMLElement, first: number) => HTMLElement} */
const list = (items, render, first) => {
  const box = h("div.list");
  /** @type {(from: number, to: number) => void} */
  const more = (from, to) => {
    box.append(...items.slice(from, to).map(render));
    const left = items.length - to;
    if (left <= 0) return;
    const next = button(left > PAGE ? `Show ${PAGE} more of ${left}` : `Show ${left} more`, () => {
      next.remove();
      more(to, to + PAGE);
    }, { class: "wide" });
    box.append(next);
  };
  more(0, first);
  return box;
};
/** @type {<T>(title: string, items: T[], render: (item: T) => HTMLElement, first?: number) => Section} */
const section = (title, items, render, first = PAGE) =>
  items.length > 0 ? [h("h3", { tabindex: -1 }, `${title} `, h("span.count", {}, items.length)), list(items, render, first)] : null;
/* Buttons that lead down to each section: a long list above must not hide the one below. */
/** @type {(sections: Section[]) => kg.Content} */
const contents = (sections) => {
  const found = sections.filter((section) => section !== null);
  if (found.length < 2) return null;
  /** @type {(section: [HTMLElement, HTMLElement]) => void} */
  const go = ([head]) => {
    head.scrollIntoView({ block: "start" });
    head.focus({ preventScroll: true });
  };
  return h("div.actions", {}, found.map((part) => button(part[0].textContent ?? "", () => go(part), { class: "jump" })));
};

const serious = gravestFirst(graph);
const ordered = () => [...comparisons].sort(serious);

/** @type {(choice: kg.ChoiceOf<"overview">, open: kg.Open) => kg.Content[]} */
const overview = (_choice, open) => {
  const speakers = nodes.filter((node) => node.said.length).sort((a, b) => b.said.length - a.said.length || a.index - b.index);
  const most = speakers[0]?.said.length || 1;
  const days = statements.map((statement) => statement.date).filter(Boolean).sort();
  const span = days.length ? (days[0] === days.at(-1) ? `, ${date(days[0])}` : `, ${date(days[0])} to ${date(days.at(-1))}`) : "";
  const disputes = ordered().filter((pair) => pair.disagrees);
  /* One card a pair of speakers, so that the first few tell different things. */
  const pairs = new Set();
  const first = disputes.filter(({ left, right }) => {
    const key = [statements[left.statement].speaker, statements[right.statement].speaker].sort().join(" ");
    return !pairs.has(key) && pairs.add(key);
  });
  const unnamed = nodes.filter((node) => node.family === "unnamed_source").reduce((sum, node) => sum + node.said.length, 0);
  if (!nodes.length) return [h("h2", {}, "Nothing to show"), h("p", {}, "This graph holds no actors. Build it from at least one article in which somebody says something.")];
  return [
    h("p.kicker", {}, "Overview"),
    h("h2", {}, document.title),
    h("p.lede", {}, h("strong", {}, count(statements.length, "statement")), " by ", h("strong", {}, count(speakers.length, "speaker")), " in ", h("strong", {}, count(articles.length, "article")), span, "."),
    disputes.length > 0 && [
      h("h3", {}, "Where they disagree ", h("span.count", {}, disputes.length)),
      first.slice(0, 3).map((pair) => comparisonCard(pair, open)),
      (disputes.length > 3 || comparisons.length > disputes.length) && button(`All ${count(comparisons.length, "comparison")}`, () => open({ view: "disagreements" }), { class: "wide" }),
    ],
    speakers.length > 0 && [
      h("h3", {}, "Most quoted"),
      h("ol.bars", {}, speakers.slice(0, 7).map((node) => {
        const bar = h("span.bar");
        bar.style.width = `${(100 * node.said.length) / most}%`;
        return h("li", {}, button(node.name, () => open({ view: "node", node: node.index }), { class: "actor" }), h("span.count", {}, node.said.length), bar);
      })),
    ],
    articles.length > 0 && section("Articles", [...articles].sort((a, b) => b.statements.length - a.statements.length || a.index - b.index), (one) => h("p", {}, button(one.title || one.id, () => open({ view: "article", article: one.index }), { class: "actor" }), h("span.count", {}, ` ${one.statements.length}`)), 8),
    unnamed > 0 && h("p.note", {}, `${count(unnamed, "statement comes", "statements come")} from unnamed sources.`),
    h("p.note", {}, "Click an actor or a link to read what was said, and the sentence that shows it. ", h("kbd", {}, "/"), " searches, ", h("kbd", {}, "?"), " lists the keys."),
  ];
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
    section("Compared", pairs, (pair) => comparisonCard(pair, open), FEW),
    section("Said", said, (at) => card(statements[at], open)),
    section("Said about it", about, (at) => card(statements[at], open)),
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
    contents(sections),
    sections,
    !said.length && !about.length && !pairs.length && h("p.note", {}, "No statement passes the filters that are set."),
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
  const pairs = ordered().filter((pair) => about === undefined || pair.left.statement === about || pair.right.statement === about);
  return [
    h("p.kicker", {}, about === undefined ? "All comparisons" : "Compared with one statement"),
    h("h2", {}, "Disagreements"),
    pairs.length === 0 && h("p.note", {}, "No two statements give figures that can be compared."),
    Object.entries(verdicts).map(([verdict, { label }]) => section(label, pairs.filter((pair) => pair.verdict === verdict), (pair) => comparisonCard(pair, open))),
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
const VIEWS = { article, group, overview, node, link, path, disagreements, comparison, statement };

/* Shows `choice` and puts the panel back to its top; `back` leads to the view before, if there was one. */
/** @type {(element: HTMLElement, choice: kg.Choice, how: {open: kg.Open, back: (() => void) | null, actions: kg.Actions, stay?: boolean}) => void} */
export const showPanel = (element, choice, { open, back, actions, stay = false }) => {
  const scrolled = element.scrollTop;
  fill(
    element,
    choice.view !== "overview" && h("nav.crumbs", {}, back && button("← Back", back), button("Overview", () => open({ view: "overview" }))),
    /** @type {(choice: kg.Choice, open: kg.Open, actions: kg.Actions) => kg.Content[]} */ (VIEWS[choice.view])(choice, open, actions),
  );
  element.querySelectorAll("h2").forEach(scrolling);
  document.body.classList.toggle("reading", choice.view === "article");
  if (stay) {
    element.scrollTop = scrolled;
    return;
  }
  element.scrollTop = 0;
  element.querySelector("mark.current")?.scrollIntoView({ block: "center" });
};
