"use strict";
/* Ties it together: the filters, the picture, the panel and the keys. */
const Shell = (() => {
  const { h, svg, fill, button, short, count } = Dom;
  const { nodes, links, statements, comparisons, families, kinds, voices, state } = Graph;
  const $ = (id) => document.getElementById(id);
  const stage = $("stage");
  const panel = $("panel");
  const tipBox = $("tip");
  const past = [];
  let choice = { view: "overview" };
  let shown = Graph.visible();

  /* The strip takes its room before the picture is fitted into what is left. */
  const timeline = Timeline.create($("timeline"), ([from, to]) => {
    Object.assign(state, { from, to });
    refresh();
  });

  const drawing = Drawing.create(stage, {
    drawing: Graph.drawing,
    kinds,
    onselect: (hit) => {
      tip(null);
      open(hit === null ? { view: "overview" } : hit.node !== undefined ? { view: "node", node: hit.node } : { view: "link", link: hit.link });
    },
    onhover: (hit) => tip(hit),
  });

  /* ── choosing ── */
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const render = () => {
    Panel.show(panel, choice, { open, back: past.length ? back : null, shell: api });
    spotlight();
  };
  const open = (next) => {
    if (same(next, choice)) return;
    if (next.view === "overview") past.length = 0;
    else past.push(choice);
    choice = next;
    render();
    if (choice.view === "node" && shown.nodes.has(choice.node)) drawing.focus(choice.node);
  };
  const back = () => {
    choice = past.pop() || { view: "overview" };
    render();
  };

  const tiesOf = (list) => {
    const lit = { nodes: new Set(), links: new Set() };
    for (const at of list) {
      lit.links.add(at);
      lit.nodes.add(links[at].source).add(links[at].target);
    }
    return lit;
  };
  const ofStatement = (index) => {
    const lit = tiesOf(links.filter((link) => link.statements.includes(index)).map((link) => link.index));
    const { speaker, about } = statements[index];
    for (const node of [speaker, ...about]) if (node !== null) lit.nodes.add(node);
    return lit;
  };
  const spotlight = () => {
    const picked = { nodes: new Set(), links: new Set() };
    let lit = null;
    if (choice.view === "node") {
      lit = tiesOf(nodes[choice.node].links.filter((at) => shown.links.has(at)));
      lit.nodes.add(choice.node);
      picked.nodes.add(choice.node);
    } else if (choice.view === "link") {
      lit = tiesOf([choice.link]);
      picked.links.add(choice.link);
    } else if (choice.view === "statement") {
      lit = ofStatement(choice.statement);
      if (statements[choice.statement].speaker !== null) picked.nodes.add(statements[choice.statement].speaker);
    } else if (choice.view === "comparison") {
      const pair = comparisons[choice.comparison];
      lit = tiesOf(links.filter((link) => link.comparisons.includes(choice.comparison)).map((link) => link.index));
      for (const side of [pair.left, pair.right]) {
        const { speaker } = statements[side.statement];
        if (speaker === null) continue;
        lit.nodes.add(speaker);
        picked.nodes.add(speaker);
      }
    }
    drawing.highlight(lit, picked);
  };

  /* ── filtering ── */
  const refresh = ({ fit = false } = {}) => {
    tip(null);
    shown = Graph.visible();
    drawing.show(shown);
    render();
    if (fit) drawing.fit();
    $("showing").textContent = `${shown.nodes.size} of ${count(nodes.length, "actor")} · ${shown.links.size} of ${count(links.length, "link")} · ${shown.statements.size} of ${count(statements.length, "statement")}`;
    $("conflicts").setAttribute("aria-pressed", String(state.disagreements));
    $("empty").hidden = shown.nodes.size > 0 || nodes.length === 0;
  };

  const shape = (family) => {
    const { shape: name, colour } = families[family];
    const paint = { fill: colour, class: "outlined" };
    const drawn = {
      dot: () => svg("circle", { cx: 8, cy: 8, r: 6, ...paint }),
      square: () => svg("rect", { x: 2.5, y: 2.5, width: 11, height: 11, ...paint }),
      triangle: () => svg("path", { d: "M8 1.5 L15 14 L1 14 Z", ...paint }),
      diamond: () => svg("path", { d: "M8 1 L15 8 L8 15 L1 8 Z", ...paint }),
      hexagon: () => svg("path", { d: "M4.5 2 L11.5 2 L15 8 L11.5 14 L4.5 14 L1 8 Z", ...paint }),
    }[name]();
    return svg("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" }, drawn);
  };
  const stroke = (kind) =>
    svg("svg", { viewBox: "0 0 26 10", width: 26, height: 10, "aria-hidden": "true" }, svg("line", { x1: 0, y1: 5, x2: 26, y2: 5, class: `stroke ${kind}`, "stroke-dasharray": (kinds[kind].dashes || []).join(" ") || "none" }));
  const checks = (element, title, names, { off, icon, label, number }) => {
    const rows = names.filter((name) => number(name) > 0);
    if (!rows.length) return;
    element.append(
      h("h2", {}, title),
      ...rows.map((name) => {
        const box = h("input", { type: "checkbox", checked: true, "data-name": name });
        box.addEventListener("change", () => {
          box.checked ? off.delete(name) : off.add(name);
          refresh();
        });
        return h("label", {}, box, icon && icon(name), h("span.name", {}, label(name)), h("span.count", {}, number(name)));
      }),
    );
  };
  const legend = $("legend");
  checks(legend, "Actors", Object.keys(families), { off: state.families, icon: shape, label: (name) => families[name].plural, number: (name) => nodes.filter((node) => node.family === name).length });
  checks(legend, "Links", Object.keys(kinds), { off: state.kinds, icon: stroke, label: (name) => kinds[name].label, number: (name) => links.filter((link) => link.kind === name).length });
  checks(legend, "Statements", Object.keys(voices), { off: state.voices, label: (name) => voices[name], number: (name) => statements.filter((statement) => statement.kind === name).length });
  if (statements.length) legend.append(h("h2", {}, "In the sentences"), h("p.key", {}, h("mark.source", {}, "who says it"), " ", h("mark.cue", {}, "the cue"), " ", h("mark.content", {}, "what is said")));

  const only = (node, steps = 1) => {
    if (node === null) state.only = null;
    else {
      state.only = null;
      state.only = Graph.around(node, steps, Graph.visible().links);
      choice = { ...choice, only: steps };
    }
    refresh({ fit: true });
  };
  const api = { only };

  const all = () => {
    Graph.reset();
    for (const box of legend.querySelectorAll("input")) box.checked = true;
    timeline?.reset();
    choice = { view: "overview" };
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

  /* ── hovering ── */
  const tip = (hit) => {
    tipBox.hidden = !hit;
    if (!hit) return;
    if (hit.node !== undefined) {
      const node = nodes[hit.node];
      fill(tipBox, h("strong", {}, short(node.name, 80)), h("span", {}, `${node.typeLabel} · ${node.said.length} said · ${node.about.length} about it`));
    } else {
      const link = links[hit.link];
      const many = link.statements.length ? ` · ${count(link.statements.length, "statement")}` : link.label ? ` · ${link.label}` : "";
      fill(tipBox, h("strong", {}, kinds[link.kind].label), h("span", {}, `${short(nodes[link.source].name, 40)} → ${short(nodes[link.target].name, 40)}${many}`));
    }
    tipBox.style.left = `${Math.min(hit.at.x + 14, stage.clientWidth - 240)}px`;
    tipBox.style.top = `${hit.at.y + 14}px`;
  };

  stage.addEventListener("mouseleave", () => tip(null));

  /* ── bar and keys ── */
  const dark = () => document.documentElement.dataset.theme === "dark";
  const theme = (to) => {
    document.documentElement.dataset.theme = to ? "dark" : "light";
    $("theme").textContent = to ? "Light" : "Dark";
    drawing.theme(to);
  };
  const save = async () => {
    const address = URL.createObjectURL(await drawing.png());
    h("a", { href: address, download: "graph.png" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };
  const table = () => Table.show($("table"), shown, open);
  const step = (by) => {
    const order = [...shown.nodes].sort((a, b) => nodes[b].rank - nodes[a].rank || a - b);
    if (!order.length) return;
    const at = choice.view === "node" ? order.indexOf(choice.node) : by > 0 ? -1 : 0;
    open({ view: "node", node: order[(at + by + order.length) % order.length] });
  };

  const keys = {
    "/": ["search", () => $("search").focus()],
    f: ["fit the picture to the window", () => drawing.fit()],
    a: ["show all", all],
    d: ["disagreements only", conflicts],
    t: ["table", table],
    n: ["next actor, the most telling first", () => step(1)],
    p: ["previous actor", () => step(-1)],
    "+": ["zoom in", () => drawing.zoom(1.25)],
    "-": ["zoom out", () => drawing.zoom(0.8)],
    Escape: ["back to the overview", () => open({ view: "overview" })],
    "?": ["this list", () => $("keys").showModal()],
  };
  const arrows = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest?.("input, textarea, select")) return;
    if (arrows[event.key] && event.target === stage) drawing.move(...arrows[event.key]);
    else if (keys[event.key]) keys[event.key][1]();
    else return;
    event.preventDefault();
  });
  fill($("keys"), h("h2", {}, "Keys"), h("dl", {}, Object.entries(keys).map(([key, [what]]) => [h("dt", {}, h("kbd", {}, key === "Escape" ? "Esc" : key)), h("dd", {}, what)]), h("dt", {}, h("kbd", {}, "← ↑ ↓ →")), h("dd", {}, "move, with the picture focused")), button("Close", () => $("keys").close()));

  for (const [id, action] of Object.entries({ fit: () => drawing.fit(), all, conflicts, open_table: table, png: save, theme: () => theme(!dark()), open_keys: () => $("keys").showModal() })) $(id).addEventListener("click", action);
  $("conflicts").disabled = !comparisons.some(Graph.disagrees);
  Search.create($("search"), $("hits"), (next) => {
    if (next.view === "node" && !shown.nodes.has(next.node)) all();
    open(next);
  });

  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", () => theme(system.matches));
  theme(system.matches);
  refresh();
  drawing.fit(null, false);
  document.documentElement.dataset.ready = "true";

  /* For tests and for the curious: what is chosen and what is drawn. */
  return { open, state: () => ({ choice, ...drawing.state() }), spot: drawing.spot, names: drawing.names, png: drawing.png };
})();
