/* What narrows the picture at once: neighbours, a path, contradictions; all of it again; and one actor after another. */
import { asides } from "../data/answers.js";
import { reset, state, visible } from "../data/filters.js";
import { graph, nodes } from "../data/graph.js";
import { around, path as shortestPath } from "../data/paths.js";

/** @typedef {{choice: () => kg.Choice, choose: (next: kg.Choice, remember: boolean) => void, shown: () => kg.Shown, refresh: (how: {fit: boolean}) => void, open: kg.Open}} How */
/** @typedef {{only: kg.Actions["only"], path: (from: number, to: number) => boolean, all: () => void, conflicts: () => void, step: (by: number) => void}} Narrowing */
/** @type {(how: How) => Narrowing} */
export const createNarrowing = ({ choice, choose, shown, refresh, open }) => {
  const aside = asides(graph);
  /* Over all links that the other filters let through: what was narrowed before does not count. */
  const freely = () => {
    state.only = null;
    return visible().links;
  };
  /** @type {(node: number | null, steps?: number) => void} */
  const only = (node, steps = 1) => {
    if (node === null) state.only = null;
    else {
      state.only = { nodes: around(graph, node, steps, freely()), around: [node, steps] };
      choose({ view: "node", node }, false);
    }
    refresh({ fit: true });
  };
  /* A path leads through those who speak or are spoken of, not through who printed it. */
  /** @type {(from: number, to: number) => boolean} */
  const path = (from, to) => {
    const found = shortestPath(graph, from, to, freely(), (node) => aside(node) !== "publishers");
    if (found) {
      state.only = { nodes: new Set(found.nodes), links: new Set(found.links), path: [from, to] };
      choose({ view: "path", ...found }, choice().view !== "path");
    }
    refresh({ fit: true });
    return found !== null;
  };
  const all = () => {
    reset();
    choose({ view: "overview" }, false);
    refresh({ fit: true });
  };
  const conflicts = () => {
    state.disagreements = !state.disagreements;
    if (state.disagreements && choice().view !== "disagreements") choose({ view: "disagreements" }, true);
    refresh({ fit: true });
  };
  /** @type {(by: number) => void} */
  const step = (by) => {
    const order = [...shown().nodes].sort((a, b) => nodes[b].rank - nodes[a].rank || a - b);
    if (!order.length) return;
    const now = choice();
    const at = now.view === "node" ? order.indexOf(now.node) : by > 0 ? -1 : 0;
    open({ view: "node", node: order[(at + by + order.length) % order.length] });
  };
  return { only, path, all, conflicts, step };
};
