/* Filters and choice as the fragment of the page's address, by names that survive a new build: #off=place&show=node:… */
import { SETS, clear } from "../data/filtering.js";

/* The lists whose members have an id. */
/** @type {(graph: kg.Graph) => Record<string, {id: string}[] | undefined>} */
const listed = ({ nodes, statements, comparisons, articles, affairs, publishers }) => Object.assign(Object.create(null), { node: nodes, statement: statements, comparison: comparisons, article: articles, affair: affairs, publisher: publishers });
/** @type {(graph: kg.Graph, index: number) => string} */
const linkName = ({ nodes, links }, index) => [nodes[links[index].source].id, links[index].kind, nodes[links[index].target].id, links[index].label].join(" ");

/* Members of `choice` lists are named by id; a community by the most telling of it. */
/** @type {(graph: kg.Graph, state: kg.Filters, choice: kg.Choice, manner: kg.Manner) => string} */
export const writeAddress = (graph, state, choice, { theme, look, dialog, groups, opened }) => {
  const list = listed(graph)[choice.view];
  const said = new URLSearchParams();
  const add = (/** @type {string} */ name, /** @type {string[]} */ ...values) => {
    for (const value of values) said.append(name, value);
  };
  for (const set of SETS) for (const name of [...state[set]].sort()) said.append(set, name);
  for (const name of /** @type {const} */ (["from", "to", "low", "high"])) if (state[name] !== null) said.set(name, String(state[name]));
  if (state.confidence > 0) said.set("confidence", String(state.confidence));
  for (const name of [...state.wished].sort()) said.append("wish", name);
  if (state.clock === "said") said.set("clock", "said");
  if (state.whole || state.more) said.set("picture", state.whole ? "map" : "more");
  if (state.page) said.set("page", String(state.page + 1));
  if (state.hulls) add("style", "outlines");
  if (state.byLinks) add("style", "links");
  if (choice.view === "search") {
    add("show", "search", choice.query);
    for (const facet of choice.facets ?? []) add("facet", ...facet);
  }
  if (choice.view === "group") add("show", "group", graph.nodes[groups[choice.group].first].id);
  if (state.disagreements) said.set("disagreements", "only");
  if (state.only?.around) add("around", String(state.only.around[1]), graph.nodes[state.only.around[0]].id);
  if (state.only?.path) add("path", ...state.only.path.map((index) => graph.nodes[index].id));
  if (list) add("show", choice.view, list[/** @type {any} */ (choice)[choice.view]].id);
  else if (choice.view === "link") add("show", "link", linkName(graph, choice.link));
  else if (choice.view === "disagreements") add("show", "disagreements");
  if (choice.view === "article" && choice.statement !== undefined) add("show", graph.statements[choice.statement].id);
  add("unfold", ...[...opened].map((group) => graph.nodes[groups[group].first].id));
  add("open", ...dialog);
  if (look) add("look", ...look.map((number) => String(Math.round(number * 1000) / 1000)));
  if (theme) said.set("theme", theme);
  return said.toString();
};

/** @type {(list: {id: string}[], id: string) => number | undefined} */
const position = (list, id) => {
  const at = list.findIndex((one) => one.id === id);
  return at < 0 ? undefined : at;
};
/** @type {(text: string | null) => number | null} */
const number = (text) => (text === null || text === "" || !Number.isFinite(Number(text)) ? null : Number(text));

/* What to show, unless it is gone from the graph. */
/** @type {(graph: kg.Graph, shown: string[], facets: [name: string, value: string][], group: (id: string) => number) => kg.Choice | undefined} */
const readChoice = (graph, [view, id, extra], facets, group) => {
  if (view === "disagreements") return { view };
  if (view === "search") return id ? { view, query: id, ...(facets.length ? { facets } : {}) } : undefined;
  if (view === "group") return group(id) < 0 ? undefined : { view, group: group(id) };
  if (view === "link") {
    const link = graph.links.findIndex((one) => linkName(graph, one.index) === id);
    return link < 0 ? undefined : { view, link };
  }
  const list = listed(graph)[view];
  const at = list && position(list, id);
  if (at === undefined) return undefined;
  const statement = view === "article" && extra ? position(graph.statements, extra) : undefined;
  return /** @type {kg.Choice} */ ({ view, [view]: at, ...(statement === undefined ? {} : { statement }) });
};

/* Sets the filters; gives what to narrow to, what to show and how: each only if it is there. */
/** @typedef {{around: [number, number] | null, path: [number, number] | null, choice: kg.Choice | undefined, page: number, theme: kg.Manner["theme"], look: kg.Manner["look"], dialog: string[], opened: number[]}} Wanted */
/** @type {(graph: kg.Graph, state: kg.Filters, fragment: string, groups?: kg.Group[]) => Wanted} */
export const readAddress = (graph, state, fragment, groups = []) => {
  const { nodes } = graph;
  const said = new URLSearchParams(fragment.replace(/^#/, ""));
  clear(state);
  for (const set of SETS) for (const name of said.getAll(set)) state[set].add(name);
  const day = (/** @type {string} */ name) => (/^\d{4}(-\d\d){0,2}$/.test(said.get(name) || "") ? said.get(name) : null);
  [state.low, state.high, state.from, state.to] = [number(said.get("low")), number(said.get("high")), day("from"), day("to")];
  state.confidence = Math.min(1, Math.max(0, number(said.get("confidence")) || 0));
  state.disagreements = said.get("disagreements") === "only";
  for (const name of /** @type {const} */ (["places", "publishers"])) said.getAll("wish").includes(name) ? state.wished.add(name) : state.wished.delete(name);
  state.clock = said.get("clock") === "said" ? "said" : "published";
  [state.whole, state.more] = [said.get("picture") === "map", said.get("picture") === "more"];
  [state.hulls, state.byLinks] = [said.getAll("style").includes("outlines"), said.getAll("style").includes("links")];
  const group = (/** @type {string} */ id) => groups.findIndex(({ first }) => nodes[first].id === id);
  const look = said.getAll("look").map(Number);
  const facets = said.getAll("facet");
  const [steps, middle] = said.getAll("around");
  const around = middle === undefined ? undefined : position(nodes, middle);
  const [from, to, ...more] = said.getAll("path").map((id) => position(nodes, id));
  return {
    around: around === undefined ? null : [around, Number(steps) === 2 ? 2 : 1],
    path: from === undefined || to === undefined || more.length ? null : [from, to],
    choice: readChoice(graph, said.getAll("show"), facets.flatMap((name, at) => (at % 2 ? [] : [/** @type {[string, string]} */ ([name, facets[at + 1] ?? ""])])), group),
    page: Math.max(0, Math.floor(number(said.get("page")) ?? 1) - 1),
    theme: said.get("theme") === "dark" ? "dark" : said.get("theme") === "light" ? "light" : null,
    look: look.length === 3 && look.every(Number.isFinite) && look[2] > 0 ? /** @type {[number, number, number]} */ (look) : null,
    dialog: said.getAll("open"),
    opened: said.getAll("unfold").map(group).filter((at) => at >= 0),
  };
};
