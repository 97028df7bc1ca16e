/* The search box: the first that was found, and the way to all of it. */
import { families, nodes, statements } from "../data/graph.js";
import { count, short } from "../data/wording.js";
import { createListbox } from "./listbox.js";

/* An actor as a candidate is told from its namesakes: what it is, which office, how much it said. */
/** @type {(index: number) => string} */
export const hint = (index) => {
  const { family, offices, country, said } = nodes[index];
  const held = offices[0] && [offices[0].title, offices[0].organisationName].filter(Boolean).join(", ");
  return [short(held || families[family].label, 44), !held && country, count(said.length, "statement")].filter(Boolean).join(", ");
};

/** @type {(input: HTMLInputElement, box: HTMLElement, find: kg.Find, pick: (choice: kg.Choice) => void) => void} */
export const createSearchBox = (input, box, find, pick) => {
  /** @type {(choice: kg.Choice) => () => void} */
  const picking = (choice) => () => {
    input.blur();
    pick(choice);
  };
  createListbox(input, box, (text) => {
    const found = find(text, Infinity);
    const actors = found.filter(({ view }) => view === "node").slice(0, 8);
    const said = found.filter(({ view }) => view === "statement").slice(0, 6);
    const rows = [...actors, ...said].map((choice) => {
      if (choice.view === "node") return { name: short(nodes[choice.node].name, 60), hint: hint(choice.node), pick: picking(choice) };
      const statement = statements[/** @type {kg.ChoiceOf<"statement">} */ (choice).statement];
      return { name: `“${short(statement.content, 90)}”`, hint: statement.speakerName || "no source named", pick: picking(choice) };
    });
    if (found.length > 1) rows.push({ name: `All ${count(found.length, "hit")}`, hint: "with filters", pick: picking({ view: "search", query: text.trim().slice(0, 200) }) });
    return rows;
  });
};
