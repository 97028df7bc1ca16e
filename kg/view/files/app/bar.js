/* The buttons of the bar and the keys: each calls one of the actions that it is given. */
import { comparisons, lanes } from "../data/graph.js";
import { listenToKeys } from "./keyboard.js";

/** @typedef {"fit" | "all" | "conflicts" | "table" | "figures" | "overview"} Name */
/** @type {(element: (id: string) => any, actions: Record<Name, () => void> & {step: (by: number) => void, picture: kg.Picture}) => void} */
export const connectBar = ($, { fit, all, conflicts, table, figures, overview, step, picture }) => {
  const listed = () => $("keys").showModal();
  /** @type {Record<string, [string, () => void]>} */
  const keys = {
    "/": ["search", () => $("search").focus()],
    f: ["fit the picture to the window", fit],
    a: ["show all", all],
    d: ["contradictions only", conflicts],
    g: ["figures over time", figures],
    t: ["table", table],
    n: ["next actor, the most telling first", () => step(1)],
    p: ["previous actor", () => step(-1)],
    "+": ["zoom in", () => picture.zoom(1.25)],
    "-": ["zoom out", () => picture.zoom(0.8)],
    Escape: ["back to the overview", overview],
    "?": ["this list", listed],
  };
  listenToKeys(keys, $("keys"), $("stage"), picture.move);
  for (const [id, action] of Object.entries({ fit, all, conflicts, open_table: table, open_chart: figures, open_keys: listed })) $(id).addEventListener("click", action);
  $("open_chart").disabled = lanes.length === 0;
  $("conflicts").disabled = !comparisons.some((pair) => pair.disagrees);
};
