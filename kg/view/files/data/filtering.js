/* Which actors, links and statements the reader's filters let through. Every set of a filter holds what is switched off. */

export const SETS = /** @type {const} */ (["families", "kinds", "voices", "certainties", "publishers"]);
const NOWHERE = "publisher not given";
const BLANK = { confidence: 0, low: null, high: null, disagreements: false, from: null, to: null, only: null };

/* Filters that let everything through. */
/** @type {() => kg.Filters} */
export const unfiltered = () => ({ families: new Set(), kinds: new Set(), voices: new Set(), certainties: new Set(), publishers: new Set(), wished: new Set(), clock: "published", more: false, whole: false, page: 0, hulls: false, byLinks: false, ...BLANK });
/** @type {(state: kg.Filters) => void} */
export const clear = (state) => {
  for (const name of SETS) state[name].clear();
  Object.assign(state, BLANK);
};

/** @type {(graph: kg.Graph, statement: kg.Statement) => string} */
export const publisher = ({ articles }, { article }) => (article === null ? "" : articles[article].publisher) || NOWHERE;

/* The day of a statement by the clock that the reader looks at: when it was published, or when it was said. */
/** @type {(graph: kg.Graph, clock: kg.Filters["clock"], statement: kg.Statement) => string} */
export const dayOf = ({ articles }, clock, { article, date }) => (clock === "said" ? date : (article !== null && articles[article].published) || "");

/** @type {(state: kg.Filters, day: string) => boolean} */
const inTime = ({ from, to }, day) => {
  if (from === null && to === null) return true;
  if (!day) return false;
  return (from === null || day >= from.slice(0, day.length)) && (to === null || day.slice(0, to.length) <= to);
};
/* A figure is in the range when what it may be reaches into it. */
/** @type {(state: kg.Filters, figure: kg.Figure) => boolean} */
const inRange = (state, figure) => {
  const low = figure.low ?? (figure.high === null ? figure.value : -Infinity);
  const high = figure.high ?? (figure.low === null ? figure.value : Infinity);
  if (low === null || high === null) return false;
  return (state.low === null || high >= state.low) && (state.high === null || low <= state.high);
};
/** @type {(graph: kg.Graph, state: kg.Filters, statement: kg.Statement) => boolean} */
const allows = (graph, state, statement) =>
  !state.voices.has(statement.kind) &&
  !state.certainties.has(statement.certainty) &&
  (state.confidence === 0 || statement.confidence === null || statement.confidence >= state.confidence) &&
  (state.publishers.size === 0 || !state.publishers.has(publisher(graph, statement))) &&
  ((state.low === null && state.high === null) || statement.figures.some((figure) => inRange(state, figure))) &&
  inTime(state, dayOf(graph, state.clock, statement));

/* Whether a filter on statements is set; whether any filter is. */
/** @type {(state: kg.Filters) => boolean} */
const narrowed = (state) =>
  state.voices.size + state.certainties.size + state.publishers.size > 0 ||
  state.confidence > 0 || state.low !== null || state.high !== null || state.from !== null || state.to !== null;
/** @type {(state: kg.Filters) => boolean} */
export const active = (state) => narrowed(state) || state.families.size + state.kinds.size > 0 || state.disagreements || state.only !== null;

/** @type {(length: number) => Set<number>} */
const each = (length) => {
  const found = new Set();
  for (let at = 0; at < length; at += 1) found.add(at);
  return found;
};

/* The indices of nodes, links and statements that pass. */
/** @type {(graph: kg.Graph, state: kg.Filters) => kg.Shown} */
export const passing = (graph, state) => {
  const { nodes, links, statements, comparisons } = graph;
  if (!active(state)) return { nodes: each(nodes.length), links: each(links.length), statements: each(statements.length) };
  /** @type {Set<number>} */
  const passed = new Set();
  for (const statement of statements) if (allows(graph, state, statement)) passed.add(statement.index);
  const some = narrowed(state);
  /** @type {(comparison: kg.Comparison) => boolean} */
  const bothPass = ({ left, right }) => passed.has(left.statement) && passed.has(right.statement);
  const compared = state.disagreements ? new Set(comparisons.filter((pair) => pair.disagrees && bothPass(pair)).map((pair) => pair.index)) : null;
  /** @type {Set<number>} */
  const shown = new Set();
  for (const node of nodes) {
    if (state.families.has(node.family) || (state.only && !state.only.nodes.has(node.index))) continue;
    if (compared && !node.comparisons.some((index) => compared.has(index))) continue;
    if (some && !node.said.some((index) => passed.has(index)) && !node.about.some((index) => passed.has(index))) continue;
    shown.add(node.index);
  }
  /** @type {Set<number>} */
  const drawn = new Set();
  for (const link of links) {
    if (state.kinds.has(link.kind) || !shown.has(link.source) || !shown.has(link.target)) continue;
    if (some && link.statements.length && !link.statements.some((index) => passed.has(index))) continue;
    if (some && link.comparisons.length && !link.comparisons.some((index) => bothPass(comparisons[index]))) continue;
    if (state.only?.links && !state.only.links.has(link.index)) continue;
    drawn.add(link.index);
  }
  return { nodes: shown, links: drawn, statements: passed };
};
