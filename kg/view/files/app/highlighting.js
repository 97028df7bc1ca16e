/* What of the picture belongs to a choice: {lit: what stays bright, picked: what is marked as chosen}. */
import { articles, comparisons, links, nodes, statements } from "../data/graph.js";

const ties = (list) => {
  const lit = { nodes: new Set(), links: new Set() };
  for (const at of list) {
    lit.links.add(at);
    lit.nodes.add(links[at].source).add(links[at].target);
  }
  return lit;
};
const none = () => ({ nodes: new Set(), links: new Set() });
const speakerLinks = (index) => (statements[index].speaker === null ? [] : nodes[statements[index].speaker].links);

const OF = {
  node: ({ node }, shown) => {
    const lit = ties(nodes[node].links.filter((at) => shown.links.has(at)));
    lit.nodes.add(node);
    return { lit, picked: { ...none(), nodes: new Set([node]) } };
  },
  link: ({ link }) => ({ lit: ties([link]), picked: { ...none(), links: new Set([link]) } }),
  path: ({ nodes: steps, links: between }) => {
    const lit = ties(between);
    for (const node of steps) lit.nodes.add(node);
    return { lit, picked: { links: new Set(between), nodes: new Set([steps[0], steps.at(-1)]) } };
  },
  statement: ({ statement: index }) => {
    const { speaker, about } = statements[index];
    const lit = ties(speakerLinks(index).filter((at) => links[at].statements.includes(index)));
    for (const node of [speaker, ...about]) if (node !== null) lit.nodes.add(node);
    return { lit, picked: { ...none(), nodes: new Set(speaker === null ? [] : [speaker]) } };
  },
  comparison: ({ comparison }) => {
    const pair = comparisons[comparison];
    const sides = [pair.left.statement, pair.right.statement];
    const lit = ties(sides.flatMap(speakerLinks).filter((at) => links[at].comparisons.includes(comparison)));
    const speakers = sides.map((index) => statements[index].speaker).filter((speaker) => speaker !== null);
    for (const speaker of speakers) lit.nodes.add(speaker);
    return { lit, picked: { ...none(), nodes: new Set(speakers) } };
  },
};

OF.article = ({ article, statement }, shown) => {
  if (statement !== undefined) return OF.statement({ statement }, shown);
  const lit = none();
  for (const index of articles[article].statements) for (const set of ["nodes", "links"]) for (const at of OF.statement({ statement: index }).lit[set]) lit[set].add(at);
  return { lit, picked: none() };
};

/** @type {(choice: kg.Choice, shown: kg.Shown) => {lit: kg.Lit | null, picked: kg.Lit}} */
export const highlighted = (choice, shown) => (OF[choice.view] ? OF[choice.view](choice, shown) : { lit: null, picked: none() });
