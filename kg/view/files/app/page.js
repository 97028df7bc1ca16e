/* Ties it together: what is chosen, what is shown, and the buttons and keys that change it. */
import { showFigures } from "../charts/figures_chart.js";
import { createTimeline } from "../charts/timeline.js";
import { answering } from "../data/answers.js";
import { passing } from "../controls/facets.js";
import { state, visible } from "../data/filters.js";
import { graph, nodes } from "../data/graph.js";
import { around } from "../data/paths.js";
import { searching } from "../data/searching.js";
import { createPicture } from "../drawing/picture.js";
import { chosenStatements } from "../export/chosen_statements.js";
import { csv } from "../export/csv.js";
import { rasterise } from "../export/raster.js";
import { turtle } from "../export/turtle.js";
import { createLegend } from "../controls/legend.js";
import { createOthers, openOthers } from "../controls/others.js";
import { createSaveMenu } from "../controls/save_menu.js";
import { createSearchBox } from "../controls/search_box.js";
import { showPanel } from "../panels/side_panel.js";
import { showTables } from "../panels/tables.js";
import { createTooltip } from "../controls/tooltip.js";
import { readAddress, writeAddress } from "./address.js";
import { connectBar } from "./bar.js";
import { caption } from "./caption.js";
import { createDialogs } from "./dialogs.js";
import { highlighted } from "./highlighting.js";
import { createHistory } from "./history.js";
import { createNarrowing } from "./narrowing.js";
import { createSheet } from "./sheet.js";
import { followTheme } from "./theme.js";

/** @type {(id: string) => any} */
const $ = (id) => document.getElementById(id);

const BAR = 33; // pixels of the words below the picture, which come and go with what is drawn
const RIM = 44; // and those above the first and below the last row of names

/* Starts the page with the renderer that `draw` creates. */
/** @type {(draw: kg.Draw) => void} */
export const start = (draw) => {
  const stage = $("stage");
  const sheet = createSheet($("tabs"));
  const find = searching(graph);
  const answer = answering(graph, ({ query, facets = [] }) => passing(find(query, Infinity), facets));
  /** @type {kg.Choice[]} */
  const past = [];
  const overview = /** @type {const} */ ({ view: "overview" });
  /** @type {kg.Choice} */
  let choice = overview;
  /** @type {kg.Shown} */
  let shown = { nodes: new Set(), links: new Set(), statements: new Set() };
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
    onlooked: () => steps.remember("look"),
    onothers: () => {
      openOthers(drawn);
      refresh({ fit: true, turned: true });
    },
  });
  const others = createOthers($("others"), () => refresh({ fit: true, turned: true }));

  /* ── choosing ── */
  /** @type {(a: kg.Choice, b: kg.Choice) => boolean} */
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  /* What the reader sees beside filters and choice: theme, where the picture looks, the chart that is open. */
  /** @type {() => kg.Manner} */
  const manner = () => ({ theme: theme.chosen(), look: picture.looked(), dialog: dialogs.open(), groups: picture.scene.folding.groups, opened: picture.scene.folding.opened });
  const steps = createHistory(() => writeAddress(graph, state, choice, manner()), () => restore());
  /** @type {kg.Answer} */
  let drawn;
  /* What is drawn follows the choice, too. */
  const redraw = () => {
    drawn = answer(shown, state, choice, stage.clientWidth * Math.max(0, stage.parentElement.clientHeight - BAR - RIM));
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
    const now = redraw();
    if (!restoring) steps.remember(kind);
    return now;
  };
  /** @type {kg.Open} */
  const open = (next, { stay = false } = {}) => {
    if (same(next, choice)) return;
    state.page = 0;
    if (next.view === "overview") past.length = 0;
    else if (!stay) past.push(choice);
    choice = next;
    if (choice.view !== "overview") sheet.show("panel");
    const now = render({ stay });
    if (choice.view !== "node" || !now.nodes.has(choice.node)) return;
    if (picture.scene.folding.active && !picture.scene.answer) picture.pin(nearest(choice.node));
    picture.focus(choice.node);
  };
  /* In a folded picture a node is shown with its neighbours, the most telling of them. */
  /** @type {(node: number) => number[]} */
  const nearest = (node) => [node, ...[...around(graph, node, 1, shown.links)].sort((a, b) => nodes[b].rank - nodes[a].rank).slice(0, 300)];
  const back = () => {
    choice = past.pop() || overview;
    state.page = 0;
    render();
  };

  /* ── filtering ── */
  const refresh = ({ fit = false, kind = "filter", turned = false } = {}) => {
    tip(null);
    if (!turned) state.page = 0;
    shown = visible();
    render({ kind });
    legend.sync(shown);
    timeline?.sync(state);
    if (fit) picture.fit();
    $("conflicts").setAttribute("aria-pressed", String(state.disagreements));
  };
  const { only, path, all, conflicts, step } = createNarrowing({
    choice: () => choice,
    choose: (next, remember) => {
      if (remember) past.push(choice);
      else if (next.view === "overview") past.length = 0;
      choice = next;
    },
    shown: () => shown, refresh, open: (next) => open(next),
  });
  /** @type {kg.Actions} */
  const actions = {
    only, find, figures: (some) => dialogs.figures(some),
    refine: (next) => {
      choice = next;
      state.page = 0;
      redraw();
      steps.remember("facet");
    },
    group: (index) => ({ members: picture.scene.folding.groups[index].members, opened: picture.scene.folding.opened.has(index) }),
    unfold: (index, opened) => {
      picture.unfold(index, opened);
      render();
    },
  };
  const style = () => {
    picture.style(state);
    steps.remember("style");
  };
  const legend = createLegend($("left"), { refresh, path, style, find });

  /* ── bar and keys ── */
  const dialogs = createDialogs({ chart: $("chart"), table: $("table") }, {
    figures: (some) => showFigures($("chart"), shown, open, some),
    table: () => showTables($("table"), shown, open),
    change: () => steps.remember("dialog"), closed: () => steps.forget("dialog"),
  });
  const told = () => caption(choice, picture.scene);
  const png = () => rasterise(picture.svg(told()));
  createSaveMenu($("save"), { png, svg: () => picture.svg(told()), statements: () => chosenStatements(graph, choice, shown), choice: () => choice });
  connectBar($, { fit: () => picture.fit(), all, conflicts, table: dialogs.table, figures: () => dialogs.figures(), overview: () => open(overview), step, picture });
  createSearchBox($("search"), $("hits"), find, (next) => {
    if (next.view === "node" && !shown.nodes.has(next.node)) all();
    open(next);
  });

  $("tabs").querySelector("[data-of=timeline]").hidden = timeline === null;
  const theme = followTheme($("theme"), picture.theme, () => steps.remember("theme"));
  const restore = () => {
    const { folding } = picture.scene;
    const { around: middle, path: ends, choice: wanted, page, theme: chosen, look, dialog, opened } = readAddress(graph, state, location.hash, folding.groups);
    theme.choose(chosen);
    picture.style(state);
    folding.opened.clear();
    for (const group of opened) folding.opened.add(group);
    choice = overview;
    restoring = true;
    if (timeline?.clock === "said") state.clock = "said"; // nothing else is dated
    if (middle) only(...middle);
    else if (ends) path(...ends);
    if (wanted) choice = wanted;
    const at = past.findLastIndex((one) => same(one, choice));
    past.length = Math.max(0, at);
    state.page = page;
    refresh({ kind: "start", turned: true });
    picture.lookAt(look);
    dialogs.show(dialog);
    restoring = false;
  };
  restore();
  document.documentElement.dataset.ready = "true";
  performance.mark("kg-ready");

  /* For tests and for the curious: what is chosen and what is drawn. */
  /** @type {(form: "csv" | "turtle") => string} */
  const exported = (form) => (form === "csv" ? csv : turtle)(graph, chosenStatements(graph, choice, shown));
  const Shell = { open, state: () => ({ choice, ...picture.state() }), spot: picture.spot, names: picture.names, png, view: picture.view, svg: () => picture.svg(told()), exported, graph: () => graph };
  Object.assign(globalThis, { Shell });
};
