/* A field with a list of candidates below it, to choose from with the mouse or the keyboard. */
import { fill, h } from "../elements.js";

/** @typedef {{name: string, hint: string, pick: () => void}} Row */
let made = 0;

/* `rows` gives the candidates of a text. Enter takes the marked one, else the one that `first` names: the first, unless it says another
   place in them, or that there is none (-1). */
/** @type {(input: HTMLInputElement, box: HTMLElement, rows: (text: string) => Row[], how?: {first?: () => number, enter?: () => void}) => void} */
export const createListbox = (input, box, rows, { first = () => 0, enter } = {}) => {
  made += 1;
  const id = `list-${made}`;
  if (!box.id) box.id = `${id}-box`;
  for (const [name, value] of Object.entries({ role: "combobox", "aria-controls": box.id, "aria-expanded": "false", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false" })) input.setAttribute(name, value);
  /** @type {Row[]} */
  let found = [];
  let current = -1;
  const close = () => {
    box.hidden = true;
    current = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  /** @type {(at: number) => void} */
  const mark = (at) => {
    current = (at + found.length) % found.length;
    for (const [index, row] of [...box.children].entries()) row.setAttribute("aria-selected", String(index === current));
    box.children[current].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", `${id}-${current}`);
  };
  /** @type {(at: number) => void} */
  const choose = (at) => {
    const row = found[at];
    close();
    row?.pick();
  };
  input.addEventListener("input", () => {
    found = rows(input.value);
    current = -1;
    if (!input.value.trim()) return close();
    fill(box, found.length ? found.map(({ name, hint }, at) => h("li", { id: `${id}-${at}`, role: "option", "aria-selected": "false", onmousedown: (/** @type {Event} */ event) => event.preventDefault(), onclick: () => choose(at) }, name, h("span.muted", {}, hint))) : h("li.none", { role: "option", "aria-disabled": "true" }, "Nothing found"));
    box.hidden = false;
    input.setAttribute("aria-expanded", "true");
    return undefined;
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && found.length && !box.hidden) mark(current + 1);
    else if (event.key === "ArrowUp" && found.length && !box.hidden) mark(current < 0 ? found.length - 1 : current - 1);
    else if (event.key === "Enter" && !box.hidden && (current >= 0 || first() >= 0)) choose(current >= 0 ? current : first());
    else if (event.key === "Enter" && enter) {
      close();
      enter();
    } else if (event.key === "Escape") {
      input.value = "";
      close();
      input.blur();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  input.addEventListener("blur", close);
};
