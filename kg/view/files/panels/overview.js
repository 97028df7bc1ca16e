/* The first screen: the stories that the statements tell, where they contradict one another, who is quoted most, what is new. */
import { gravestFirst } from "../data/comparison_order.js";
import { visible } from "../data/filters.js";
import { articleOf, articles, comparisons, graph, nodes, statements } from "../data/graph.js";
import { count, date, short } from "../data/wording.js";
import { button, h } from "../elements.js";
import { places, publishedBy } from "./chips.js";
import { section } from "./sections.js";
import { actor, comparisonCard } from "./statement_cards.js";
import { storyRow, told } from "./story_rows.js";

const STORIES = 4;
const NEWEST = 5;

/* The statements of the newest articles, one of each speaker. */
/** @type {() => kg.Statement[]} */
const newest = () => {
  const found = new Map();
  const dated = articles.filter((article) => article.published).sort((a, b) => String(b.published).localeCompare(String(a.published)) || a.index - b.index);
  for (const article of dated)
    for (const at of article.statements) {
      const one = statements[at];
      if (one.speaker !== null && one.kind !== "author" && !found.has(one.speaker)) found.set(one.speaker, one);
      if (found.size === NEWEST) return [...found.values()];
    }
  return [...found.values()];
};

/** @type {(speakers: kg.Actor[], open: kg.Open) => HTMLElement} */
const quoted = (speakers, open) =>
  h("ol.bars", {}, speakers.slice(0, 7).map((node) => {
    const bar = h("span.bar");
    bar.style.width = `${(100 * node.said.length) / speakers[0].said.length}%`;
    return h("li", {}, button(node.name, () => open({ view: "node", node: node.index }), { class: "actor" }), h("span.count", {}, node.said.length), bar);
  }));
/** @type {(one: kg.Statement, open: kg.Open) => HTMLElement} */
const fresh = (one, open) =>
  h("p.new", {}, actor(one.speaker, one.speakerName, open), ": ", button(`“${short(one.content.replace(/^[“"]|[”"]$/g, ""), 110)}”`, () => open({ view: "statement", statement: one.index }), { class: "actor said" }), h("span.muted", {}, ` ${date(articleOf(one)?.published)}`));

/** @type {(choice: kg.ChoiceOf<"overview">, open: kg.Open, actions: kg.Actions) => kg.Content[]} */
export const overview = (_choice, open, actions) => {
  if (!nodes.length) return [h("h2", {}, "Nothing to show"), h("p", {}, "This graph holds no actors. Build it from at least one article in which somebody says something.")];
  const shown = visible();
  const speakers = nodes.filter((node) => node.said.length && node.name !== "the article's author").sort((a, b) => b.said.length - a.said.length || a.index - b.index);
  const days = articles.map((article) => article.published ?? "").filter(Boolean).sort();
  const span = days.length ? (days[0] === days.at(-1) ? `, published on ${date(days[0])}` : `, published from ${date(days[0])} to ${date(days.at(-1))}`) : "";
  const rows = told(shown);
  const latest = newest();
  const disputes = comparisons.filter((pair) => pair.disagrees).sort(gravestFirst(graph));
  /* One card a pair of speakers, so that the first few tell different things. */
  const pairs = new Set();
  const first = disputes.filter(({ left, right }) => {
    const key = [statements[left.statement].speaker, statements[right.statement].speaker].sort().join(" ");
    return !pairs.has(key) && pairs.add(key);
  });
  const unnamed = nodes.filter((node) => node.family === "unnamed_source").reduce((sum, node) => sum + node.said.length, 0);
  return [
    h("p.kicker", {}, "Overview"),
    h("h2", {}, document.title),
    h("p.lede", {}, h("strong", {}, count(statements.length, "statement")), " by ", h("strong", {}, count(speakers.length, "speaker")), " in ", h("strong", {}, count(articles.length, "article")), span, "."),
    h(
      "div.front",
      {},
      h(
        "div.stories",
        {},
        section("Stories", rows, (story) => storyRow(story, shown, open, actions), STORIES),
        disputes.length > 0 && [h("h3", {}, "Where they disagree ", h("span.count", {}, disputes.length)), first.slice(0, 3).map((pair) => comparisonCard(pair, open))],
        comparisons.length > 0 && button(`All ${count(comparisons.length, "comparison")}`, () => open({ view: "disagreements" }), { class: "wide" }),
      ),
      h(
        "div.beside",
        {},
        places(shown.statements, open),
        publishedBy(articles, open),
        speakers.length > 0 && [h("h3", {}, "Most quoted"), quoted(speakers, open)],
        latest.length > 0 && [h("h3", {}, "What is new"), latest.map((one) => fresh(one, open))],
        articles.length > 0 && section("Articles", [...articles].sort((a, b) => b.statements.length - a.statements.length || a.index - b.index), (one) => h("p", {}, button(one.title || one.id, () => open({ view: "article", article: one.index }), { class: "actor" }), h("span.count", {}, ` ${one.statements.length}`)), 8),
        unnamed > 0 && h("p.note", {}, `${count(unnamed, "statement comes", "statements come")} from unnamed sources.`),
        h("p.note", {}, "Click an actor or a link to read what was said, and the sentence that shows it. ", h("kbd", {}, "/"), " searches, ", h("kbd", {}, "?"), " lists the keys."),
      ),
    ),
  ];
};
