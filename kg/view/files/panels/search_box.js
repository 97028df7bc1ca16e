/* The search box: a list of what was found, to pick from with the keyboard. */
import { fill, h } from "../elements.js";
import { nodes, statements, families } from "../data/graph.js";
import { short } from "../data/wording.js";

/** @type {(input: HTMLInputElement, box: HTMLElement, find: kg.Find, pick: (choice: kg.Choice) => void) => void} */
export const createSearchBox = (input, box, find, pick) => {
  /** @type {kg.Choice[]} */
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
    input.setAttribute("aria-activedescendant", `hit-${current}`);
  };
  /** @type {(at: number) => void} */
  const choose = (at) => {
    const choice = found[at];
    close();
    if (!choice) return;
    input.blur();
    pick(choice);
  };
  /** @type {(choice: kg.Choice, at: number) => HTMLElement} */
  const row = (choice, at) => {
    const found = (/** @type {string} */ name, /** @type {string} */ hint) =>
      h("li", { id: `hit-${at}`, role: "option", "aria-selected": "false", onmousedown: (/** @type {Event} */ event) => event.preventDefault(), onclick: () => choose(at) }, name, h("span.muted", {}, hint));
    if (choice.view === "node") {
      const node = nodes[choice.node];
      return found(short(node.name, 60), `${families[node.family].label} · ${node.said.length} said`);
    }
    const statement = statements[/** @type {kg.ChoiceOf<"statement">} */ (choice).statement];
    return found(`“${short(statement.content, 90)}”`, statement.speakerName || "no source named");
  };
  input.addEventListener("input", () => {
    found = find(input.value);
    current = -1;
    if (!input.value.trim()) return close();
    fill(box, found.length ? found.map(row) : h("li.none", { role: "option", "aria-disabled": "true" }, "Nothing found"));
    box.hidden = false;
    input.setAttribute("aria-expanded", "true");
    return undefined;
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && found.length && !box.hidden) mark(current + 1);
    else if (event.key === "ArrowUp" && found.length && !box.hidden) mark(current < 0 ? found.length - 1 : current - 1);
    else if (event.key === "Enter" && !box.hidden) choose(Math.max(0, current));
    else if (event.key === "Escape") {
      input.value = "";
      close();
      input.blur();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  input.addEventListener("blur", close);
};
