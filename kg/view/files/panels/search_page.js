/* All that a search found, with facets that narrow it: type and country of who speaks, body, kind of statement. */
import { families, nodes, statements, voices } from "../data/graph.js";
import { count } from "../data/wording.js";
import { fill, h } from "../elements.js";
import { hint } from "../controls/search_box.js";
import { section } from "./sections.js";
import { actor, card } from "./statement_cards.js";

const FEW = 8; // values of a facet that are offered
/** @typedef {{of: (actor: number) => string[], and: (statement: number) => string[]}} Facet */
/** @type {(index: number | null) => kg.Actor | undefined} */
const speaker = (index) => (index === null ? undefined : nodes[index]);
/** @type {(names: (string | undefined | false)[]) => string[]} */
const some = (names) => [...new Set(names.filter((name) => typeof name === "string" && name !== ""))].map(String);
/** @type {Record<string, Facet>} */
const FACETS = {
  Type: { of: (at) => [families[nodes[at].family].plural], and: (at) => some([families[speaker(statements[at].speaker)?.family ?? ""]?.plural]) },
  Country: { of: (at) => some([nodes[at].country]), and: (at) => some([speaker(statements[at].speaker)?.country]) },
  Body: { of: (at) => some([nodes[at].partOf, ...nodes[at].offices.map(({ organisationName }) => organisationName)]), and: (at) => some([statements[at].organisation]) },
  Kind: { of: () => [], and: (at) => [voices[statements[at].kind] || statements[at].kind] },
};

/** @type {(choice: kg.ChoiceOf<"search">, open: kg.Open, actions: kg.Actions) => kg.Content[]} */
export const search = ({ query }, open, actions) => {
  const found = actions.find(query, Infinity);
  const actors = found.flatMap((one) => (one.view === "node" ? [one.node] : []));
  const said = found.flatMap((one) => (one.view === "statement" ? [one.statement] : []));
  /** @type {Map<string, Set<string>>} */
  const chosen = new Map();
  const results = h("div");
  /* What passes all facets but perhaps one, which is counted. */
  /** @type {(but?: string) => {actors: number[], said: number[]}} */
  const passing = (but) => {
    const set = [...chosen].filter(([name, values]) => values.size && name !== but);
    return {
      actors: actors.filter((at) => set.every(([name, values]) => FACETS[name].of(at).some((value) => values.has(value)))),
      said: said.filter((at) => set.every(([name, values]) => FACETS[name].and(at).some((value) => values.has(value)))),
    };
  };
  const render = () => {
    const facets = Object.entries(FACETS).map(([name, { of, and }]) => {
      const here = passing(name);
      /** @type {Map<string, number>} */
      const counts = new Map();
      for (const value of [...here.actors.flatMap(of), ...here.said.flatMap(and)]) counts.set(value, (counts.get(value) ?? 0) + 1);
      const values = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).slice(0, FEW);
      if (values.length < 2 && !chosen.get(name)?.size) return null;
      return h("fieldset.facet", {}, h("legend", {}, name), values.map(([value, number]) => {
        const box = h("input", { type: "checkbox", "data-facet": name, "data-value": value, checked: chosen.get(name)?.has(value) });
        box.addEventListener("change", () => {
          const set = chosen.get(name) ?? new Set();
          box.checked ? set.add(value) : set.delete(value);
          chosen.set(name, set);
          render();
        });
        return h("label", {}, box, h("span.name", {}, value), h("span.count", {}, number));
      }));
    });
    const shown = passing();
    fill(
      results,
      h("p.fact", { role: "status" }, `${count(shown.actors.length, "actor")} and ${count(shown.said.length, "statement")}.`),
      h("div.facets", {}, facets),
      section("Actors", shown.actors, (at) => h("p", {}, actor(at, nodes[at].name, open), h("span.muted", {}, ` ${hint(at)}`)), 12),
      section("Statements", shown.said, (at) => card(statements[at], open), 12),
      !found.length && h("p.note", {}, "Nothing was found, even with other spellings and words of the same meaning."),
    );
  };
  render();
  return [h("p.kicker", {}, "Search"), h("h2", {}, `“${query}”`), results];
};
