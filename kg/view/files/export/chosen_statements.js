/* What of the graph is taken away: the statements that belong to what is chosen. */

/* The statements that belong to a choice and pass the filters; all that pass, when nothing is chosen. */
/** @type {(graph: kg.Graph, choice: kg.Choice, shown: kg.Shown) => number[]} */
export const chosenStatements = ({ nodes, links, comparisons, articles }, choice, shown) => {
  const ofPair = ({ left, right }) => [left.statement, right.statement];
  const found = {
    node: () => [...nodes[choice.node].said, ...nodes[choice.node].about],
    link: () => [...links[choice.link].statements, ...links[choice.link].comparisons.flatMap((at) => ofPair(comparisons[at]))],
    path: () => choice.links.flatMap((at) => [...links[at].statements, ...links[at].comparisons.flatMap((pair) => ofPair(comparisons[pair]))]),
    statement: () => [choice.statement],
    comparison: () => ofPair(comparisons[choice.comparison]),
    disagreements: () => comparisons.filter((pair) => pair.disagrees).flatMap(ofPair),
    article: () => articles[choice.article].statements,
  }[choice.view];
  const passing = (index) => shown.statements.has(index);
  return found ? [...new Set(found())].filter(passing).sort((a, b) => a - b) : [...shown.statements];
};
