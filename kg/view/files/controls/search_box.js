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

/** @type {(text: string) => string[]} */
const words = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
/* Whether a text is meant for an actor: a lone word, which may be spelt wrongly, or all its words begin words of the names. */
/** @type {(text: string, index: number) => boolean} */
const names = (text, index) => {
  const typed = words(text);
  const own = words([nodes[index].name, ...nodes[index].aliases].join(" "));
  return typed.length === 1 || typed.every((word) => own.some((one) => one.startsWith(word)));
};

/** @type {(input: HTMLInputElement, box: HTMLElement, find: kg.Find, pick: (choice: kg.Choice) => void) => void} */
export const createSearchBox = (input, box, find, pick) => {
  /** @type {(choice: kg.Choice) => () => void} */
  const picking = (choice) => () => {
    input.blur();
    pick(choice);
  };
  let sure = 0; // the row that Enter takes: an actor whom the text names, else all hits
  const rows = (/** @type {string} */ text) => {
    const found = find(text, Infinity);
    const actors = found.filter(({ view }) => view === "node").slice(0, 8);
    const said = found.filter(({ view }) => view === "statement").slice(0, 6);
    const shown = [...actors, ...said].map((choice) => {
      if (choice.view === "node") return { name: short(nodes[choice.node].name, 60), hint: hint(choice.node), pick: picking(choice) };
      const statement = statements[/** @type {kg.ChoiceOf<"statement">} */ (choice).statement];
      return { name: `“${short(statement.content, 90)}”`, hint: statement.speakerName || "no source named", pick: picking(choice) };
    });
    if (found.length > 1) shown.push({ name: `All ${count(found.length, "hit")}`, hint: "with filters", pick: picking({ view: "search", query: text.trim().slice(0, 200) }) });
    const named = actors.length > 0 && names(text, /** @type {kg.ChoiceOf<"node">} */ (actors[0]).node);
    sure = named || found.length < 2 ? 0 : shown.length - 1;
    return shown;
  };
  createListbox(input, box, rows, { first: () => sure });
};
