/* What of the actors that pass the filters is drawn as an answer: all when they are few, else the most telling of them. */
import { put } from "./grouping.js";

/* An answer has so many actors at most; on a phone, as many as have room for their names. */
export const MOST = 150;
const START = 60;
const PHONE = 200_000; // square pixels of the window below which it is one
const ROOM = 3_300; // and those that an actor with a name needs there
const NEAR = 40; // neighbours of what is no single actor

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
export const AUTHOR = "the article's author";
/* Somebody who only stands for the article, and says nothing. */
/** @type {(node: kg.Actor) => boolean} */
const nobody = (node) => node.name === AUTHOR && node.said.length + node.comparisons.length === 0;

/* How telling an actor is at the start: what it said in its own name, whom it is tied to, what was compared. */
/** @type {(graph: kg.Graph) => (node: kg.Actor) => number} */
export const telling = ({ statements }) => (node) =>
  3 * node.said.reduce((sum, at) => sum + Number(statements[at].kind !== "author"), 0) + Math.min(40, node.links.length) + 5 * node.comparisons.length - (node.name === AUTHOR ? 1e6 : 0);

/* The actors that a choice is about, and how many of their neighbours belong to it. */
/** @type {(graph: kg.Graph, choice: kg.Choice, hits: (choice: kg.ChoiceOf<"search">) => {actors: number[], said: number[]}) => {list: number[], near: number}} */
const subjects = ({ links, statements, comparisons, articles, affairs, publishers }, choice, hits) => {
  const speakers = (/** @type {number[]} */ list) => list.flatMap((at) => [statements[at].speaker, ...statements[at].about].filter((node) => node !== null));
  switch (choice.view) {
    case "node":
      return { list: [choice.node], near: Infinity };
    case "link":
      return { list: [links[choice.link].source, links[choice.link].target], near: NEAR };
    case "path":
      return { list: choice.nodes, near: 0 };
    case "statement":
      return { list: speakers([choice.statement]), near: NEAR };
    case "comparison":
      return { list: speakers([comparisons[choice.comparison].left.statement, comparisons[choice.comparison].right.statement]), near: NEAR };
    case "article":
      return { list: speakers(articles[choice.article].statements), near: 0 };
    case "search": {
      const { actors, said } = hits(choice);
      return { list: [...actors, ...said.flatMap((at) => statements[at].speaker ?? [])], near: 0 };
    }
    case "affair":
      return { list: speakers(affairs[choice.affair].articles.flatMap((at) => articles[at].statements)), near: 0 };
    case "publisher":
      return { list: speakers(publishers[choice.publisher].articles.flatMap((at) => articles[at].statements)), near: 0 };
    default:
      return { list: [], near: 0 };
  }
};

/* `room`: square pixels of the stage. Gives what is drawn, of how many, and how many others there are. */
/** @type {(graph: kg.Graph, hits: (choice: kg.ChoiceOf<"search">) => {actors: number[], said: number[]}) => (shown: kg.Shown, state: kg.Filters, choice: kg.Choice, room: number) => kg.Answer} */
export const answering = (graph, hits) => {
  const { nodes, links } = graph;
  const aside = asides(graph);
  const kinds = nodes.map(aside);
  const weigh = telling(graph);
  const weights = nodes.map(weigh);
  /** @type {(list: Iterable<number>) => number[]} */
  const ordered = (list) => [...list].sort((a, b) => weights[b] - weights[a] || a - b);
  /** @type {(middle: number[], shown: kg.Shown, wanted: Set<number>) => number[]} */
  const neighbours = (middle, shown, wanted) => {
    const near = new Set();
    for (const at of middle)
      for (const link of nodes[at].links) if (shown.links.has(link)) near.add(links[link].source === at ? links[link].target : links[link].source);
    for (const at of middle) near.delete(at);
    return ordered([...near].filter((at) => wanted.has(at)));
  };
  return (shown, state, choice, room) => {
    const asked = new Set(state.only ? (state.only.path ?? (state.only.around ? [state.only.around[0]] : [])) : []);
    const { list, near } = subjects(graph, choice, hits);
    if (["node", "link", "path"].includes(choice.view)) for (const at of list) asked.add(at);
    const wanted = new Set();
    for (const at of shown.nodes) {
      const kind = kinds[at];
      /* The map is of all; on it places and publishers are landmarks. */
      if (asked.has(at) || ((state.whole || !kind || state.wished.has(kind)) && !nobody(nodes[at]))) wanted.add(at);
    }
    const most = room < PHONE ? Math.max(6, Math.min(MOST, Math.floor(room / ROOM))) : MOST;
    /* The middle of the answer stays; around it are as many of the others as have room, the most telling first. */
    let middle = /** @type {number[]} */ ([]);
    let others = [...wanted];
    let size = others.length;
    if (!state.whole && wanted.size > most) {
      /* Whoever wrote an article is called alike in each: such a name tells something only in its own place. */
      if (!["node", "article"].includes(choice.view)) for (const at of wanted) if (nodes[at].name === AUTHOR && !asked.has(at)) wanted.delete(at);
      others = ordered(wanted);
      const about = state.only ? [] : [...new Set(list)].filter((at) => wanted.has(at));
      middle = about.length ? about : [...asked].filter((at) => wanted.has(at));
      others = about.length ? neighbours(about, shown, wanted).slice(0, near) : others.filter((at) => !asked.has(at));
      if (middle.length > most) [middle, others] = [[], ordered(middle)];
      size = about.length || state.only || state.more || state.disagreements ? most : Math.min(most, START);
    }
    const step = Math.max(1, size - middle.length);
    const page = state.page * step < others.length ? state.page : 0;
    const drawn = new Set([...middle, ...others.slice(page * step, (page + 1) * step)]);
    const ties = new Set();
    for (const at of shown.links) if (drawn.has(links[at].source) && drawn.has(links[at].target)) ties.add(at);
    const of = middle.length + others.length;
    return {
      nodes: drawn, links: ties, statements: shown.statements, of, others: of - drawn.size, page, pages: Math.ceil(others.length / step),
      around: middle.length === 1 && others.length < wanted.size - 1 ? middle[0] : null, few: drawn.size <= MOST && !state.whole, part: of < wanted.size,
    };
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
