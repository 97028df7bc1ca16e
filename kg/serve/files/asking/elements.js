/* The elements of the page of questions. All that comes from the graph goes into it as text, never as markup. */

/** An element of the template, which is there.
 * @param {string} id */
export const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {string} id */
export const input = (id) => /** @type {HTMLInputElement} */ (document.getElementById(id));

/** @template {keyof HTMLElementTagNameMap} N
 * @param {N} name
 * @param {string | null} [text]
 * @param {Record<string, string>} [attributes]
 * @returns {HTMLElementTagNameMap[N]} */
export function make(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text ?? "";
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** A part of a picture.
 * @template {keyof SVGElementTagNameMap} N
 * @param {N} name
 * @param {Record<string, string | number>} attributes
 * @param {...Node} inside
 * @returns {SVGElementTagNameMap[N]} */
export function draw(name, attributes, ...inside) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...inside);
  return made;
}

/** @param {string} text */
export const say = (text) => {
  at("said").textContent = text;
};

/** What an error says.
 * @param {unknown} error */
export const words = (error) => (error instanceof Error ? error.message : String(error));

/** What the server has at a path; an error with its sentence where it has nothing.
 * @param {string} path
 * @returns {Promise<any>} */
export async function load(path) {
  const reply = await fetch(path);
  if (!reply.ok) throw new Error((await reply.text()).trim());
  return reply.json();
}
