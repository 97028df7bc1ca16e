/* An answer as a table, a chart and a picture of what its rows tie together. */
import { draw, make } from "./elements.js";
import { shared } from "./shared.js";

export const SHOWN = 2000; // rows of a table
const DRAWN = 60; // nodes and bars of a picture
const COUNTRIES = "https://w3id.org/kg-said/country/";
const LINE = 24; // pixels of a bar and what parts it from the next
const [WIDE, HIGH] = [900, 640];

/** @param {string} iri */
export function short(iri) {
  for (const [prefix, space] of Object.entries(shared.known.prefixes)) if (iri.startsWith(space)) return `${prefix}:${iri.slice(space.length)}`;
  const rest = iri.startsWith(shared.settings.base) ? iri.slice(shared.settings.base.length) : iri;
  return rest.length > 40 ? `${rest.slice(0, 26)}…${rest.slice(-10)}` : rest;
}

/** Where a thing of the store has its page; empty for what has none.
 * @param {string} iri */
function path(iri) {
  if (iri.startsWith(COUNTRIES)) return `/country/${iri.slice(COUNTRIES.length)}`;
  const rest = iri.startsWith(shared.settings.base) ? iri.slice(shared.settings.base.length) : "";
  return shared.settings.kinds.includes(rest.split("/")[0]) ? `/${rest}` : "";
}

/** @param {desk.Term | undefined} term */
function cell(term) {
  if (!term) return make("td");
  if (term.type !== "uri") return make("td", term.value);
  const made = make("td");
  const target = path(term.value);
  made.append(target ? make("a", short(term.value), { href: target }) : make("span", short(term.value)));
  made.title = term.value;
  return made;
}

/** @param {desk.Rows} answer */
export function table({ head: { vars }, results: { bindings } }) {
  const body = make("tbody");
  for (const row of bindings.slice(0, SHOWN)) {
    const line = make("tr");
    line.append(...vars.map((name) => cell(row[name])));
    body.append(line);
  }
  const head = make("tr");
  head.append(...vars.map((name) => make("th", name, { scope: "col" })));
  const top = make("thead");
  top.append(head);
  const made = make("table");
  made.append(top, body);
  return made;
}

/** @param {desk.Term | undefined} term */
const numeric = (term) => term?.type === "literal" && /#(integer|decimal|double|float|int|long)$/.test(term.datatype ?? "");
/** @param {desk.Term | undefined} term */
const uri = (term) => term?.type === "uri";
/** @param {string} text
 * @param {number} most */
const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** The first column that holds numbers alone.
 * @param {desk.Rows} found */
export const numbers = ({ head, results: { bindings } }) =>
  head.vars.find((name) => bindings.some((row) => numeric(row[name])) && bindings.every((row) => !row[name] || numeric(row[name])));

/** What the rows tie together: pairs of things.
 * @param {desk.Rows} found
 * @returns {desk.End[][]} */
export function linksOf({ head: { vars }, results: { bindings } }) {
  const ends = vars.filter((name) => bindings.some((row) => uri(row[name]))).slice(0, 2);
  /** @param {string} name */
  const called = (name) => (vars.includes(`${name}_name`) ? `${name}_name` : name);
  if (ends.length < 2) return [];
  return bindings.filter((row) => ends.every((name) => uri(row[name]))).map((row) => ends.map((name) => ({ iri: row[name].value, name: row[called(name)]?.value ?? row[name].value })));
}

/** @param {desk.Rows} found */
export function chart(found) {
  const { vars } = found.head;
  const { bindings } = found.results;
  const value = numbers(found) ?? "";
  const label = vars.find((name) => name !== value && bindings.some((row) => row[name]?.type === "literal" && !numeric(row[name]))) ?? vars.find((name) => name !== value);
  const rows = bindings.filter((row) => row[value]).slice(0, DRAWN);
  const most = Math.max(...rows.map((row) => Math.abs(Number(row[value].value))), 1e-9);
  const picture = draw("svg", { viewBox: `0 0 ${WIDE} ${rows.length * LINE + 8}`, width: WIDE, role: "img", "aria-label": `${value} by ${label ?? "row"}, the table has the same values` });
  for (const [index, row] of rows.entries()) {
    const number = Number(row[value].value);
    const term = label ? row[label] : undefined;
    const text = draw("text", { x: 290, y: index * LINE + 17, "text-anchor": "end" });
    text.textContent = cut(term ? (uri(term) ? short(term.value) : term.value) : String(index + 1), 42);
    const amount = draw("text", { x: 306 + (500 * Math.abs(number)) / most, y: index * LINE + 17 });
    amount.textContent = number.toLocaleString("en");
    picture.append(text, draw("rect", { class: "bar", x: 300, y: index * LINE + 4, width: Math.max(1, (500 * Math.abs(number)) / most), height: 16, rx: 3 }), amount);
  }
  return picture;
}

/** @param {desk.End[][]} links */
export function ring(links) {
  /** @type {Map<string, string>} */
  const called = new Map();
  for (const { iri, name } of links.flat()) if (called.size < DRAWN && !called.has(iri)) called.set(iri, name);
  /** @type {Map<string, { x: number, y: number, right: boolean }>} */
  const places = new Map();
  for (const [index, iri] of [...called.keys()].entries()) {
    const angle = (2 * Math.PI * index) / called.size - Math.PI / 2;
    places.set(iri, { x: WIDE / 2 + 250 * Math.cos(angle), y: HIGH / 2 + 260 * Math.sin(angle), right: Math.cos(angle) >= -0.01 });
  }
  const picture = draw("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, width: WIDE, "aria-label": "What the rows tie together; the table tells the same", role: "group" });
  for (const [from, to] of links) {
    const [a, b] = [places.get(from.iri), places.get(to.iri)];
    if (a && b && a !== b) picture.append(draw("path", { class: "tie", fill: "none", d: `M${a.x},${a.y} Q${WIDE / 2},${HIGH / 2} ${b.x},${b.y}` }));
  }
  for (const [iri, { x, y, right }] of places) {
    const name = called.get(iri) ?? iri;
    const text = draw("text", { x: x + (right ? 9 : -9), y: y + 4, "text-anchor": right ? "start" : "end" });
    text.textContent = cut(name === iri ? short(iri) : name, 30);
    const target = path(iri);
    picture.append(draw("circle", { class: "node", cx: x, cy: y, r: 5 }), target ? draw("a", { href: target }, text) : text);
  }
  return picture;
}
