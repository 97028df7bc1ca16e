/* The stories that the first screen tells: affairs with what is counted in them, then counted things that are of no affair.
   Those that have most to tell come first: what contradicts, then how many speak, then what is new. */

import { moved } from "../data/wording.js";

/** @typedef {{lane: number, title: string, told: string, pairs: kg.Comparison[], counts: [verdict: string, number: number][], speakers: string[], figures: number}} Counted */
/** @typedef {{title: string, affair: number | null, happening: string, days: [first: string, last: string] | null, articles: number[], lines: Counted[], speakers: string[], pairs: kg.Comparison[], counts: [verdict: string, number: number][], first: kg.Comparison | null}} Story */
const JUDGED = ["contradicts", "revises", "agrees"];

/* How many pairs have each verdict, the gravest first; a verdict that none has is left out. */
/** @type {(pairs: kg.Comparison[]) => [verdict: string, number: number][]} */
export const verdictsOf = (pairs) =>
  JUDGED.map((verdict) => /** @type {[string, number]} */ ([verdict, pairs.filter((pair) => pair.verdict === verdict).length])).filter(([, number]) => number > 0);

/** @type {(names: string[]) => string[]} */
const some = (names) => [...new Set(names.filter(Boolean))];

/* A time line as far as its figures pass the filters. */
/** @type {(graph: kg.Graph, shown: kg.Shown) => (lane: number) => Counted} */
const counting = ({ lanes, comparisons, statements }, shown) => (index) => {
  const lane = lanes[index];
  const points = lane.points.filter(([at]) => shown.statements.has(at));
  const pairs = lane.pairs.map((at) => comparisons[at]).filter(({ left, right }) => shown.statements.has(left.statement) && shown.statements.has(right.statement));
  return { lane: index, title: lane.label, told: moved(lane), pairs, counts: verdictsOf(pairs), speakers: some(points.map(([at]) => statements[at].speakerName)), figures: points.length };
};

/** @type {(days: (string | null)[]) => [first: string, last: string] | null} */
const ends = (days) => {
  const known = days.filter((day) => day !== null && day !== "").map(String).sort();
  return known.length ? [known[0], known[known.length - 1]] : null;
};

/** @type {(a: Counted, b: Counted) => number} */
const tellingFirst = (a, b) => b.pairs.filter(({ disagrees }) => disagrees).length - a.pairs.filter(({ disagrees }) => disagrees).length || b.figures - a.figures || a.lane - b.lane;
/** @type {(a: Story, b: Story) => number} */
const mostFirst = (a, b) =>
  b.pairs.filter(({ disagrees }) => disagrees).length - a.pairs.filter(({ disagrees }) => disagrees).length ||
  b.speakers.length - a.speakers.length ||
  (b.days?.[1] ?? "").localeCompare(a.days?.[1] ?? "");

/* `gravest`: the order of comparisons, the gravest and most telling first. */
/** @type {(graph: kg.Graph, shown: kg.Shown, gravest: (a: kg.Comparison, b: kg.Comparison) => number) => Story[]} */
export const stories = (graph, shown, gravest) => {
  const { affairs, articles, statements, comparisons, lanes } = graph;
  const count = counting(graph, shown);
  /** @type {(pairs: kg.Comparison[]) => kg.Comparison | null} */
  const firstOf = (pairs) => [...pairs].filter(({ verdict }) => JUDGED.includes(verdict)).sort(gravest)[0] ?? null;
  const told = affairs.flatMap(({ label, index, happening, articles: own, lanes: counted }) => {
    const within = new Set(own);
    const said = own.flatMap((at) => articles[at].statements).filter((at) => shown.statements.has(at));
    if (!said.length) return [];
    const inside = (/** @type {kg.Side} */ { statement }) => shown.statements.has(statement) && within.has(statements[statement].article ?? -1);
    const pairs = comparisons.filter(({ left, right }) => inside(left) && inside(right));
    const lines = counted.map(count).filter(({ figures }) => figures > 0).sort(tellingFirst);
    return [{ title: label, affair: index, happening, days: ends(own.map((at) => articles[at].published)), articles: own, lines, pairs, counts: verdictsOf(pairs), first: firstOf(pairs), speakers: some(said.filter((at) => statements[at].speaker !== null).map((at) => statements[at].speakerName)) }];
  });
  const grouped = new Set(affairs.flatMap((affair) => affair.lanes));
  const alone = lanes.flatMap((lane, index) => {
    const line = grouped.has(index) ? null : count(index);
    if (line === null || line.figures < 2) return [];
    return [{ title: line.title, affair: null, happening: "", days: ends(lane.points.map(([, , day]) => day)), articles: [], lines: [line], pairs: line.pairs, counts: line.counts, first: firstOf(line.pairs), speakers: line.speakers }];
  });
  return [...told.sort(mostFirst), ...alone.sort(mostFirst)];
};
