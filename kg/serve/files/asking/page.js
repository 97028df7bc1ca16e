/* The page of questions: what is asked, and how its answer is shown, saved and passed on. */
import { SHOWN, chart, linksOf, numbers, ring, table } from "./answers.js";
import { open } from "./editor.js";
import { at, input, load, make, say, words } from "./elements.js";
import { choose, chosen, fill, list, named, understand } from "./fields.js";
import { put, shared, text } from "./shared.js";

const ASKED = "kg-asked-here"; // that the question was typed on the first page, and not in somebody's link
/** @type {AbortController | undefined} */
let working;
/** @type {desk.Answer | undefined} */
let answer;

/** @param {string} accept
 * @param {AbortSignal} [signal] */
function ask(accept, signal) {
  const seconds = Math.min(Number(input("seconds").value) || shared.settings.timeout, shared.settings.timeout);
  const extracted = input("extracted").checked ? "&extracted=yes" : "";
  return fetch(`/sparql?timeout=${seconds}${extracted}`, { method: "POST", body: text(), headers: { "Content-Type": "application/sparql-query", Accept: accept }, signal: signal ?? null });
}

/** @param {unknown} error */
function problem(error) {
  if (error instanceof DOMException && error.name === "AbortError") return "Cancelled.";
  return error instanceof TypeError ? "The answer broke off: the server ended it, or is gone." : words(error);
}

async function run() {
  working?.abort();
  const mine = new AbortController();
  working = mine;
  const began = performance.now();
  say("Asking …");
  at("answer").replaceChildren();
  at("forms").hidden = true;
  input("cancel").disabled = false;
  remember();
  try {
    const reply = await ask("application/sparql-results+json, text/turtle;q=0.5", mine.signal);
    const told = await reply.text();
    if (!reply.ok) {
      say(told.trim());
      return;
    }
    const turtle = reply.headers.get("Content-Type")?.startsWith("text/turtle");
    answer = { ...(turtle ? { turtle: told } : JSON.parse(told)), seconds: (performance.now() - began) / 1000 };
    show("table");
  } catch (error) {
    if (working === mine) say(problem(error));
  } finally {
    if (working === mine) {
      input("cancel").disabled = true;
      working = undefined;
    }
  }
}

/** Do what leads to a question, then ask it.
 * @param {() => Promise<void>} first */
async function after(first) {
  try {
    await first();
  } catch (error) {
    say(words(error));
    return;
  }
  await run();
}

/** @returns {NodeListOf<HTMLButtonElement>} */
const forms = (kind = "[data-form]") => document.querySelectorAll(kind);

/** @param {string} form */
function show(form) {
  if (!answer) return;
  for (const button of forms()) button.setAttribute("aria-pressed", String(button.dataset.form === form));
  const took = `, in ${answer.seconds.toLocaleString("en", { maximumFractionDigits: 2 })} seconds`;
  at("forms").hidden = false;
  for (const button of forms("[data-form], [data-save]")) button.hidden = !answer.results;
  if (answer.turtle !== undefined) {
    say(`A graph${took}`);
    at("answer").replaceChildren(make("pre", answer.turtle.slice(0, 500000)));
    return;
  }
  if (!answer.results) {
    say(`${answer.boolean ? "Yes" : "No"}${took}`);
    return;
  }
  const rows = /** @type {desk.Rows} */ (answer);
  const number = rows.results.bindings.length;
  say(`${number.toLocaleString("en")} row${number === 1 ? "" : "s"}${number > SHOWN ? `, of which ${SHOWN.toLocaleString("en")} are shown` : ""}${took}`);
  const links = linksOf(rows);
  for (const button of forms('[data-form="chart"]')) button.disabled = !numbers(rows);
  for (const button of forms('[data-form="picture"]')) button.disabled = !links.length;
  at("answer").replaceChildren(form === "chart" ? chart(rows) : form === "picture" ? ring(links) : table(rows));
}

/** @param {string} accept */
async function save(accept) {
  const reply = await ask(accept);
  if (!reply.ok) {
    say((await reply.text()).trim());
    return;
  }
  const link = make("a");
  link.href = URL.createObjectURL(await reply.blob());
  link.download = accept === "text/csv" ? "answer.csv" : "answer.json";
  link.click();
  URL.revokeObjectURL(link.href);
}

const address = () => `${location.origin}/query#${new URLSearchParams({ query: text(), ...(named().value && text() === shared.filled ? { name: named().value } : {}) })}`;
const remember = () => history.replaceState(null, "", address());

async function share() {
  remember();
  try {
    await navigator.clipboard.writeText(address());
    say("The link is copied. It holds the question, not the answer.");
  } catch {
    say("The link is the address of this page now.");
  }
}

/* What a link holds is shown and not asked: whoever followed it decides. What was typed on the first page is asked. */
function recall() {
  const given = new URLSearchParams(location.hash.slice(1));
  const query = given.get("query");
  if (query) {
    choose(given.get("name") ?? "");
    put(query);
    say("This question is from the link; “Ask” asks it.");
    return;
  }
  const typed = new URLSearchParams(location.search).get("words");
  if (!typed) return;
  input("words").value = typed;
  if (sessionStorage.getItem(ASKED) === typed) after(understand);
  else say("This question is from the link; “Ask” asks it.");
  sessionStorage.removeItem(ASKED);
}

/** @param {string} id
 * @param {() => void} act */
function submitted(id, act) {
  at(id).addEventListener("submit", (event) => {
    event.preventDefault();
    act();
  });
}

async function start() {
  [shared.questions, shared.settings, shared.known] = await Promise.all([load("/questions"), load("/settings"), load("/terms")]);
  input("seconds").max = input("seconds").value = String(shared.settings.timeout);
  open(run);
  list();
  submitted("plain", () => {
    say("Looking for the question …");
    after(understand);
  });
  submitted("named-form", () => {
    if (named().value) after(fill);
  });
  submitted("form", run);
  named().addEventListener("change", () => {
    choose(named().value);
    const question = chosen();
    if (!question) return;
    if (question.parameters.some((one) => one.default === null)) {
      put(question.text);
      say("Fill in what it asks about.");
    } else after(fill);
  });
  at("cancel").addEventListener("click", () => working?.abort());
  at("share").addEventListener("click", share);
  for (const button of forms()) button.addEventListener("click", () => show(button.dataset.form ?? "table"));
  for (const button of forms("[data-save]")) button.addEventListener("click", () => save(button.dataset.save ?? ""));
  window.addEventListener("hashchange", recall);
  recall();
}
start().catch((error) => say(words(error)));
