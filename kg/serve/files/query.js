"use strict";
// The page of questions. All that comes from the graph goes into the page as text, never as markup.
const at = (id) => document.getElementById(id);
const make = (name, text, attributes = {}) => {
  const made = document.createElement(name);
  made.textContent = text ?? "";
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};
const draw = (name, attributes, ...inside) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
};
const FIRST = "SELECT ?speaker ?content WHERE {\n  ?statement a kg:Statement ; kg:speaker/skos:prefLabel ?speaker ; kg:content ?content\n} ORDER BY ?speaker ?content LIMIT 50";
const SHOWN = 2000; // rows of a table
const DRAWN = 60; // nodes and bars of a picture
let questions = [], settings = { base: "", kinds: [], timeout: 10, prefixes: {} }, known = { terms: [] }, editor, working, answer, names = new Map();

async function load(path) {
  const reply = await fetch(path);
  if (!reply.ok) throw new Error((await reply.text()).trim());
  return reply.json();
}
const say = (text) => { at("said").textContent = text; };

// ── the editor ──

const before = (yasqe) => {
  const cursor = yasqe.getDoc().getCursor();
  return yasqe.getDoc().getLine(cursor.line).slice(0, cursor.ch);
};
const TERM = /(?:^|[\s({;.,/|^])([a-z]*:?[\w-]*)$/;
const NAME = /<([^<>"]*)$/;
const completed = (pattern) => (yasqe, token) => {
  const found = pattern.exec(before(yasqe));
  const cursor = yasqe.getDoc().getCursor();
  return found ? { ...token, autocompletionString: found[1], from: { line: cursor.line, ch: cursor.ch - found[1].length - (pattern === NAME ? 1 : 0) }, to: { line: cursor.line, ch: cursor.ch } } : token;
};
function completers(Yasqe) {
  Yasqe.defaults.autocompleters = [];
  Yasqe.registerAutocompleter({
    name: "kg-terms", bulk: false, autoShow: false, persistenceId: null,
    isValidCompletionPosition: (yasqe) => { const found = TERM.exec(before(yasqe)); return Boolean(found && found[1]); },
    preProcessToken: completed(TERM),
    get: (yasqe, token) => {
      const part = (token?.autocompletionString ?? "").toLowerCase();
      const local = (short) => short.toLowerCase().split(":")[1];
      return known.terms.filter(({ short }) => short.toLowerCase().startsWith(part) || local(short).startsWith(part)).map(({ short }) => short).slice(0, 60);
    },
    postprocessHints: (yasqe, hints) => hints.map((hint) => { const term = known.terms.find(({ short }) => short === hint.text); return { ...hint, displayText: `${hint.text}   ${term ? `${term.kind}: ${term.label}` : ""}` }; }),
  });
  Yasqe.registerAutocompleter({
    name: "kg-names", bulk: false, autoShow: false, persistenceId: null,
    isValidCompletionPosition: (yasqe) => NAME.test(before(yasqe)),
    preProcessToken: completed(NAME),
    get: async (yasqe, token) => {
      const found = await load(`/names?q=${encodeURIComponent(token?.autocompletionString ?? "")}`);
      for (const one of found) names.set(`<${one.iri}>`, `${one.name}   ${one.type.replaceAll("_", " ")}${one.country ? `, ${one.country}` : ""}`);
      return found.map(({ iri }) => `<${iri}>`);
    },
    postprocessHints: (yasqe, hints) => hints.map((hint) => ({ ...hint, displayText: names.get(hint.text) ?? hint.text })),
  });
}
function open() {
  const Yasqe = window.Yasqe.Yasqe ?? window.Yasqe.default ?? window.Yasqe;
  completers(Yasqe);
  editor = new Yasqe(at("editor"), {
    value: FIRST, persistenceId: null, showQueryButton: false, resizeable: false, createShareableLink: null, consumeShareLink: null,
    autocompleters: ["kg-terms", "kg-names"], prefixCcApi: null, editorHeight: "auto", lineWrapping: true, screenReaderLabel: "SPARQL", viewportMargin: Infinity,
    // Prefixes of kg need no declaration, which a checker of plain SPARQL does not know.
    syntaxErrorCheck: false,
  });
  editor.getInputField().setAttribute("aria-label", "SPARQL");
  for (const keys of ["Ctrl-Enter", "Cmd-Enter"]) editor.addKeyMap({ [keys]: () => run() });
  editor.addKeyMap({ Tab: false, "Shift-Tab": false }); // the keyboard leaves the editor as it leaves any field
}

// ── questions ──

let filled = "";
function put(text) { filled = text; editor.setValue(text); }

function choose(name, params = {}) {
  const chosen = questions.find((question) => question.name === name);
  at("named").value = chosen ? name : "";
  at("asks").textContent = chosen ? chosen.question : "";
  at("fields").replaceChildren(...(chosen ? chosen.parameters.map((one) => field(one, params[one.name])) : []));
  if (chosen?.parameters.length) at("fields").append(make("button", "Ask"));
}
function field(parameter, value) {
  const part = make("div");
  const id = `field-${parameter.name}`;
  const label = make("label", parameter.name.replaceAll("_", " "), { for: id });
  const input = make("input", "", { id, name: parameter.name, type: { integer: "number", decimal: "number", date: "date" }[parameter.type] ?? "text", "aria-describedby": `${id}-told` });
  if (parameter.type === "decimal") input.step = "any";
  if (parameter.default === null) input.required = true;
  input.value = value ?? parameter.default ?? "";
  if (parameter.type === "name" || parameter.type === "iri") {
    input.setAttribute("list", "actors");
    input.addEventListener("input", () => offer(input.value));
  }
  part.append(label, input, make("span", parameter.text || { when: "a day, a month or a year", boolean: "true or false" }[parameter.type] || "", { class: "muted", id: `${id}-told` }));
  return part;
}
let offering;
function offer(words) {
  clearTimeout(offering);
  offering = setTimeout(async () => {
    const found = words.length > 1 && !words.includes("://") ? await load(`/names?q=${encodeURIComponent(words)}`).catch(() => []) : [];
    at("actors").replaceChildren(...found.map(({ iri, name, type, country }) => make("option", `${name}, ${type.replaceAll("_", " ")}${country ? `, ${country}` : ""}`, { value: iri })));
  }, 150);
}
async function fill() {
  const given = new URLSearchParams({ question: at("named").value });
  for (const input of at("fields").querySelectorAll("input")) given.set(input.name, input.value);
  put((await load(`/fill?${given}`)).text);
}
async function askNamed() {
  if (!at("named").value) return;
  try { await fill(); } catch (error) { say(error.message); return; }
  await run();
}
async function askPlain() {
  say("Looking for the question …");
  try {
    const found = await load(`/ask?q=${encodeURIComponent(at("words").value)}`);
    const params = Object.fromEntries(Object.entries(found.params).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]));
    choose(found.name, params);
    put(found.text);
  } catch (error) { say(error.message); return; }
  await run();
}

// ── asking ──

async function ask(accept, signal) {
  const seconds = Math.min(Number(at("seconds").value) || settings.timeout, settings.timeout);
  return fetch(`/sparql?timeout=${seconds}`, { method: "POST", body: editor.getValue(), headers: { "Content-Type": "application/sparql-query", Accept: accept }, signal });
}
async function run() {
  working?.abort();
  const mine = working = new AbortController();
  const began = performance.now();
  say("Asking …");
  at("answer").replaceChildren();
  at("forms").hidden = true;
  at("cancel").disabled = false;
  remember();
  try {
    const reply = await ask("application/sparql-results+json, text/turtle;q=0.5", mine.signal);
    const text = await reply.text();
    if (!reply.ok) { say(text.trim()); return; }
    const turtle = reply.headers.get("Content-Type").startsWith("text/turtle");
    answer = turtle ? { turtle: text } : JSON.parse(text);
    answer.seconds = (performance.now() - began) / 1000;
    show("table");
  } catch (error) {
    if (working === mine) say(error.name === "AbortError" ? "Cancelled." : error instanceof TypeError ? "The answer broke off: the server ended it, or is gone." : error.message);
  } finally {
    if (working === mine) { at("cancel").disabled = true; working = undefined; }
  }
}

// ── answers ──

const short = (iri) => {
  for (const [prefix, space] of Object.entries(settings.prefixes)) if (iri.startsWith(space)) return `${prefix}:${iri.slice(space.length)}`;
  const rest = iri.startsWith(settings.base) ? iri.slice(settings.base.length) : iri;
  return rest.length > 40 ? `${rest.slice(0, 26)}…${rest.slice(-10)}` : rest;
};
const path = (iri) => {
  const own = "https://w3id.org/kg-said/country/";
  if (iri.startsWith(own)) return `/country/${iri.slice(own.length)}`;
  const rest = iri.startsWith(settings.base) ? iri.slice(settings.base.length) : "";
  return settings.kinds.includes(rest.split("/")[0]) ? `/${rest}` : "";
};
function cell(term) {
  if (!term) return make("td");
  if (term.type !== "uri") return make("td", term.value);
  const made = make("td");
  const target = path(term.value);
  made.append(target ? make("a", short(term.value), { href: target }) : make("span", short(term.value)));
  made.title = term.value;
  return made;
}
function table({ head: { vars }, results: { bindings } }) {
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
const numeric = (term) => term?.type === "literal" && term.datatype && /#(integer|decimal|double|float|int|long)$/.test(term.datatype);
const columnOf = (found, test) => found.head.vars.find((name) => found.results.bindings.some((row) => test(row[name])) && found.results.bindings.every((row) => !row[name] || test(row[name])));
const uri = (term) => term?.type === "uri";
function linksOf(found) {
  const ends = found.head.vars.filter((name) => found.results.bindings.some((row) => uri(row[name]))).slice(0, 2);
  const named = (name) => (found.head.vars.includes(`${name}_name`) ? `${name}_name` : name);
  if (ends.length < 2) return [];
  return found.results.bindings.filter((row) => ends.every((name) => uri(row[name]))).map((row) => ends.map((name) => ({ iri: row[name].value, name: row[named(name)]?.value ?? row[name].value })));
}
function chart(found) {
  const value = columnOf(found, numeric);
  const label = found.head.vars.find((name) => name !== value && found.results.bindings.some((row) => row[name]?.type === "literal" && !numeric(row[name]))) ?? found.head.vars.find((name) => name !== value);
  const rows = found.results.bindings.filter((row) => row[value]).slice(0, DRAWN);
  const most = Math.max(...rows.map((row) => Math.abs(Number(row[value].value))), 1e-9);
  const picture = draw("svg", { viewBox: `0 0 900 ${rows.length * 24 + 8}`, width: 900, role: "img", "aria-label": `${value} by ${label ?? "row"}, the table has the same values` });
  for (const [index, row] of rows.entries()) {
    const number = Number(row[value].value), words = label && row[label] ? (uri(row[label]) ? short(row[label].value) : row[label].value) : String(index + 1);
    const text = draw("text", { x: 290, y: index * 24 + 17, "text-anchor": "end" });
    text.textContent = words.length > 42 ? `${words.slice(0, 41)}…` : words;
    const amount = draw("text", { x: 306 + (500 * Math.abs(number)) / most, y: index * 24 + 17 });
    amount.textContent = number.toLocaleString("en");
    picture.append(text, draw("rect", { class: "bar", x: 300, y: index * 24 + 4, width: Math.max(1, (500 * Math.abs(number)) / most), height: 16, rx: 3 }), amount);
  }
  return picture;
}
function ring(links) {
  const nodes = new Map();
  for (const pair of links) for (const { iri, name } of pair) if (nodes.size < DRAWN && !nodes.has(iri)) nodes.set(iri, { name });
  const wide = 900, high = 640, count = nodes.size;
  [...nodes.values()].forEach((node, index) => { const angle = (2 * Math.PI * index) / count - Math.PI / 2; Object.assign(node, { x: wide / 2 + 250 * Math.cos(angle), y: high / 2 + 260 * Math.sin(angle), angle }); });
  const picture = draw("svg", { viewBox: `0 0 ${wide} ${high}`, width: wide, "aria-label": "What the rows tie together; the table tells the same", role: "group" });
  for (const [from, to] of links) {
    const [a, b] = [nodes.get(from.iri), nodes.get(to.iri)];
    if (a && b && a !== b) picture.append(draw("path", { class: "tie", fill: "none", d: `M${a.x},${a.y} Q${wide / 2},${high / 2} ${b.x},${b.y}` }));
  }
  for (const [iri, { name, x, y, angle }] of nodes) {
    const right = Math.cos(angle) >= -0.01;
    const text = draw("text", { x: x + (right ? 9 : -9), y: y + 4, "text-anchor": right ? "start" : "end" });
    const words = name === iri ? short(iri) : name;
    text.textContent = words.length > 30 ? `${words.slice(0, 29)}…` : words;
    const target = path(iri);
    picture.append(draw("circle", { class: "node", cx: x, cy: y, r: 5 }), target ? draw("a", { href: target }, text) : text);
  }
  return picture;
}
function show(form) {
  for (const button of document.querySelectorAll("[data-form]")) button.setAttribute("aria-pressed", String(button.dataset.form === form));
  const took = `, in ${answer.seconds.toLocaleString("en", { maximumFractionDigits: 2 })} seconds`;
  at("forms").hidden = false;
  const rows = Boolean(answer.results);
  for (const button of document.querySelectorAll("[data-form], [data-save]")) button.hidden = !rows;
  if (answer.turtle !== undefined) { say(`A graph${took}`); at("answer").replaceChildren(make("pre", answer.turtle.slice(0, 500000))); return; }
  if (!rows) { say(`${answer.boolean ? "Yes" : "No"}${took}`); return; }
  const number = answer.results.bindings.length;
  say(`${number.toLocaleString("en")} row${number === 1 ? "" : "s"}${number > SHOWN ? `, of which ${SHOWN.toLocaleString("en")} are shown` : ""}${took}`);
  const links = linksOf(answer);
  document.querySelector('[data-form="chart"]').disabled = !columnOf(answer, numeric);
  document.querySelector('[data-form="picture"]').disabled = !links.length;
  at("answer").replaceChildren(form === "chart" ? chart(answer) : form === "picture" ? ring(links) : table(answer));
}
async function save(accept) {
  const reply = await ask(accept);
  if (!reply.ok) { say((await reply.text()).trim()); return; }
  const link = make("a");
  link.href = URL.createObjectURL(await reply.blob());
  link.download = accept === "text/csv" ? "answer.csv" : "answer.json";
  link.click();
  URL.revokeObjectURL(link.href);
}

// ── links ──

const address = () => `${location.origin}/query#${new URLSearchParams({ query: editor.getValue(), ...(at("named").value && editor.getValue() === filled ? { name: at("named").value } : {}) })}`;
const remember = () => history.replaceState(null, "", address());
async function share() {
  remember();
  try { await navigator.clipboard.writeText(address()); say("The link is copied. It holds the question, not the answer."); } catch { say("The link is the address of this page now."); }
}
/* What a link holds is shown and not asked: whoever followed it decides. */
function recall() {
  const given = new URLSearchParams(location.hash.slice(1));
  const text = given.get("query");
  if (!text) return;
  choose(given.get("name") ?? "");
  put(text);
  say("This question is from the link; “Ask” asks it.");
}

async function start() {
  [questions, settings, known] = await Promise.all([load("/questions"), load("/settings"), load("/terms")]);
  settings.prefixes = known.prefixes;
  at("seconds").max = at("seconds").value = settings.timeout;
  open();
  const groups = new Map();
  for (const question of questions) {
    if (!groups.has(question.group)) groups.set(question.group, make("optgroup", "", { label: question.group }));
    groups.get(question.group).append(make("option", question.title, { value: question.name }));
  }
  at("named").append(...groups.values());
  at("plain").addEventListener("submit", (event) => { event.preventDefault(); askPlain(); });
  at("named-form").addEventListener("submit", (event) => { event.preventDefault(); askNamed(); });
  at("form").addEventListener("submit", (event) => { event.preventDefault(); run(); });
  at("named").addEventListener("change", async () => {
    choose(at("named").value);
    const chosen = questions.find(({ name }) => name === at("named").value);
    if (!chosen) return;
    if (chosen.parameters.some((one) => one.default === null)) { put(chosen.text); say("Fill in what it asks about."); } else await askNamed();
  });
  at("cancel").addEventListener("click", () => working?.abort());
  at("share").addEventListener("click", share);
  for (const button of document.querySelectorAll("[data-form]")) button.addEventListener("click", () => show(button.dataset.form));
  for (const button of document.querySelectorAll("[data-save]")) button.addEventListener("click", () => save(button.dataset.save));
  window.addEventListener("hashchange", recall);
  recall();
}
start().catch((error) => say(error.message));
