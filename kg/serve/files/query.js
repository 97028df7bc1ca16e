"use strict";
// All that comes from the graph goes into the page as text, never as markup.
const at = (id) => document.getElementById(id);
const make = (name, text) => { const made = document.createElement(name); made.textContent = text ?? ""; return made; };
let questions = [];

function cell(term) {
  if (!term) return make("td");
  if (term.type !== "uri") return make("td", term.value);
  const name = term.value.replace("https://w3id.org/kg-said/ns#", "kg:").replace(/^https?:\/\/\S*?\/(?=(?:article|entity|country)\/)/, "");
  const made = make("td", name.length > 36 ? `${name.slice(0, 24)}…${name.slice(-8)}` : name);
  made.title = term.value;
  return made;
}

async function ask(accept) {
  return fetch("/sparql", { method: "POST", body: at("text").value, headers: { "Content-Type": "application/sparql-query", Accept: accept } });
}

async function show() {
  at("said").textContent = "Asking …";
  at("rows").replaceChildren();
  const reply = await ask("application/sparql-results+json, text/turtle;q=0.5");
  if (!reply.ok) { at("said").textContent = (await reply.text()).trim(); return; }
  if (reply.headers.get("Content-Type").startsWith("text/turtle")) {
    at("said").textContent = "A graph";
    at("rows").append(make("pre", await reply.text()));
    return;
  }
  const found = await reply.json();
  if ("boolean" in found) { at("said").textContent = found.boolean ? "Yes" : "No"; return; }
  const columns = found.head.vars, rows = found.results.bindings;
  at("said").textContent = `${rows.length} row${rows.length === 1 ? "" : "s"}`;
  const head = make("tr");
  for (const column of columns) { const cell = make("th", column); cell.scope = "col"; head.append(cell); }
  const parts = [head];
  for (const row of rows.slice(0, 2000)) {
    const line = make("tr");
    for (const column of columns) line.append(cell(row[column]));
    parts.push(line);
  }
  at("rows").replaceChildren(...parts);
}

async function save() {
  const reply = await ask("text/csv");
  if (!reply.ok) { at("said").textContent = (await reply.text()).trim(); return; }
  const link = make("a");
  link.href = URL.createObjectURL(await reply.blob());
  link.download = "answer.csv";
  link.click();
}

at("form").addEventListener("submit", (event) => { event.preventDefault(); show(); });
at("csv").addEventListener("click", save);
at("text").addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) show(); });
at("named").addEventListener("change", () => {
  const chosen = questions.find((question) => question.name === at("named").value);
  at("asks").textContent = chosen ? chosen.question : "";
  if (chosen) { at("text").value = chosen.text; show(); }
});
fetch("/questions").then((reply) => reply.json()).then((list) => {
  questions = list;
  for (const question of list) { const option = make("option", question.title); option.value = question.name; at("named").append(option); }
});
