/* Ties it together: what is chosen, what is shown, and the buttons and keys that change it. */
import { h, fill, button } from "../panels/elements.js";
import { nodes, comparisons } from "../data/indexing.js";
import { state } from "../data/filtering.js";
import * as Chart from "../charts/figures_chart.js";
import * as Export from "../export/statements.js";
import * as Filters from "../data/filtering.js";
import * as Graph from "../data/indexing.js";
import * as Legend from "../panels/legend.js";
import * as Panel from "../panels/side_panel.js";
import * as Picture from "../drawing/picture.js";
import * as Save from "../panels/save_menu.js";
import * as Search from "../panels/search_box.js";
import * as Share from "./address.js";
import * as Spotlight from "./highlighting.js";
import * as Table from "../panels/tables.js";
import * as Timeline from "../charts/timeline.js";
import * as Tip from "../panels/tooltip.js";

/* Starts the page with the renderer that `draw` creates. */
export const start = (draw) => {
  const $ = (id) => document.getElementById(id);
  const stage = $("stage");
  const past = [];
  const overview = { view: "overview" };
  let choice = overview;
  let shown = Filters.visible();

  /* The strip takes its room before the picture is set into what is left. */
  const timeline = Timeline.create($("timeline"), ([from, to]) => {
    Object.assign(state, { from, to });
    refresh();
  });
  const tip = Tip.create($("tip"), stage, () => picture.scene);
  const picture = Picture.create(stage, draw, {
    graph: Graph,
    onselect: (hit) => {
      tip(null);
      const [[view, index]] = Object.entries(hit || { overview: null });
      open(hit ? { view, [view]: index } : overview);
    },
    onhover: tip,
  });

  /* ── choosing ── */
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const render = ({ stay = false } = {}) => {
    Panel.show($("panel"), choice, { open, back: past.length ? back : null, shell: api, stay });
    const { lit, picked } = Spotlight.on(choice, shown);
    picture.highlight(lit, picked);
    remember();
  };
  /* The address always tells this view; in a frame without an address of its own there is none to tell. */
  const remember = () => {
    const fragment = Share.write(choice);
    try {
      if (fragment !== location.hash.replace(/^#/, "")) history.replaceState(null, "", fragment ? `#${fragment}` : "#");
    } catch {
      /* a sandboxed frame */
    }
  };
  const open = (next, { stay = false } = {}) => {
    if (same(next, choice)) return;
    if (next.view === "overview") past.length = 0;
    else if (!stay) past.push(choice);
    choice = next;
    render({ stay });
    if (choice.view !== "node" || !shown.nodes.has(choice.node)) return;
    if (picture.scene.folding.active) picture.pin(nearest(choice.node));
    picture.focus(choice.node);
  };
  /* In a folded picture a node is shown with its neighbours, the most telling of them. */
  const nearest = (node) => [node, ...[...Graph.around(node, 1, shown.links)].sort((a, b) => nodes[b].rank - nodes[a].rank).slice(0, 300)];
  const back = () => {
    choice = past.pop() || overview;
    render();
  };

  /* ── filtering ── */
  const refresh = ({ fit = false } = {}) => {
    tip(null);
    shown = Filters.visible();
    picture.show(shown);
    render();
    legend.sync(shown);
    timeline?.sync(state);
    if (fit) picture.fit();
    $("conflicts").setAttribute("aria-pressed", String(state.disagreements));
    $("empty").hidden = shown.nodes.size > 0 || nodes.length === 0;
  };
  /* Over all links that the other filters let through: what was narrowed before does not count. */
  const freely = () => {
    state.only = null;
    return Filters.visible().links;
  };
  const only = (node, steps = 1) => {
    if (node === null) state.only = null;
    else {
      state.only = { nodes: Graph.around(node, steps, freely()), around: [node, steps] };
      choice = { view: "node", node };
    }
    refresh({ fit: true });
  };
  const path = (from, to) => {
    const found = Graph.path(from, to, freely());
    if (found) {
      state.only = { nodes: new Set(found.nodes), links: new Set(found.links), path: [from, to] };
      if (choice.view !== "path") past.push(choice);
      choice = { view: "path", ...found };
    }
    refresh({ fit: true });
    return found !== null;
  };
  const all = () => {
    Filters.reset();
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
  const api = {
    only, path,
    group: (index) => ({ members: picture.scene.folding.groups[index].members, opened: picture.scene.folding.opened.has(index) }),
    unfold: (index, opened) => {
      picture.unfold(index, opened);
      render();
    },
  };
  const legend = Legend.create($("left"), { refresh, path, style: picture.style });

  /* ── bar and keys ── */
  const isDark = () => document.documentElement.dataset.theme === "dark";
  const theme = (dark) => {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    $("theme").textContent = dark ? "Light" : "Dark";
    picture.theme(dark);
  };
  const table = () => Table.show($("table"), shown, open);
  const figures = () => Chart.show($("chart"), shown, open);
  const svg = () => picture.svg(document.title);
  Save.create($("save"), { png: picture.png, svg, statements: () => Export.chosen(choice, shown), choice: () => choice });
  const step = (by) => {
    const order = [...shown.nodes].sort((a, b) => nodes[b].rank - nodes[a].rank || a - b);
    if (!order.length) return;
    const at = choice.view === "node" ? order.indexOf(choice.node) : by > 0 ? -1 : 0;
    open({ view: "node", node: order[(at + by + order.length) % order.length] });
  };

  const keys = {
    "/": ["search", () => $("search").focus()],
    f: ["fit the picture to the window", () => picture.fit()],
    a: ["show all", all],
    d: ["disagreements only", conflicts],
    g: ["figures over time", figures],
    t: ["table", table],
    n: ["next actor, the most telling first", () => step(1)],
    p: ["previous actor", () => step(-1)],
    "+": ["zoom in", () => picture.zoom(1.25)],
    "-": ["zoom out", () => picture.zoom(0.8)],
    Escape: ["back to the overview", () => open(overview)],
    "?": ["this list", () => $("keys").showModal()],
  };
  const arrows = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest?.("input, textarea, select")) return;
    if (arrows[event.key] && event.target === stage) picture.move(...arrows[event.key]);
    else if (keys[event.key]) keys[event.key][1]();
    else return;
    event.preventDefault();
  });
  fill($("keys"), h("h2", {}, "Keys"), h("dl", {}, Object.entries(keys).map(([key, [what]]) => [h("dt", {}, h("kbd", {}, key === "Escape" ? "Esc" : key)), h("dd", {}, what)]), h("dt", {}, h("kbd", {}, "← ↑ ↓ →")), h("dd", {}, "move, with the picture focused")), button("Close", () => $("keys").close()));

  for (const [id, action] of Object.entries({ fit: () => picture.fit(), all, conflicts, open_table: table, open_chart: figures, theme: () => theme(!isDark()), open_keys: () => $("keys").showModal() })) $(id).addEventListener("click", action);
  $("open_chart").disabled = Graph.lanes.length === 0;
  $("conflicts").disabled = !comparisons.some(Graph.disagrees);
  Search.create($("search"), $("hits"), (next) => {
    if (next.view === "node" && !shown.nodes.has(next.node)) all();
    open(next);
  });

  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", () => theme(system.matches));
  theme(system.matches);
  const restore = () => {
    const { around, path: ends, choice: wanted } = Share.read(location.hash);
    past.length = 0;
    choice = overview;
    if (around) only(...around);
    else if (ends) path(...ends);
    if (wanted) choice = wanted;
    refresh();
    picture.fit(null, false);
  };
  addEventListener("hashchange", () => location.hash.replace(/^#/, "") !== Share.write(choice) && restore());
  restore();
  document.documentElement.dataset.ready = "true";
  performance.mark("kg-ready");

  /* For tests and for the curious: what is chosen and what is drawn. */
  const exported = (form) => Export[form](Export.chosen(choice, shown));
  return { open, state: () => ({ choice, ...picture.state() }), spot: picture.spot, names: picture.names, png: picture.png, view: picture.view, svg, exported, graph: () => Graph };
};
