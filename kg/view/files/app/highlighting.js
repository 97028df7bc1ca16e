/* What of the picture belongs to a choice: {lit: what stays bright, picked: what is marked as chosen}. */
import { affairs, articles, comparisons, links, nodes, publishers, statements } from "../data/graph.js";

/** @type {(list: number[]) => kg.Lit} */
const ties = (list) => {
  const lit = { nodes: new Set(), links: new Set() };
  for (const at of list) {
    lit.links.add(at);
    lit.nodes.add(links[at].source).add(links[at].target);
  }
  return lit;
};
/** @type {() => kg.Lit} */
const none = () => ({ nodes: new Set(), links: new Set() });
/** @type {(index: number) => number[]} */
const speakerLinks = (index) => (statements[index].speaker === null ? [] : nodes[statements[index].speaker].links);

/** @type {(index: number) => {lit: kg.Lit, picked: kg.Lit}} */
const ofStatement = (index) => {
  const { speaker, about } = statements[index];
  const lit = ties(speakerLinks(index).filter((at) => links[at].statements.includes(index)));
  for (const node of [speaker, ...about]) if (node !== null) lit.nodes.add(node);
  return { lit, picked: { ...none(), nodes: new Set(speaker === null ? [] : [speaker]) } };
};
/* What the statements of some articles light up. */
/** @type {(some: number[]) => {lit: kg.Lit, picked: kg.Lit}} */
const ofArticles = (some) => {
  const lit = none();
  for (const index of some.flatMap((article) => articles[article].statements)) {
    const of = ofStatement(index).lit;
    for (const node of of.nodes) lit.nodes.add(node);
    for (const link of of.links) lit.links.add(link);
  }
  return { lit, picked: none() };
};
/** @type {{[V in kg.Choice["view"]]?: (choice: kg.ChoiceOf<V>, shown: kg.Shown) => {lit: kg.Lit, picked: kg.Lit}}} */
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
    return { lit, picked: { links: new Set(between), nodes: new Set([steps[0], steps[steps.length - 1]]) } };
  },
  statement: ({ statement }) => ofStatement(statement),
  comparison: ({ comparison }) => {
    const pair = comparisons[comparison];
    const sides = [pair.left.statement, pair.right.statement];
    const lit = ties(sides.flatMap(speakerLinks).filter((at) => links[at].comparisons.includes(comparison)));
    const speakers = sides.map((index) => statements[index].speaker).filter((speaker) => speaker !== null);
    for (const speaker of speakers) lit.nodes.add(speaker);
    return { lit, picked: { ...none(), nodes: new Set(speakers) } };
  },
  article: ({ article, statement }) => {
    if (statement !== undefined) return ofStatement(statement);
    return ofArticles([article]);
  },
  affair: ({ affair }) => ofArticles(affairs[affair].articles),
  publisher: ({ publisher }) => ofArticles(publishers[publisher].articles),
};

/** @type {(choice: kg.Choice, shown: kg.Shown) => {lit: kg.Lit | null, picked: kg.Lit}} */
export const highlighted = (choice, shown) => {
  const of = /** @type {((choice: kg.Choice, shown: kg.Shown) => {lit: kg.Lit, picked: kg.Lit}) | undefined} */ (OF[choice.view]);
  return of ? of(choice, shown) : { lit: null, picked: none() };
};
