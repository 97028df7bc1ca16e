/* Ties it together: what is chosen, what is shown, and the buttons and keys that change it. */
import { showFigures } from "../charts/figures_chart.js";
import { createTimeline } from "../charts/timeline.js";
import { answering, asides } from "../data/answers.js";
import { reset, state, visible } from "../data/filters.js";
import { graph, nodes } from "../data/graph.js";
import { around, path as shortestPath } from "../data/paths.js";
import { searching } from "../data/searching.js";
import { createPicture } from "../drawing/picture.js";
import { chosenStatements } from "../export/chosen_statements.js";
import { csv } from "../export/csv.js";
import { rasterise } from "../export/raster.js";
import { turtle } from "../export/turtle.js";
import { createLegend } from "../controls/legend.js";
import { createOthers } from "../controls/others.js";
import { createSaveMenu } from "../controls/save_menu.js";
import { createSearchBox } from "../controls/search_box.js";
import { showPanel } from "../panels/side_panel.js";
import { showTables } from "../panels/tables.js";
import { createTooltip } from "../controls/tooltip.js";
import { readAddress, writeAddress } from "./address.js";
import { connectBar } from "./bar.js";
import { caption } from "./caption.js";
import { highlighted } from "./highlighting.js";
import { createHistory } from "./history.js";
import { createSheet } from "./sheet.js";
import { followTheme } from "./theme.js";

/** @type {(id: string) => any} */
const $ = (id) => document.getElementById(id);

/* Starts the page with the renderer that `draw` creates. */
/** @type {(draw: kg.Draw) => void} */
export const start = (draw) => {
  const stage = $("stage");
  const sheet = createSheet($("tabs"));
  const find = searching(graph);
  const answer = answering(graph);
  const aside = asides(graph);
  /** @type {kg.Choice[]} */
  const past = [];
  const overview = /** @type {const} */ ({ view: "overview" });
  /** @type {kg.Choice} */
  let choice = overview;
  let shown = visible();
  let restoring = false;

  /* The strip takes its room before the picture is set into what is left. */
  const timeline = createTimeline($("timeline"), (range) => {
    Object.assign(state, range);
    refresh({ kind: "time" });
  });
  const tip = createTooltip($("tip"), stage, () => picture.scene);
  const picture = createPicture(stage, draw, graph, {
    onselect: (hit) => {
      tip(null);
      if (!hit) open(overview);
      else if (hit.node !== undefined) open({ view: "node", node: hit.node });
      else if (hit.link !== undefined) open({ view: "link", link: hit.link });
      else open({ view: "group", group: hit.group });
    },
    onhover: tip,
  });
  const others = createOthers($("others"), () => refresh({ fit: true }));

  /* ── choosing ── */
  /** @type {(a: kg.Choice, b: kg.Choice) => boolean} */
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const steps = createHistory(() => writeAddress(graph, state, choice), () => restore());
  /* What is drawn follows the choice, too. */
  const redraw = () => {
    const drawn = answer(shown, state, choice, stage.clientWidth * stage.clientHeight);
    others(drawn);
    picture.show(drawn);
    const { lit, picked } = highlighted(choice, shown);
    const some = lit && [...lit.nodes].some((node) => drawn.nodes.has(node));
    picture.highlight(some ? lit : null, picked);
    $("empty").hidden = drawn.nodes.size > 0 || nodes.length === 0;
    return drawn;
  };
  const render = ({ stay = false, kind = "choice" } = {}) => {
    showPanel($("panel"), choice, { open, back: past.length ? back : null, actions, stay });
    if (!restoring) steps.remember(kind);
    return redraw();
  };
  /** @type {kg.Open} */
  const open = (next, { stay = false } = {}) => {
    if (same(next, choice)) return;
    if (next.view === "overview") past.length = 0;
    else if (!stay) past.push(choice);
    choice = next;
    if (choice.view !== "overview") sheet.show("panel");
    const drawn = render({ stay });
    if (choice.view !== "node" || !drawn.nodes.has(choice.node)) return;
    if (picture.scene.folding.active && !picture.scene.answer) picture.pin(nearest(choice.node));
    picture.focus(choice.node);
  };
  /* In a folded picture a node is shown with its neighbours, the most telling of them. */
  /** @type {(node: number) => number[]} */
  const nearest = (node) => [node, ...[...around(graph, node, 1, shown.links)].sort((a, b) => nodes[b].rank - nodes[a].rank).slice(0, 300)];
  const back = () => {
    choice = past.pop() || overview;
    render();
  };

  /* ── filtering ── */
  const refresh = ({ fit = false, kind = "filter" } = {}) => {
    tip(null);
    shown = visible();
    render({ kind });
    legend.sync(shown);
    timeline?.sync(state);
    if (fit) picture.fit();
    $("conflicts").setAttribute("aria-pressed", String(state.disagreements));
  };
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
      choice = { view: "node", node };
    }
    refresh({ fit: true });
  };
  /* A path leads through those who speak or are spoken of, not through who printed it. */
  /** @type {(from: number, to: number) => boolean} */
  const path = (from, to) => {
    const found = shortestPath(graph, from, to, freely(), (node) => aside(node) !== "publishers");
    if (found) {
      state.only = { nodes: new Set(found.nodes), links: new Set(found.links), path: [from, to] };
      if (choice.view !== "path") past.push(choice);
      choice = { view: "path", ...found };
    }
    refresh({ fit: true });
    return found !== null;
  };
  const all = () => {
    reset();
    choice = overview;
    past.length = 0;
    refresh({ fit: true });
  };
  const conflicts = () => {
    state.disagreements = !state.disagreements;
    if (state.disagreements && choice.view !== "disagreements") {
      past.push(choice);
      choice = { view: "disagreements" };
    }
    refresh({ fit: true });
  };
  /** @type {kg.Actions} */
  const actions = {
    only, find, figures: (some) => showFigures($("chart"), shown, open, some),
    group: (index) => ({ members: picture.scene.folding.groups[index].members, opened: picture.scene.folding.opened.has(index) }),
    unfold: (index, opened) => {
      picture.unfold(index, opened);
      render();
    },
  };
  const legend = createLegend($("left"), { refresh, path, style: picture.style, find });

  /* ── bar and keys ── */
  const table = () => showTables($("table"), shown, open);
  const figures = () => actions.figures();
  const told = () => caption(choice, picture.scene);
  const png = () => rasterise(picture.svg(told()));
  createSaveMenu($("save"), { png, svg: () => picture.svg(told()), statements: () => chosenStatements(graph, choice, shown), choice: () => choice });
  /** @type {(by: number) => void} */
  const step = (by) => {
    const order = [...shown.nodes].sort((a, b) => nodes[b].rank - nodes[a].rank || a - b);
    if (!order.length) return;
    const at = choice.view === "node" ? order.indexOf(choice.node) : by > 0 ? -1 : 0;
    open({ view: "node", node: order[(at + by + order.length) % order.length] });
  };

  connectBar($, { fit: () => picture.fit(), all, conflicts, table, figures, overview: () => open(overview), step, picture });
  createSearchBox($("search"), $("hits"), find, (next) => {
    if (next.view === "node" && !shown.nodes.has(next.node)) all();
    open(next);
  });

  $("tabs").querySelector("[data-of=timeline]").hidden = timeline === null;
  followTheme($("theme"), picture.theme);
  const restore = () => {
    const { around: middle, path: ends, choice: wanted } = readAddress(graph, state, location.hash);
    choice = overview;
    restoring = true;
    if (timeline?.clock === "said") state.clock = "said"; // nothing else is dated
    if (middle) only(...middle);
    else if (ends) path(...ends);
    if (wanted) choice = wanted;
    const at = past.findLastIndex((one) => same(one, choice));
    past.length = Math.max(0, at);
    restoring = false;
    refresh({ kind: "start" });
  };
  restore();
  picture.fit(null, false);
  document.documentElement.dataset.ready = "true";
  performance.mark("kg-ready");

  /* For tests and for the curious: what is chosen and what is drawn. */
  /** @type {(form: "csv" | "turtle") => string} */
  const exported = (form) => (form === "csv" ? csv : turtle)(graph, chosenStatements(graph, choice, shown));
  const Shell = { open, state: () => ({ choice, ...picture.state() }), spot: picture.spot, names: picture.names, png, view: picture.view, svg: () => picture.svg(told()), exported, graph: () => graph };
  Object.assign(globalThis, { Shell });
};
