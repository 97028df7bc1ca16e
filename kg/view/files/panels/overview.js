/* What the panel tells before anything is chosen: who disagrees, who is quoted most, which articles there are. */
import { gravestFirst } from "../data/comparison_order.js";
import { articles, comparisons, graph, nodes, statements } from "../data/graph.js";
import { count, date } from "../data/wording.js";
import { button, h } from "../elements.js";
import { section } from "./sections.js";
import { comparisonCard } from "./statement_cards.js";

/** @type {(choice: kg.ChoiceOf<"overview">, open: kg.Open) => kg.Content[]} */
export const overview = (_choice, open) => {
  const speakers = nodes.filter((node) => node.said.length).sort((a, b) => b.said.length - a.said.length || a.index - b.index);
  const most = speakers[0]?.said.length || 1;
  const days = statements.map((statement) => statement.date).filter(Boolean).sort();
  const span = days.length ? (days[0] === days.at(-1) ? `, ${date(days[0])}` : `, ${date(days[0])} to ${date(days.at(-1))}`) : "";
  const disputes = comparisons.filter((pair) => pair.disagrees).sort(gravestFirst(graph));
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
