/* What is drawn and how it looks, for any renderer: items (nodes) and ties (links) with places, and what of them is
   hidden, faded or chosen. A renderer paints it; nothing here knows how. */
import { AUTHOR } from "../data/answers.js";
import { amount } from "../data/wording.js";
import { createFolding } from "../layout/folded_communities.js";

/** @type {Record<"light" | "dark", kg.Scene["palette"]>} */
const COLOURS = {
  light: { ink: "#111827", paper: "#ffffff", outline: "#111827", chosen: "#0b57d0", muted: "#4b5563" },
  dark: { ink: "#f3f4f6", paper: "#0f1522", outline: "#f3f4f6", chosen: "#8ab4f8", muted: "#b3bccb" },
};
/* Links of what was compared: they are what the picture is looked at for. */
export const VERDICTS = new Set(["disagrees_with", "revises", "agrees_with"]);
const LABEL = 48;
/** @type {(text: string) => string} */
const one = (text) => text.slice(0, 400).replace(/\s+/g, " ").trim();
/** @type {(name: string) => string} */
const label = (name) => {
  const letters = [...one(name)];
  return (letters.length <= LABEL ? letters.join("") : `${letters.slice(0, LABEL - 1).join("").trimEnd()}…`) || "(no name)";
};

/* An actor that is drawn; its label is made when it is first written. */
class Drawn {
  side = null;
  apart = false;
  small = false;
  /** @type {string | undefined} */
  brief = undefined;
  /** @type {string | undefined} */
  made = undefined;
  /** @param {kg.Actor} node @param {number} id @param {{x: number, y: number, home: [number, number, number], size: number, shape: kg.Shape, colour: string}} look */
  constructor(node, id, { x, y, home, size, shape, colour }) {
    this.id = id;
    this.node = node;
    this.x = x;
    this.y = y;
    this.home = home;
    this.size = size;
    this.shape = shape;
    this.colour = colour;
    this.alone = node.links.length === 0;
    this.person = node.family === "person";
    this.community = node.community;
    this.rank = node.name === AUTHOR ? -1 : node.rank; // an article has one, and the name tells nothing
  }
  get label() {
    this.made ??= label(this.node.name);
    return this.made;
  }
  set label(text) {
    this.made = text;
  }
}

/** @type {(graph: kg.Graph) => kg.Scene} */
export const createScene = (graph) => {
  const { nodes, links, kinds, families, places } = graph;
  /** @type {kg.Item[]} */
  const items = nodes.map((node, id) => {
    const { shape, colour } = families[node.family];
    const [x, y, size] = [places.x[id], places.y[id], places.r[id]];
    return new Drawn(node, id, { x, y, home: [x, y, size], size, shape, colour });
  });
  /* The two figures of what was compared, the first of several. */
  /** @type {(link: kg.Link) => string | undefined} */
  const compared = ({ comparisons: pairs, kind }) => {
    if (!pairs.length) return undefined;
    const { left, right } = graph.comparisons[pairs[0]];
    if (!amount(left.figure) || !amount(right.figure)) return undefined; // what is denied has no number
    return `${amount(left.figure)} ${kind === "revises" ? "→" : kind === "agrees_with" ? "=" : "≠"} ${amount(right.figure)}${pairs.length > 1 ? ` +${pairs.length - 1}` : ""}`;
  };
  /* Made when they are first drawn. */
  /** @type {kg.Tie[]} */
  const made = new Array(links.length);
  /** @type {(id: number) => kg.Tie} */
  const tie = (id) => {
    if (made[id]) return made[id];
    const { source, target, kind, bend, width } = links[id];
    const { dashes, arrow } = kinds[kind];
    made[id] = { id, from: source, to: target, kind, bend, width, dashes, arrow, figures: VERDICTS.has(kind) ? compared(links[id]) : undefined };
    return made[id];
  };
  /* Many links at full strength hide the nodes. */
  const calm = (/** @type {number} */ many) => Math.max(0.28, Math.min(0.8, 0.8 - (many - 60) / 600));
  /* What is lit stands out, a hundred lines to one hub less: they would hide the names. */
  /** @type {(tie: kg.Tie) => number} */
  const opacity = ({ id, kind }) => {
    if (scene.bright && !scene.bright.links.has(id)) return 0.1;
    if (VERDICTS.has(kind)) return scene.bright ? 1 : 0.95;
    return calm(scene.bright ? scene.bright.links.size - 40 : (scene.seen?.links.size ?? links.length));
  };
  const isFolded = (/** @type {number} */ id) => scene.folding.folded(id);
  /** @type {kg.Scene} */
  const scene = {
    items, tie, notes: [], others: null, answer: true, hulls: false, byLinks: false, palette: COLOURS.light, dark: false,
    seen: null, bright: null, chosen: { nodes: new Set(), links: new Set() },
    folding: { active: false, groups: [], opened: new Set(), folded: () => false, shownGroups: () => [], bundles: () => [], pin: () => {} },
    item: (id) => (id < 0 ? scene.folding.groups[-1 - id] : items[id]),
    hidden: (id) => (scene.seen !== null && !scene.seen.nodes.has(id)) || isFolded(id),
    faded: (id) => scene.bright !== null && !scene.bright.nodes.has(id),
    hiddenTie: (tie) => (scene.seen !== null && !scene.seen.links.has(tie.id)) || isFolded(tie.from) || isFolded(tie.to),
    drawnItems: () => [...(scene.seen ? [...scene.seen.nodes].sort((a, b) => a - b).map((at) => items[at]) : items).filter(({ id }) => !isFolded(id)), ...scene.folding.shownGroups()],
    drawnTies: () => [...scene.folding.bundles(), ...[...(scene.seen ? scene.seen.links : links.keys())].map(tie).filter((one) => !isFolded(one.from) && !isFolded(one.to))],
    shown: (some = null) => (some ? [...some].map(scene.item).filter((item) => item.id < 0 || !scene.hidden(item.id)) : scene.drawnItems()),
    sizeBy: (byLinks) => {
      scene.byLinks = byLinks;
      for (const item of items) item.home[2] = byLinks ? Math.min(24, 6 + 2.6 * Math.sqrt(nodes[item.id].links.length)) : places.r[item.id];
    },
    itemLook: (item) => {
      const picked = scene.chosen.nodes.has(item.id);
      return {
        hidden: scene.hidden(item.id), opacity: scene.faded(item.id) ? 0.18 : 1, fill: item.colour,
        border: picked ? scene.palette.chosen : scene.palette.outline, line: picked ? 4 : 1.5,
      };
    },
    inkOf: (kind) => kinds[kind][scene.dark ? "dark" : "light"],
    tieLook: (tie) => ({
      hidden: tie.id >= 0 && scene.hiddenTie(tie),
      ink: tie.id < 0 ? scene.palette.muted : scene.inkOf(tie.kind),
      width: scene.chosen.links.has(tie.id) ? tie.width + 2.5 : tie.width,
      opacity: opacity(tie),
    }),
    theme: (dark) => {
      scene.dark = dark;
      scene.palette = COLOURS[dark ? "dark" : "light"];
    },
  };
  scene.folding = createFolding(scene, graph);
  return scene;
};
