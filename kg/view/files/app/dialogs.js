/* The dialogs that belong to a view: figures over time, or some of the charts, and the table. The address tells which is open. */
import { lanes } from "../data/graph.js";

/** @typedef {{figures: (some?: number[]) => void, table: () => void, change: () => void, closed: () => void}} How */
/** @typedef {{figures: (some?: number[]) => void, table: () => void, open: () => kg.Manner["dialog"], show: (wanted: kg.Manner["dialog"]) => void}} Dialogs */
/** @type {(elements: {chart: HTMLDialogElement, table: HTMLDialogElement}, how: How) => Dialogs} */
export const createDialogs = ({ chart, table }, how) => {
  /** @type {number[] | undefined} */
  let chosen;
  for (const dialog of [chart, table]) dialog.addEventListener("close", how.closed);
  const open = () => (chart.open ? ["figures", ...(chosen ?? []).map((lane) => lanes[lane].label)] : table.open ? ["table"] : []);
  /** @type {Dialogs} */
  const dialogs = {
    figures: (some) => {
      chosen = some;
      how.figures(some);
      how.change();
    },
    table: () => {
      how.table();
      how.change();
    },
    open,
    /* As an address tells it; a chart that is gone from the graph opens nothing. */
    show: ([name, ...labels]) => {
      if (open().join(" ") === [name, ...labels].join(" ").trim()) return;
      for (const dialog of [chart, table]) if (dialog.open) dialog.close();
      const found = labels.map((label) => lanes.findIndex((one) => one.label === label)).filter((at) => at >= 0);
      if (name === "figures" && lanes.length && found.length === labels.length) dialogs.figures(found.length ? found : undefined);
      if (name === "table") dialogs.table();
    },
  };
  return dialogs;
};
