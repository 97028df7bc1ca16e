/* All that a search found, with facets that narrow it. */
import { nodes, statements } from "../data/graph.js";
import { count } from "../data/wording.js";
import { h } from "../elements.js";
import { section } from "./sections.js";
import { actor, card } from "./statement_cards.js";

/** @type {(choice: kg.ChoiceOf<"search">, open: kg.Open, actions: kg.Actions) => kg.Content[]} */
export const search = ({ query }, open, actions) => {
  const found = actions.find(query);
  const actors = found.flatMap((one) => (one.view === "node" ? [one.node] : []));
  const said = found.flatMap((one) => (one.view === "statement" ? [one.statement] : []));
  return [
    h("p.kicker", {}, "Search"),
    h("h2", {}, `“${query}”`),
    h("p.fact", {}, `${count(actors.length, "actor")}, ${count(said.length, "statement")}`),
    section("Actors", actors, (at) => h("p", {}, actor(at, nodes[at].name, open)), 12),
    section("Statements", said, (at) => card(statements[at], open), 12),
  ];
};
