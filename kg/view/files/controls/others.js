/* What the picture leaves out, said below it, with the ways to see it. */
import { nodes } from "../data/graph.js";
import { state } from "../data/filters.js";
import { count, short } from "../data/wording.js";
import { button, fill, h } from "../elements.js";

/** @type {(number: number) => string} */
const written = (number) => number.toLocaleString("en");
/** @type {(answer: kg.Answer) => string} */
const told = ({ nodes: drawn, of, around, page, pages, part }) => {
  if (state.whole) return `All ${count(drawn.size, "actor")} as a map.`;
  if (around !== null) return `${short(nodes[around].name, 40)} and ${drawn.size === of ? `all ${count(of - 1, "neighbour")}` : `${written(drawn.size - 1)} of ${count(of - 1, "neighbour")}`}.`;
  if (drawn.size === of) return part ? `${count(of, "actor")}.` : "";
  return pages > 1 && page ? `${written(drawn.size)} of ${count(of, "actor")}, page ${page + 1} of ${pages}.` : `Top ${written(drawn.size)} of ${count(of, "actor")}.`;
};

/* Opens what is folded: more at once, then the next of them. */
/** @type {(answer: kg.Answer) => void} */
export const openOthers = ({ around, page, pages, part }) => {
  if (around === null && !part && !state.more && !page) state.more = true;
  else state.page = page + 1 < pages ? page + 1 : 0;
};

/* `change` is called after the state was set. */
/** @type {(element: HTMLElement, change: () => void) => (answer: kg.Answer) => void} */
export const createOthers = (element, change) => {
  /** @type {(words: string, set: () => void, id: string, title?: string) => HTMLElement} */
  const way = (words, set, id, title) => button(words, () => {
    set();
    change();
  }, { id, title });
  return (answer) => {
    const { others, page, pages } = answer;
    const words = told(answer);
    element.hidden = words === "";
    if (element.hidden) return;
    const back = () => {
      [state.whole, state.more, state.page] = [false, false, 0];
    };
    fill(
      element,
      h("span", {}, words),
      " ",
      others > 0 && way(page ? (page + 1 < pages ? "Next" : "First") : `+${written(others)} others`, () => openOthers(answer), "more", "Draw those who are left out"),
      others > 0 && way("Map of all", () => {
        [state.whole, state.more, state.page] = [true, false, 0];
      }, "map"),
      (state.whole || state.more || page > 0) && way("Main actors", back, "main", "The most telling actors again"),
    );
  };
};
