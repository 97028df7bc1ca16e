/* What all parts of the page of questions look at: what the server told, and the editor. */

/** @type {desk.Shared} */
export const shared = { questions: [], settings: { base: "", kinds: [], timeout: 10 }, known: { terms: [], prefixes: {} }, editor: undefined, filled: "" };

/** The text of the editor. */
export const text = () => shared.editor?.getValue() ?? "";

/** Put a text into the editor that a question fills in.
 * @param {string} given */
export function put(given) {
  shared.filled = given;
  shared.editor?.setValue(given);
}
