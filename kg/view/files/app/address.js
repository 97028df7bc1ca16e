/* Filters and choice as the fragment of the page's address, by names that survive a new build: #off=place&show=node:… */
import { nodes, links, statements, comparisons, articles } from "../data/indexing.js";
import { state, SETS } from "../data/filtering.js";
import * as Filters from "../data/filtering.js";

const LISTS = Object.assign(Object.create(null), { node: nodes, statement: statements, comparison: comparisons, article: articles });
const link = (index) => [nodes[links[index].source].id, links[index].kind, nodes[links[index].target].id, links[index].label].join(" ");

export const write = (choice) => {
  const said = new URLSearchParams();
  for (const set of SETS) for (const name of [...state[set]].sort()) said.append(set, name);
  for (const name of ["from", "to", "low", "high"]) if (state[name] !== null) said.set(name, state[name]);
  if (state.confidence > 0) said.set("confidence", state.confidence);
  if (state.disagreements) said.set("disagreements", "only");
  if (state.only?.around) said.append("around", state.only.around[1]), said.append("around", nodes[state.only.around[0]].id);
  if (state.only?.path) for (const index of state.only.path) said.append("path", nodes[index].id);
  if (LISTS[choice.view]) said.append("show", choice.view), said.append("show", LISTS[choice.view][choice[choice.view]].id);
  else if (choice.view === "link") said.append("show", "link"), said.append("show", link(choice.link));
  else if (choice.view === "disagreements") said.append("show", "disagreements");
  if (choice.view === "article" && choice.statement !== undefined) said.append("show", statements[choice.statement].id);
  return said.toString();
};

const position = (list, id) => {
  const at = list.findIndex((one) => one.id === id);
  return at < 0 ? undefined : at;
};
const number = (text) => (text === null || text === "" || !Number.isFinite(Number(text)) ? null : Number(text));

/* Sets the filters; gives what to narrow to and what to show: {around, path, choice}, each only if it is there. */
export const read = (fragment) => {
  const said = new URLSearchParams(fragment.replace(/^#/, ""));
  Filters.reset();
  for (const set of SETS) for (const name of said.getAll(set)) state[set].add(name);
  for (const name of ["low", "high"]) state[name] = number(said.get(name));
  for (const name of ["from", "to"]) state[name] = /^\d{4}(-\d\d){0,2}$/.test(said.get(name) || "") ? said.get(name) : null;
  state.confidence = Math.min(1, Math.max(0, number(said.get("confidence")) || 0));
  state.disagreements = said.get("disagreements") === "only";
  const [steps, middle] = said.getAll("around");
  const around = middle === undefined ? undefined : position(nodes, middle);
  const ends = said.getAll("path").map((id) => position(nodes, id));
  const [view, id, extra] = said.getAll("show");
  let choice;
  if (view === "disagreements") choice = { view };
  else if (view === "link") choice = { view, link: links.findIndex((one) => link(one.index) === id) };
  else if (LISTS[view] && position(LISTS[view], id) !== undefined) choice = { view, [view]: position(LISTS[view], id) };
  if (choice?.link === -1) choice = undefined;
  if (choice?.view === "article" && extra && position(statements, extra) !== undefined) choice.statement = position(statements, extra);
  return {
    around: around === undefined ? null : [around, Number(steps) === 2 ? 2 : 1],
    path: ends.length === 2 && !ends.includes(undefined) ? ends : null,
    choice,
  };
};
