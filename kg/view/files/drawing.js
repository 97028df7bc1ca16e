"use strict";
/* The picture, by vis-network, behind the few calls that any renderer must have:
   show, highlight, theme, fit, focus, move, zoom, png, positions. Everything about vis-network stays in this file. */
const Drawing = (() => {
  const COLOURS = {
    light: { ink: "#111827", paper: "#ffffff", outline: "#111827", chosen: "#0b57d0" },
    dark: { ink: "#f3f4f6", paper: "#0f1522", outline: "#f3f4f6", chosen: "#8ab4f8" },
  };
  const MARGIN = { x: 88, y: 60 };

  /* Stretched towards the shape of the window: only ever apart, so that nothing comes to overlap. Far out, nodes grow
     into the room that the layout keeps around each. */
  const stretch = (nodes, width, height) => {
    if (nodes.length < 2 || !width || !height) return;
    const xs = nodes.map((node) => node.x);
    const ys = nodes.map((node) => node.y);
    const wide = Math.max(...xs) - Math.min(...xs) || 1;
    const high = Math.max(...ys) - Math.min(...ys) || 1;
    const zoom = Math.min(1, (width - 2 * MARGIN.x) / wide, (height - 2 * MARGIN.y) / high);
    const across = Math.min(2.2, Math.max(1, (width - 2 * MARGIN.x) / zoom / wide));
    const down = Math.min(2.2, Math.max(1, (height - 2 * MARGIN.y) / zoom / high));
    for (const node of nodes) {
      node.x *= across;
      node.y *= down;
      node.size *= Math.min(1.5, Math.max(1, 0.6 / zoom));
    }
  };

  const create = (container, { drawing, kinds, onselect, onhover }) => {
    const names = new Map(drawing.nodes.map((node) => [node.id, node.label]));
    const ranks = new Map(Graph.nodes.map((node) => [node.index, node.rank]));
    stretch(drawing.nodes, container.clientWidth, container.clientHeight);
    const nodes = new vis.DataSet(drawing.nodes.map((node) => ({ ...node, label: undefined })));
    const edges = new vis.DataSet(drawing.edges);
    const network = new vis.Network(container, { nodes, edges }, drawing.options);
    const drawn = new Map(drawing.nodes.map((node) => [node.id, { hidden: false, faded: false }]));
    let palette = COLOURS.light;
    let dark = false;
    let chosen = { nodes: new Set(), links: new Set() };
    let bright = null;
    let seen = null;
    let arranged = { key: "", names: [] };
    let version = 0;
    /* Many links at full strength hide the nodes. */
    const calm = Math.max(0.3, Math.min(0.8, 0.8 - (drawing.edges.length - 100) / 1200));

    /* What nodes and links look like now; only what changed goes to vis-network, once for all calls of one turn. */
    const looks = { nodes: new Map(), links: new Map() };
    const changed = (kind, id, look) => {
      const key = JSON.stringify(look);
      if (looks[kind].get(id) === key) return false;
      looks[kind].set(id, key);
      return true;
    };
    const nodeLook = ({ id, color: { background } }) => {
      const { hidden, faded } = drawn.get(id);
      const picked = chosen.nodes.has(id);
      const both = { background, border: picked ? palette.chosen : palette.outline };
      return { hidden, opacity: faded ? 0.18 : 1, borderWidth: picked ? 4 : 1.5, color: { ...both, highlight: both, hover: both } };
    };
    const linkLook = ({ id, kind, width }) => {
      const ink = kinds[kind][dark ? "dark" : "light"];
      const opacity = bright ? (bright.links.has(id) ? 1 : 0.1) : kind === "disagrees_with" ? 0.9 : calm;
      return {
        hidden: Boolean(seen) && !seen.links.has(id),
        width: chosen.links.has(id) ? width + 2.5 : width,
        color: { color: ink, highlight: ink, hover: ink, inherit: false, opacity },
      };
    };
    let waiting = false;
    const apply = () => {
      waiting = false;
      version += 1;
      const update = (kind, set, list, lookOf) => {
        const fresh = list.map((one) => [one, lookOf(one)]).filter(([one, look]) => changed(kind, one.id, look));
        if (fresh.length) set.update(fresh.map(([one, look]) => ({ id: one.id, ...look })));
        return fresh.length;
      };
      const restyled = update("nodes", nodes, drawing.nodes, nodeLook) + update("links", edges, drawing.edges, linkLook);
      if (!restyled) network.redraw();
    };
    const restyle = () => {
      for (const [id, now] of drawn) {
        now.hidden = Boolean(seen) && !seen.nodes.has(id);
        now.faded = Boolean(bright) && !bright.nodes.has(id);
      }
      if (!waiting) queueMicrotask(apply);
      waiting = true;
    };

    network.on("afterDrawing", (context) => {
      const scale = network.getScale();
      const key = `${scale.toFixed(4)} ${version}`;
      if (arranged.key !== key) {
        const positions = network.getPositions();
        const spots = [];
        for (const { id, size } of drawing.nodes) {
          const now = drawn.get(id);
          if (now.hidden) continue;
          const strong = chosen.nodes.has(id);
          const rank = (ranks.get(id) || 0) + (bright && bright.nodes.has(id) ? 1e6 : 0);
          const quiet = now.faded;
          spots.push({
            index: id, x: positions[id].x * scale, y: positions[id].y * scale, radius: size * scale + 2,
            text: names.get(id), rank, strong: strong ? 1 : 0, quiet,
          });
        }
        arranged = { key, names: Labels.arrange(context, spots) };
      }
      context.save();
      context.scale(1 / scale, 1 / scale);
      Labels.draw(context, arranged.names, palette);
      context.restore();
    });

    network.on("click", ({ nodes: [node], edges: [edge] }) => {
      if (node !== undefined) onselect({ node });
      else if (edge !== undefined) onselect({ link: edge });
      else onselect(null);
    });
    network.on("hoverNode", ({ node, pointer }) => onhover({ node, at: pointer.DOM }));
    network.on("hoverEdge", ({ edge, pointer }) => onhover({ link: edge, at: pointer.DOM }));
    for (const event of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(event, () => onhover(null));
    network.on("dragEnd", () => {
      version += 1;
    });

    const motion = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 250 });
    const fit = (some = null, animate = true) => {
      const all = (some ? [...some] : [...drawn.keys()]).filter((id) => !drawn.get(id).hidden);
      if (!all.length) return;
      const positions = network.getPositions(all);
      const xs = all.map((id) => positions[id].x);
      const ys = all.map((id) => positions[id].y);
      const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
      const wide = container.clientWidth - 2 * MARGIN.x;
      const high = container.clientHeight - 2 * MARGIN.y;
      const scale = Math.max(0.02, Math.min(1.4, wide / (right - left || 1), high / (bottom - top || 1)));
      const position = { x: (left + right) / 2, y: (top + bottom) / 2 };
      network.moveTo({ position, scale, animation: animate && motion() });
    };

    const png = () =>
      new Promise((resolve) => {
        const source = container.querySelector("canvas");
        const copy = document.createElement("canvas");
        copy.width = source.width;
        copy.height = source.height;
        const context = copy.getContext("2d");
        context.fillStyle = palette.paper;
        context.fillRect(0, 0, copy.width, copy.height);
        context.drawImage(source, 0, 0);
        copy.toBlob(resolve, "image/png");
      });

    return {
      show: (visible) => {
        seen = visible;
        restyle();
      },
      highlight: (some, picked = { nodes: new Set(), links: new Set() }) => {
        bright = some;
        chosen = picked;
        restyle();
      },
      theme: (isDark) => {
        dark = isDark;
        palette = COLOURS[dark ? "dark" : "light"];
        restyle();
      },
      fit,
      focus: (node) => {
        const { x, y } = network.getPosition(node);
        const spot = network.canvasToDOM({ x, y });
        const inside = spot.x > 40 && spot.y > 40 && spot.x < container.clientWidth - 40 && spot.y < container.clientHeight - 40;
        const scale = Math.max(network.getScale(), 0.6);
        if (!inside || scale !== network.getScale()) network.moveTo({ position: { x, y }, scale, animation: motion() });
      },
      move: (x, y) => network.moveTo({ offset: { x: -x, y: -y }, position: network.getViewPosition(), scale: network.getScale() }),
      zoom: (factor) => network.moveTo({ scale: Math.min(6, Math.max(0.02, network.getScale() * factor)) }),
      png,
      spot: (node) => network.canvasToDOM(network.getPosition(node)),
      names: () => arranged.names.map(({ index, left, top, wide, high }) => ({ index, left, top, wide, high })),
      state: () => ({
        scale: network.getScale(),
        nodes: nodes.get().filter((node) => !node.hidden).map((node) => node.id),
        links: edges.get().filter((edge) => !edge.hidden).map((edge) => edge.id),
      }),
    };
  };

  return { create };
})();
