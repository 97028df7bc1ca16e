/* All that a search found, with facets that narrow it: type and country of who speaks, body, kind of statement. */
import { FACETS, passing } from "../controls/facets.js";
import { nodes, statements } from "../data/graph.js";
import { count } from "../data/wording.js";
import { fill, h } from "../elements.js";
import { hint } from "../controls/search_box.js";
import { section } from "./sections.js";
import { actor, card } from "./statement_cards.js";

const FEW = 8; // values of a facet that are offered
/** @type {(choice: kg.ChoiceOf<"search">, open: kg.Open, actions: kg.Actions) => kg.Content[]} */
export const search = (choice, open, actions) => {
  const { query } = choice;
  const found = actions.find(query, Infinity);
  let set = choice.facets ?? [];
  const results = h("div");
  /** @type {(name: string, value: string) => boolean} */
  const has = (name, value) => set.some(([one, other]) => one === name && other === value);
  const render = () => {
    const facets = Object.entries(FACETS).map(([name, { of, and }]) => {
      const here = passing(found, set, name);
      /** @type {Map<string, number>} */
      const counts = new Map();
      for (const value of [...here.actors.flatMap(of), ...here.said.flatMap(and)]) counts.set(value, (counts.get(value) ?? 0) + 1);
      const values = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).slice(0, FEW);
      if (values.length < 2 && !set.some(([one]) => one === name)) return null;
      return h("fieldset.facet", {}, h("legend", {}, name), values.map(([value, number]) => {
        const box = h("input", { type: "checkbox", "data-facet": name, "data-value": value, checked: has(name, value) });
        box.addEventListener("change", () => {
          set = box.checked ? [...set, [name, value]] : set.filter(([one, other]) => one !== name || other !== value);
          actions.refine({ view: "search", query, ...(set.length ? { facets: set } : {}) });
          render();
        });
        return h("label", {}, box, h("span.name", {}, value), h("span.count", {}, number));
      }));
    });
    const shown = passing(found, set);
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
