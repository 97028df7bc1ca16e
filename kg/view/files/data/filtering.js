/* What the reader has chosen to see, and what of the graph that lets through. Every set holds what is switched off. */
import { nodes, links, statements, comparisons, articles, disagrees } from "./indexing.js";

export const SETS = ["families", "kinds", "voices", "certainties", "publishers"];
const NOWHERE = "publisher not given";

export const state = { ...Object.fromEntries(SETS.map((name) => [name, new Set()])) };
const blank = { confidence: 0, low: null, high: null, disagreements: false, from: null, to: null, only: null };
export const reset = () => {
  for (const name of SETS) state[name].clear();
  Object.assign(state, blank);
};
reset();

export const publisher = (statement) => articles[statement.article]?.publisher || NOWHERE;
const inTime = (day) => {
  if (state.from === null && state.to === null) return true;
  if (!day) return false;
  const [from, to] = [state.from, state.to];
  return (from === null || day >= from.slice(0, day.length)) && (to === null || day.slice(0, to.length) <= to);
};
/* A figure is in the range when what it may be reaches into it. */
const inRange = (figure) => {
  const low = figure.low ?? (figure.high === null ? figure.value : -Infinity);
  const high = figure.high ?? (figure.low === null ? figure.value : Infinity);
  if (low === null || high === null) return false;
  return (state.low === null || high >= state.low) && (state.high === null || low <= state.high);
};
const allows = (statement) =>
  !state.voices.has(statement.kind) &&
  !state.certainties.has(statement.certainty) &&
  (state.confidence === 0 || statement.confidence === null || statement.confidence >= state.confidence) &&
  (state.publishers.size === 0 || !state.publishers.has(publisher(statement))) &&
  ((state.low === null && state.high === null) || statement.figures.some(inRange)) &&
  inTime(statement.date);
export const allowsComparison = (comparison) =>
  allows(statements[comparison.left.statement]) && allows(statements[comparison.right.statement]);
const narrowed = () =>
  ["voices", "certainties", "publishers"].some((name) => state[name].size > 0) ||
  state.confidence > 0 || state.low !== null || state.high !== null || state.from !== null || state.to !== null;
export const active = () => narrowed() || state.families.size + state.kinds.size > 0 || state.disagreements || state.only !== null;

/* The indices of nodes, links and statements that pass. */
export const visible = () => {
  const passed = new Set();
  for (const statement of statements) if (allows(statement)) passed.add(statement.index);
  const some = narrowed();
  const compared = state.disagreements ? new Set(comparisons.filter((c) => disagrees(c) && allowsComparison(c)).map((c) => c.index)) : null;
  const shown = new Set();
  for (const node of nodes) {
    if (state.families.has(node.family) || (state.only && !state.only.nodes.has(node.index))) continue;
    if (compared && !node.comparisons.some((index) => compared.has(index))) continue;
    if (some && !node.said.some((index) => passed.has(index)) && !node.about.some((index) => passed.has(index))) continue;
    shown.add(node.index);
  }
  const drawn = new Set();
  for (const link of links) {
    if (state.kinds.has(link.kind) || !shown.has(link.source) || !shown.has(link.target)) continue;
    if (some && link.statements.length && !link.statements.some((index) => passed.has(index))) continue;
    if (some && link.comparisons.length && !link.comparisons.some((index) => allowsComparison(comparisons[index]))) continue;
    if (state.only?.links && !state.only.links.has(link.index)) continue;
    drawn.add(link.index);
  }
  return { nodes: shown, links: drawn, statements: passed };
};
