/* The order of comparisons: the gravest verdict first, within it the most telling. */

/** @type {(a: string, b: string) => boolean} */
const alike = (a, b) => Boolean(a) && plain(a) === plain(b);
/** @type {(text: string) => string} */
const plain = (text) => text.toLowerCase().trim();
/** @type {(figure: kg.Figure) => number} */
const size = ({ value, low, high }) => value ?? low ?? high ?? 0;

/* How telling a comparison is: two speakers, on the same people, event and place. Figures many times apart more often
   count different things, so that the widest gap is no merit. */
/** @type {(graph: kg.Graph, pair: kg.Comparison) => number} */
export const telling = ({ statements }, { left, right }) => {
  const [a, b] = [left.figure, right.figure];
  const apart = size(a) > 0 && size(b) > 0 ? Math.abs(Math.log2(size(a) / size(b))) : 2;
  const speakers = statements[left.statement].speaker !== statements[right.statement].speaker;
  const merits = 2 * Number(speakers) + 2 * Number(alike(a.event, b.event)) + 2 * Number(alike(a.population, b.population)) + Number(alike(a.place, b.place));
  return merits - Math.max(0, apart - 1);
};

/* For sorting. */
/** @type {(graph: kg.Graph) => (a: kg.Comparison, b: kg.Comparison) => number} */
export const gravestFirst = (graph) => (a, b) =>
  graph.verdicts[a.verdict].order - graph.verdicts[b.verdict].order || telling(graph, b) - telling(graph, a) || a.index - b.index;
