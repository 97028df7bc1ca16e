/* From whom to whom a path is looked for: two fields, each with its candidates, so that no namesake is taken silently. */
import { nodes } from "../data/graph.js";
import { short } from "../data/wording.js";
import { h } from "../elements.js";
import { createListbox } from "./listbox.js";
import { hint } from "./search_box.js";

const MOST = 10;

/** @type {(how: {path: (from: number, to: number) => boolean, find: kg.Find}) => HTMLElement} */
export const createPathFields = ({ path, find }) => {
  const told = h("p.muted", { role: "status" });
  /** @type {(words: string) => {input: HTMLInputElement, list: HTMLElement, chosen: number | null}} */
  const field = (words) => ({
    input: h("input", { type: "search", placeholder: words, "aria-label": `Path: ${words}` }),
    list: h("ul.candidates", { role: "listbox", "aria-label": `Candidates ${words}`, hidden: true }),
    chosen: null,
  });
  const fields = [field("from …"), field("to …")];
  /** @type {(text: string) => number[]} */
  const candidates = (text) => {
    const low = text.trim().toLowerCase();
    const same = nodes.filter((node) => node.name.toLowerCase() === low).sort((a, b) => b.rank - a.rank).map(({ index }) => index);
    return [...new Set([...same, ...find(text).flatMap((hit) => (hit.view === "node" ? [hit.node] : []))])].slice(0, MOST);
  };
  /* Who is meant: whom the reader picked, or the only one of that name. */
  /** @type {(one: typeof fields[0]) => number | null | undefined} */
  const meant = ({ input, chosen }) => {
    const text = input.value.trim().toLowerCase();
    if (chosen !== null && nodes[chosen].name.toLowerCase() === text) return chosen;
    const same = nodes.filter((node) => node.name.toLowerCase() === text);
    if (same.length === 1) return same[0].index;
    const found = candidates(input.value);
    return found.length === 1 ? found[0] : found.length ? null : undefined;
  };
  const seek = () => {
    if (fields.some(({ input }) => !input.value.trim())) return;
    const [a, b] = fields.map(meant);
    const unsure = fields[a === null ? 0 : 1];
    if (a === undefined || b === undefined) told.textContent = `No actor is called “${fields[a === undefined ? 0 : 1].input.value.slice(0, 60)}”.`;
    else if (a === null || b === null) {
      told.textContent = `Several may be meant by “${unsure.input.value.slice(0, 60)}”: choose one from the list.`;
      unsure.input.focus();
      unsure.input.dispatchEvent(new Event("input"));
    } else if (a === b) told.textContent = "That is one actor: choose two.";
    else told.textContent = path(a, b) ? "" : "No path over the links that are shown.";
  };
  for (const one of fields) {
    const rows = (/** @type {string} */ text) => candidates(text).map((index) => ({
      name: short(nodes[index].name, 60), hint: hint(index),
      pick: () => {
        one.chosen = index;
        one.input.value = nodes[index].name;
        seek();
      },
    }));
    createListbox(one.input, one.list, rows, { first: () => -1, enter: seek });
  }
  return h("div.path-of-inputs", {}, fields.map(({ input, list }) => h("div.field", {}, input, list)), told);
};
