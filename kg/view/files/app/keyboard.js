/* The keys that work anywhere on the page, and the list of them. */
import { button, fill, h } from "../elements.js";

/** @type {Record<string, [right: number, down: number]>} */
const ARROWS = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };

/* `keys`: {key: [what it does, function]}; the arrows move the picture while `stage` has the focus. */
/** @type {(keys: Record<string, [string, () => void]>, dialog: HTMLDialogElement, stage: HTMLElement, move: (right: number, down: number) => void) => void} */
export const listenToKeys = (keys, dialog, stage, move) => {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target instanceof Element && event.target.closest("input, textarea, select")) return;
    if (ARROWS[event.key] && event.target === stage) move(...ARROWS[event.key]);
    else if (keys[event.key]) keys[event.key][1]();
    else return;
    event.preventDefault();
  });
  const told = Object.entries(keys).map(([key, [what]]) => [h("dt", {}, h("kbd", {}, key === "Escape" ? "Esc" : key)), h("dd", {}, what)]);
  fill(dialog, h("h2", {}, "Keys"), h("dl", {}, told, h("dt", {}, h("kbd", {}, "← ↑ ↓ →")), h("dd", {}, "move, with the picture focused")), button("Close", () => dialog.close()));
};
