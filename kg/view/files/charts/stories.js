/* The stories that the first screen tells, one a counted thing: its figures over time, who gave them, how they lie to one
   another. Whatever groups statements into affairs needs only to give the same shape. */

/** @typedef {{title: string, told: string, lane: number, speakers: string[], pairs: kg.Comparison[], counts: [verdict: string, number: number][], first: kg.Comparison | null}} Story */
const JUDGED = ["contradicts", "revises", "agrees"];

/** @type {(graph: kg.Graph, shown: kg.Shown) => Story[]} */
export const stories = ({ lanes, comparisons, statements }, shown) =>
  lanes.flatMap((lane, index) => {
    const points = lane.points.filter(([at]) => shown.statements.has(at));
    if (points.length < 2) return [];
    const pairs = lane.pairs.map((at) => comparisons[at]).filter(({ left, right }) => shown.statements.has(left.statement) && shown.statements.has(right.statement));
    const counts = JUDGED.map((verdict) => /** @type {[string, number]} */ ([verdict, pairs.filter((pair) => pair.verdict === verdict).length])).filter(([, number]) => number > 0);
    return [{
      title: lane.label, told: lane.story, lane: index, pairs, counts,
      speakers: [...new Set(points.map(([at]) => statements[at].speakerName).filter(Boolean))],
      first: JUDGED.map((verdict) => pairs.find((pair) => pair.verdict === verdict)).find((pair) => pair) ?? null,
    }];
  });
