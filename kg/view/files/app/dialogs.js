/* The dialogs that belong to a view: figures over time, or one chart of them, and the table. The address tells which is open. */
import { lanes } from "../data/graph.js";

/** @typedef {{figures: (lane?: number) => void, table: () => void, change: () => void}} How */
/** @typedef {{figures: (lane?: number) => void, table: () => void, open: () => kg.Manner["dialog"], show: (wanted: kg.Manner["dialog"]) => void}} Dialogs */
/** @type {(elements: {chart: HTMLDialogElement, table: HTMLDialogElement}, how: How) => Dialogs} */
export const createDialogs = ({ chart, table }, how) => {
  /** @type {number | undefined} */
  let lane;
  for (const dialog of [chart, table]) dialog.addEventListener("close", how.change);
  const open = () => (chart.open ? (lane === undefined ? ["figures"] : ["figures", lanes[lane].label]) : table.open ? ["table"] : []);
  /** @type {Dialogs} */
  const dialogs = {
    figures: (only) => {
      lane = only;
      how.figures(only);
      how.change();
    },
    table: () => {
      how.table();
      how.change();
    },
    open,
    /* As an address tells it; a chart that is gone from the graph opens nothing. */
    show: ([name, label]) => {
      if (open().join(" ") === [name, label].filter(Boolean).join(" ")) return;
      for (const dialog of [chart, table]) if (dialog.open) dialog.close();
      const found = label === undefined ? undefined : lanes.findIndex((one) => one.label === label);
      if (name === "figures" && found !== -1 && lanes.length) dialogs.figures(found);
      if (name === "table") dialogs.table();
    },
  };
  return dialogs;
};
