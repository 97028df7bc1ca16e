/* The facets of a search, and what passes those that are set: type and country of who speaks, body, kind of statement. */
import { families, nodes, statements, voices } from "../data/graph.js";

/** @typedef {{of: (actor: number) => string[], and: (statement: number) => string[]}} Facet */
/** @type {(index: number | null) => kg.Actor | undefined} */
const speaker = (index) => (index === null ? undefined : nodes[index]);
/** @type {(names: (string | undefined | false)[]) => string[]} */
const some = (names) => [...new Set(names.filter((name) => typeof name === "string" && name !== ""))].map(String);
/** @type {Record<string, Facet>} */
export const FACETS = {
  Type: { of: (at) => [families[nodes[at].family].plural], and: (at) => some([families[speaker(statements[at].speaker)?.family ?? ""]?.plural]) },
  Country: { of: (at) => some([nodes[at].country]), and: (at) => some([speaker(statements[at].speaker)?.country]) },
  Body: { of: (at) => some([nodes[at].partOf, ...nodes[at].offices.map(({ organisationName }) => organisationName)]), and: (at) => some([statements[at].organisation]) },
  Kind: { of: () => [], and: (at) => [voices[statements[at].kind] || statements[at].kind] },
};

/* What of the hits passes all facets that are set, but perhaps one, which is counted. */
/** @type {(found: kg.Choice[], set: [name: string, value: string][], but?: string) => {actors: number[], said: number[]}} */
export const passing = (found, set, but) => {
  /** @type {Map<string, Set<string>>} */
  const chosen = new Map();
  for (const [name, value] of set) if (name !== but && FACETS[name]) chosen.set(name, (chosen.get(name) ?? new Set()).add(value));
  const wanted = [...chosen];
  return {
    actors: found.flatMap((one) => (one.view === "node" && wanted.every(([name, values]) => FACETS[name].of(one.node).some((value) => values.has(value))) ? [one.node] : [])),
    said: found.flatMap((one) => (one.view === "statement" && wanted.every(([name, values]) => FACETS[name].and(one.statement).some((value) => values.has(value))) ? [one.statement] : [])),
  };
};
