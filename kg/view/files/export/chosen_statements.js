/* What of the graph is taken away: the statements that belong to what is chosen. */

/* The statements that belong to a choice and pass the filters; all that pass, when nothing is chosen. */
/** @type {(graph: kg.Graph, choice: kg.Choice, shown: kg.Shown) => number[]} */
export const chosenStatements = ({ nodes, links, comparisons, articles }, choice, shown) => {
  const ofPair = (/** @type {kg.Comparison} */ { left, right }) => [left.statement, right.statement];
  const ofLink = (/** @type {number} */ at) => [...links[at].statements, ...links[at].comparisons.flatMap((pair) => ofPair(comparisons[pair]))];
  const belonging = () => {
    switch (choice.view) {
      case "node":
        return [...nodes[choice.node].said, ...nodes[choice.node].about];
      case "link":
        return ofLink(choice.link);
      case "path":
        return choice.links.flatMap(ofLink);
      case "statement":
        return [choice.statement];
      case "comparison":
        return ofPair(comparisons[choice.comparison]);
      case "disagreements":
        return comparisons.filter((pair) => pair.disagrees).flatMap(ofPair);
      case "article":
        return articles[choice.article].statements;
      default:
        return null;
    }
  };
  const found = belonging();
  return found ? [...new Set(found)].filter((index) => shown.statements.has(index)).sort((a, b) => a - b) : [...shown.statements];
};
