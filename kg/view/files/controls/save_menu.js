/* The menu for taking away: the picture, the chosen statements, and a link to this very view. */
import { graph } from "../data/graph.js";
import { count } from "../data/wording.js";
import { button, fill, h } from "../elements.js";
import { csv } from "../export/csv.js";
import { turtle } from "../export/turtle.js";

/** @type {(content: Blob | string, type: string, name: string) => void} */
const file = (content, type, name) => {
  const blob = content instanceof Blob ? content : new Blob([content], { type });
  const address = URL.createObjectURL(blob);
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
};

/* `of`: {png, svg, statements, choice} as functions. */
/** @type {(menu: HTMLDetailsElement, of: {png: () => Promise<Blob>, svg: () => string, statements: () => number[], choice: () => kg.Choice}) => void} */
export const createSaveMenu = (menu, of) => {
  const told = h("p.muted", { role: "status" });
  const items = h("div.items", { role: "group", "aria-label": "Save" });
  menu.append(items);
  const close = () => {
    menu.open = false;
  };
  /** @type {(action: () => void | Promise<void>) => () => Promise<void>} */
  const done = (action) => async () => {
    await action();
    close();
  };
  const copy = async () => {
    const address = location.href;
    try {
      await navigator.clipboard.writeText(address);
      told.textContent = "The link is copied.";
    } catch {
      const field = h("input", { type: "text", readonly: true, value: address, "aria-label": "Link to this view" });
      fill(told, "Copy it from here: ", field);
      field.select();
    }
  };
  const offer = () => {
    const indices = of.statements();
    told.textContent = "";
    fill(
      items,
      button("Picture as PNG", done(async () => file(await of.png(), "image/png", "graph.png")), { id: "png" }),
      button("Picture as SVG", done(() => file(of.svg(), "image/svg+xml", "graph.svg")), { id: "svg" }),
      button(`${count(indices.length, "statement")} as CSV`, done(() => file(`\ufeff${csv(graph, of.statements())}`, "text/csv;charset=utf-8", "statements.csv")), { id: "csv" }),
      button(`${count(indices.length, "statement")} as Turtle`, done(() => file(turtle(graph, of.statements()), "text/turtle;charset=utf-8", "statements.ttl")), { id: "turtle" }),
      button("Copy a link to this view", copy, { id: "copy" }),
      h("p.muted", {}, of.choice().view === "overview" ? "All statements that pass the filters." : "The statements of what is chosen."),
      told,
    );
  };
  menu.addEventListener("toggle", () => menu.open && offer());
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    close();
    menu.querySelector("summary")?.focus();
    event.stopPropagation();
  });
  document.addEventListener("click", (event) => menu.open && !menu.contains(/** @type {Node} */ (event.target)) && close());
};
