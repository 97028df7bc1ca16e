/* What of the actors that pass the filters is drawn as an answer: all when they are few, else the most telling of them. */
import { put } from "./grouping.js";

/* An answer has so many actors at most; where the window has less room, fewer. */
export const MOST = 150;
const START = 60;
const ROOM = 5_000; // square pixels of the window that an actor with a name needs

/* Places, and those who only publish: chips beside the text rather than nodes, unless they speak themselves
   and not only are spoken of, or are asked for. */
/** @type {(graph: kg.Graph) => (node: kg.Actor) => "places" | "publishers" | null} */
export const asides = ({ articles }) => {
  const publishers = new Set(articles.map((article) => article.publisher.toLowerCase()).filter(Boolean));
  return (node) => {
    if (3 * node.said.length > node.about.length) return null;
    if (node.family === "place") return "places";
    return node.type === "NewsOrganisation" || publishers.has(node.name.toLowerCase()) ? "publishers" : null;
  };
};
/* Somebody who only stands for the article, and says nothing. */
/** @type {(node: kg.Actor) => boolean} */
const nobody = (node) => node.name === "the article's author" && node.said.length + node.comparisons.length === 0;

/* How telling an actor is at the start: what it said in its own name, whom it is tied to, what was compared. */
/** @type {(graph: kg.Graph) => (node: kg.Actor) => number} */
export const telling = ({ statements }) => (node) =>
  3 * node.said.reduce((sum, at) => sum + Number(statements[at].kind !== "author"), 0) + Math.min(40, node.links.length) + 5 * node.comparisons.length - (node.name === "the article's author" ? 1e6 : 0);

/* The actors that a choice is about. */
/** @type {(graph: kg.Graph, choice: kg.Choice) => number[]} */
const subjects = ({ links, statements, comparisons, articles, affairs, publishers }, choice) => {
  const speakers = (/** @type {number[]} */ list) => list.flatMap((at) => [statements[at].speaker, ...statements[at].about].filter((node) => node !== null));
  switch (choice.view) {
    case "node":
      return [choice.node];
    case "link":
      return [links[choice.link].source, links[choice.link].target];
    case "path":
      return choice.nodes;
    case "statement":
      return speakers([choice.statement]);
    case "comparison":
      return speakers([comparisons[choice.comparison].left.statement, comparisons[choice.comparison].right.statement]);
    case "article":
      return speakers(articles[choice.article].statements);
    case "affair":
      return speakers(affairs[choice.affair].articles.flatMap((at) => articles[at].statements));
    case "publisher":
      return speakers(publishers[choice.publisher].articles.flatMap((at) => articles[at].statements));
    default:
      return [];
  }
};

/* `room`: square pixels of the stage. Gives what is drawn, and how many others there are. */
/** @type {(graph: kg.Graph) => (shown: kg.Shown, state: kg.Filters, choice: kg.Choice, room: number) => kg.Answer} */
export const answering = (graph) => {
  const { nodes, links } = graph;
  const aside = asides(graph);
  const kinds = nodes.map(aside);
  const weigh = telling(graph);
  const weights = nodes.map(weigh);
  /** @type {(list: Iterable<number>, most: number) => number[]} */
  const best = (list, most) => [...list].sort((a, b) => weights[b] - weights[a] || a - b).slice(0, most);
  return (shown, state, choice, room) => {
    const asked = new Set(state.only ? (state.only.path ?? (state.only.around ? [state.only.around[0]] : [])) : []);
    if (["node", "link", "path"].includes(choice.view)) for (const at of subjects(graph, choice)) asked.add(at);
    const wanted = new Set();
    for (const at of shown.nodes) {
      const kind = kinds[at];
      if (asked.has(at) || (!(kind && !state.wished.has(kind)) && !nobody(nodes[at]))) wanted.add(at);
    }
    const most = Math.max(12, Math.min(MOST, Math.floor(room / (room < 250_000 ? 1.35 * ROOM : ROOM))));
    let drawn = wanted;
    if (!state.whole && wanted.size > most) {
      drawn = new Set();
      const middle = subjects(graph, choice).filter((at) => wanted.has(at)).slice(0, most);
      if (middle.length && !state.only) {
        const near = new Set();
        for (const at of middle) for (const link of nodes[at].links) if (shown.links.has(link)) near.add(links[link].source === at ? links[link].target : links[link].source);
        for (const at of [...middle, ...best([...near].filter((at) => wanted.has(at)), most)].slice(0, most)) drawn.add(at);
      } else for (const at of best(wanted, state.only || state.more || state.disagreements ? most : Math.min(most, START))) drawn.add(at);
      for (const at of asked) if (wanted.has(at)) drawn.add(at);
    }
    const ties = new Set();
    for (const at of shown.links) if (drawn.has(links[at].source) && drawn.has(links[at].target)) ties.add(at);
    return { nodes: drawn, links: ties, statements: shown.statements, others: wanted.size - drawn.size, few: drawn.size <= MOST && !state.whole };
  };
};

/* Places that statements are about or have figures in, the most told of first: for chips. */
/** @type {(graph: kg.Graph, list: Iterable<number>) => [node: number, count: number][]} */
export const spokenOf = ({ nodes }, list) => {
  /** @type {Map<number, number[]>} */
  const found = new Map();
  const shown = new Set(list);
  for (const { index, family, about, placed } of nodes) if (family === "place") for (const at of [...about, ...placed]) if (shown.has(at)) put(found, index, at);
  return [...found].map(([node, of]) => /** @type {[number, number]} */ ([node, of.length])).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
};
