/* What the picture leaves out, said in its corner, with the ways to see it. */
import { state } from "../data/filters.js";
import { count } from "../data/wording.js";
import { button, fill, h } from "../elements.js";

/* `change` is called after the state was set. */
/** @type {(element: HTMLElement, change: () => void) => (answer: kg.Answer) => void} */
export const createOthers = (element, change) => {
  /** @type {(whole: boolean, more: boolean) => void} */
  const set = (whole, more) => {
    [state.whole, state.more] = [whole, more];
    change();
  };
  return (answer) => {
    element.hidden = answer.others === 0 && !state.whole && !state.more;
    if (element.hidden) return;
    const drawn = count(answer.nodes.size, "actor");
    fill(
      element,
      h("span", {}, state.whole ? `All ${drawn} as a map.` : `The most telling ${drawn}.`),
      " ",
      answer.others > 0 && button(`+${answer.others.toLocaleString("en")} others`, () => set(state.more, true), { id: "more", title: state.more ? "Draw all of them as a map" : "Draw as many as have room for their names" }),
      answer.others > 0 && !state.more && button("Map of all", () => set(true, false), { id: "map" }),
      (state.whole || state.more) && button("Main actors", () => set(false, false), { id: "main" }),
    );
  };
};
