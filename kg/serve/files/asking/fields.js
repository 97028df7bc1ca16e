/* The named questions, and a field for each parameter of the one that is chosen. */
import { at, input, load, make } from "./elements.js";
import { put, shared } from "./shared.js";

const PAUSE = 150; // milliseconds after which names are offered for what was typed
/** @type {Record<string, string>} */
const INPUTS = { integer: "number", decimal: "number", date: "date" };
/** @type {Record<string, string>} */
const TOLD = { when: "a day, a month or a year", boolean: "true or false" };

/** The field in which a named question is chosen. */
export const named = () => /** @type {HTMLSelectElement} */ (/** @type {unknown} */ (at("named")));

/** The question that is chosen, if one is. */
export const chosen = () => shared.questions.find(({ name }) => name === named().value);

/** Choose a question and fill its fields in.
 * @param {string} name
 * @param {Record<string, string>} [params] */
export function choose(name, params = {}) {
  const found = shared.questions.find((question) => question.name === name);
  named().value = found ? name : "";
  at("asks").textContent = found ? found.question : "";
  at("fields").replaceChildren(...(found ? found.parameters.map((one) => field(one, params[one.name])) : []));
  if (found?.parameters.length) at("fields").append(make("button", "Ask"));
}

/** @param {desk.Parameter} parameter
 * @param {string | undefined} value */
function field(parameter, value) {
  const part = make("div");
  const id = `field-${parameter.name}`;
  const label = make("label", parameter.name.replaceAll("_", " "), { for: id });
  const made = make("input", "", { id, name: parameter.name, type: INPUTS[parameter.type] ?? "text", "aria-describedby": `${id}-told` });
  if (parameter.type === "decimal") made.step = "any";
  if (parameter.default === null) made.required = true;
  made.value = value ?? parameter.default ?? "";
  if (parameter.type === "name" || parameter.type === "iri") {
    made.setAttribute("list", "actors");
    made.addEventListener("input", () => offer(made.value));
  }
  part.append(label, made, make("span", parameter.text || TOLD[parameter.type] || "", { class: "muted", id: `${id}-told` }));
  return part;
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let offering;

/** @param {string} typed */
function offer(typed) {
  clearTimeout(offering);
  offering = setTimeout(async () => {
    /** @type {desk.Named[]} */
    const found = typed.length > 1 && !typed.includes("://") ? await load(`/names?q=${encodeURIComponent(typed)}`).catch(() => []) : [];
    at("actors").replaceChildren(...found.map(({ iri, name, type, country }) => make("option", `${name}, ${type.replaceAll("_", " ")}${country ? `, ${country}` : ""}`, { value: iri })));
  }, PAUSE);
}

/** Put the SPARQL of the chosen question with what its fields hold into the editor. */
export async function fill() {
  const given = new URLSearchParams({ question: named().value });
  for (const one of at("fields").querySelectorAll("input")) given.set(one.name, one.value);
  put((await load(`/fill?${given}`)).text);
}

/** The question that one in plain words is, chosen and filled in. */
export async function understand() {
  const found = await load(`/ask?q=${encodeURIComponent(input("words").value)}`);
  const params = Object.entries(found.params).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]);
  choose(found.name, Object.fromEntries(params));
  put(found.text);
}

/** The questions by their groups. */
export function list() {
  /** @type {Map<string, HTMLOptGroupElement>} */
  const groups = new Map();
  for (const { group, name, title } of shared.questions) {
    const part = groups.get(group) ?? make("optgroup", "", { label: group });
    groups.set(group, part);
    part.append(make("option", title, { value: name }));
  }
  named().append(...groups.values());
}
