"use strict";
/* What is drawn and how it looks, for any renderer: items (nodes) and ties (links) with places, and what of them is
   hidden, faded or chosen. A renderer paints it; nothing here knows how. */
const Scene = (() => {
  const COLOURS = {
    light: { ink: "#111827", paper: "#ffffff", outline: "#111827", chosen: "#0b57d0", muted: "#4b5563" },
    dark: { ink: "#f3f4f6", paper: "#0f1522", outline: "#f3f4f6", chosen: "#8ab4f8", muted: "#b3bccb" },
  };
  const LABEL = 48;
  const one = (text) => text.slice(0, 400).replace(/\s+/g, " ").trim();
  const label = (name) => {
    const letters = [...one(name)];
    return (letters.length <= LABEL ? letters.join("") : `${letters.slice(0, LABEL - 1).join("").trimEnd()}…`) || "(no name)";
  };

  const create = ({ nodes, links, kinds, families, places }) => {
    const items = nodes.map((node, id) => ({
      id, x: places.x[id], y: places.y[id], home: [places.x[id], places.y[id], places.r[id]], size: places.r[id],
      shape: families[node.family].shape, colour: families[node.family].colour, label: label(node.name), rank: node.rank,
      alone: node.links.length === 0, side: null,
    }));
    const ties = links.map((link, id) => ({
      id, from: link.source, to: link.target, kind: link.kind, bend: link.bend, width: link.width,
      dashes: kinds[link.kind].dashes, arrow: kinds[link.kind].arrow,
    }));
    const scene = {
      items, ties, notes: [], palette: COLOURS.light, dark: false,
      seen: null, bright: null, chosen: { nodes: new Set(), links: new Set() },
      /* Many links at full strength hide the nodes. */
      calm: Math.max(0.3, Math.min(0.8, 0.8 - (ties.length - 100) / 1200)),
    };
    scene.hidden = (id) => Boolean(scene.seen) && !scene.seen.nodes.has(id);
    scene.faded = (id) => Boolean(scene.bright) && !scene.bright.nodes.has(id);
    scene.hiddenTie = (id) => Boolean(scene.seen) && !scene.seen.links.has(id);
    scene.itemLook = (item) => {
      const picked = scene.chosen.nodes.has(item.id);
      return {
        hidden: scene.hidden(item.id), opacity: scene.faded(item.id) ? 0.18 : 1, fill: item.colour,
        border: picked ? scene.palette.chosen : scene.palette.outline, line: picked ? 4 : 1.5,
      };
    };
    scene.tieLook = (tie) => ({
      hidden: scene.hiddenTie(tie.id),
      ink: kinds[tie.kind][scene.dark ? "dark" : "light"],
      width: scene.chosen.links.has(tie.id) ? tie.width + 2.5 : tie.width,
      opacity: scene.bright ? (scene.bright.links.has(tie.id) ? 1 : 0.1) : tie.kind === "disagrees_with" ? 0.9 : scene.calm,
    });
    scene.theme = (dark) => {
      scene.dark = dark;
      scene.palette = COLOURS[dark ? "dark" : "light"];
    };
    scene.shown = (some = null) => (some ? [...some].map((id) => items[id]) : items).filter((item) => !scene.hidden(item.id));
    return scene;
  };

  return { create, COLOURS };
})();
