/* Who published: its articles, whom it quotes, and itself as an actor where it is one. */
import { articles, nodes, publishers, statements } from "../data/graph.js";
import { count, date } from "../data/wording.js";
import { button, h } from "../elements.js";
import { section } from "./sections.js";
import { actor } from "./statement_cards.js";

/** @type {(choice: kg.ChoiceOf<"publisher">, open: kg.Open) => kg.Content[]} */
export const publisher = ({ publisher: index }, open) => {
  const { name, node, articles: own } = publishers[index];
  const said = own.flatMap((at) => articles[at].statements);
  /** @type {Map<number, number>} */
  const quoted = new Map();
  for (const at of said) {
    const { speaker } = statements[at];
    if (speaker !== null) quoted.set(speaker, (quoted.get(speaker) ?? 0) + 1);
  }
  const newest = [...own].sort((a, b) => String(articles[b].published ?? "").localeCompare(String(articles[a].published ?? "")) || a - b);
  return [
    h("p.kicker", {}, "Publisher"),
    h("h2", {}, name),
    h("p.fact", {}, `${count(said.length, "statement")} in ${count(own.length, "article")}.`),
    node !== null && h("p.fact", {}, "It is spoken of, too: ", actor(node, nodes[node].name, open)),
    section("Articles", newest, (at) => h("p", {}, button(articles[at].title || articles[at].id, () => open({ view: "article", article: at }), { class: "actor" }), h("span.muted", {}, ` ${date(articles[at].published)}`)), 12),
    section("Whom it quotes", [...quoted].sort((a, b) => b[1] - a[1] || a[0] - b[0]), ([at, number]) => h("p", {}, actor(at, nodes[at].name, open), h("span.count", {}, ` ${number}`)), 12),
  ];
};
