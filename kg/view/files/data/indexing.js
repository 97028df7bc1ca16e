/* The data of the page, indexed. Knows nothing of filters, of drawing or of panels. */
import { DATA } from "./unpacking.js";

export const { nodes, links, statements, comparisons, articles, verdicts, families, kinds, voices, certainties, lanes, terms, places, drawing } = DATA;

/* Most lists stay empty: they share one, and get one of their own with the first thing that goes in. */
const NONE = Object.freeze([]);
const put = (owner, list, index) => (owner[list] === NONE ? (owner[list] = [index]) : owner[list].push(index));

nodes.forEach((node, index) => {
  [node.index, node.links, node.said, node.about, node.comparisons] = [index, NONE, NONE, NONE, NONE];
});
links.forEach((link, index) => {
  link.index = index;
  put(nodes[link.source], "links", index);
  if (link.target !== link.source) put(nodes[link.target], "links", index);
});
articles.forEach((article, index) => {
  [article.index, article.statements] = [index, []];
});
const dated = (edtf) => (/^\d{4}/.test(edtf || "") ? edtf : "");
statements.forEach((statement, index) => {
  statement.index = index;
  statement.comparisons = NONE;
  statement.relays = NONE;
  const article = articles[statement.article];
  article?.statements.push(index);
  statement.date = dated(statement.saidOn) || dated(article?.published) || "";
  if (statement.speaker !== null) put(nodes[statement.speaker], "said", index);
  for (const about of statement.about) put(nodes[about], "about", index);
});
for (const statement of statements) if (statement.within !== null) put(statements[statement.within], "relays", statement.index);
export const disagrees = (comparison) => verdicts[comparison.verdict].disagreement;
for (const [index, comparison] of comparisons.entries()) {
  comparison.index = index;
  const speakers = new Set();
  for (const side of [comparison.left, comparison.right]) {
    put(statements[side.statement], "comparisons", index);
    if (statements[side.statement].speaker !== null) speakers.add(statements[side.statement].speaker);
  }
  for (const speaker of speakers) put(nodes[speaker], "comparisons", index);
}

const newest = (a, b) => {
  const [one, two] = [statements[a], statements[b]];
  return two.date < one.date ? -1 : two.date > one.date ? 1 : one.start - two.start || a - b;
};
for (const node of nodes) {
  if (node.said.length > 1) node.said.sort(newest);
  if (node.about.length > 1) node.about.sort(newest);
  node.rank = 3 * node.said.length + node.links.length + 2 * node.comparisons.length;
}

/* The nodes within `steps` links of `node`, itself with them, over the links in `drawn`. */
export const around = (node, steps, drawn) => {
  let reached = new Set([node]);
  for (let step = 0; step < steps; step += 1) {
    const next = new Set(reached);
    for (const index of reached)
      for (const at of nodes[index].links) if (drawn.has(at)) next.add(links[at].source).add(links[at].target);
    reached = next;
  }
  return reached;
};

/* A shortest path over the links in `drawn`, whichever way they point: {nodes, links} in order, or null. */
export const path = (from, to, drawn) => {
  const cameBy = new Map([[from, null]]);
  let edge = [from];
  while (edge.length && !cameBy.has(to)) {
    const next = [];
    for (const index of edge)
      for (const at of nodes[index].links) {
        const other = links[at].source === index ? links[at].target : links[at].source;
        if (!drawn.has(at) || cameBy.has(other)) continue;
        cameBy.set(other, { link: at, node: index });
        next.push(other);
      }
    edge = next;
  }
  if (!cameBy.has(to)) return null;
  const found = { nodes: [to], links: [] };
  for (let step = cameBy.get(to); step; step = cameBy.get(step.node)) {
    found.nodes.unshift(step.node);
    found.links.unshift(step.link);
  }
  return found;
};

