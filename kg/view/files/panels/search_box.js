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
  const mark = (at) => {
    current = (at + found.length) % found.length;
    [...box.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === current)));
    box.children[current].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", `hit-${current}`);
  };
  const choose = (at) => {
    const choice = found[at];
    close();
    if (!choice) return;
    input.blur();
    pick(choice);
  };
  const row = (choice, at) => {
    const node = choice.view === "node" ? nodes[choice.node] : null;
    const statement = node ? null : statements[choice.statement];
    return h(
      "li",
      { id: `hit-${at}`, role: "option", "aria-selected": "false", onmousedown: (event) => event.preventDefault(), onclick: () => choose(at) },
      node ? short(node.name, 60) : `“${short(statement.content, 90)}”`,
      h("span.muted", {}, node ? `${families[node.family].label} · ${node.said.length} said` : statement.speakerName || "no source named"),
    );
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
