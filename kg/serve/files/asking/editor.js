/* The editor of SPARQL: YASQE, which completes the terms of kg and the names of the graph. */
import { at, load } from "./elements.js";
import { shared } from "./shared.js";

const FIRST = "SELECT ?speaker ?content WHERE {\n  ?statement a kg:Statement ; kg:speaker/skos:prefLabel ?speaker ; kg:content ?content\n} ORDER BY ?speaker ?content LIMIT 50";
const TERM = /(?:^|[\s({;.,/|^])([a-z]*:?[\w-]*)$/;
const NAME = /<([^<>"]*)$/;
const MOST = 60; // terms that are offered

/** @type {Map<string, string>} what is shown for an IRI that is offered */
const names = new Map();

/** @param {desk.Editor} yasqe */
const before = (yasqe) => {
  const cursor = yasqe.getDoc().getCursor();
  return yasqe.getDoc().getLine(cursor.line).slice(0, cursor.ch);
};

/** @param {RegExp} pattern
 * @returns {(yasqe: desk.Editor, token: desk.Token) => desk.Token} */
const completed = (pattern) => (yasqe, token) => {
  const found = pattern.exec(before(yasqe));
  const { line, ch } = yasqe.getDoc().getCursor();
  const from = found ? ch - found[1].length - (pattern === NAME ? 1 : 0) : 0;
  return found ? { ...token, autocompletionString: found[1], from: { line, ch: from }, to: { line, ch } } : token;
};

/** @param {string} short */
const local = (short) => short.toLowerCase().split(":")[1];

/** @type {desk.Completer} */
const TERMS = {
  name: "kg-terms", bulk: false, autoShow: false, persistenceId: null,
  isValidCompletionPosition: (yasqe) => Boolean(TERM.exec(before(yasqe))?.[1]),
  preProcessToken: completed(TERM),
  get: (_, token) => {
    const part = (token?.autocompletionString ?? "").toLowerCase();
    return shared.known.terms.filter(({ short }) => short.toLowerCase().startsWith(part) || local(short).startsWith(part)).map(({ short }) => short).slice(0, MOST);
  },
  postprocessHints: (_, hints) =>
    hints.map((hint) => {
      const term = shared.known.terms.find(({ short }) => short === hint.text);
      return { ...hint, displayText: `${hint.text}   ${term ? `${term.kind}: ${term.label}` : ""}` };
    }),
};

/** @type {desk.Completer} */
const NAMES = {
  name: "kg-names", bulk: false, autoShow: false, persistenceId: null,
  isValidCompletionPosition: (yasqe) => NAME.test(before(yasqe)),
  preProcessToken: completed(NAME),
  get: async (_, token) => {
    /** @type {desk.Named[]} */
    const found = await load(`/names?q=${encodeURIComponent(token?.autocompletionString ?? "")}`);
    for (const one of found) names.set(`<${one.iri}>`, `${one.name}   ${one.type.replaceAll("_", " ")}${one.country ? `, ${one.country}` : ""}`);
    return found.map(({ iri }) => `<${iri}>`);
  },
  postprocessHints: (_, hints) => hints.map((hint) => ({ ...hint, displayText: names.get(hint.text) ?? hint.text })),
};

/** Open the editor; `run` asks what it holds.
 * @param {() => void} run */
export function open(run) {
  const given = /** @type {any} */ (window).Yasqe;
  const Yasqe = given.Yasqe ?? given.default ?? given;
  Yasqe.defaults.autocompleters = [];
  for (const completer of [TERMS, NAMES]) Yasqe.registerAutocompleter(completer);
  /** @type {desk.Editor} */
  const editor = new Yasqe(at("editor"), {
    value: FIRST, persistenceId: null, showQueryButton: false, resizeable: false, createShareableLink: null, consumeShareLink: null,
    autocompleters: ["kg-terms", "kg-names"], prefixCcApi: null, editorHeight: "auto", lineWrapping: true, screenReaderLabel: "SPARQL", viewportMargin: Infinity,
    // Prefixes of kg need no declaration, which a checker of plain SPARQL does not know.
    syntaxErrorCheck: false,
  });
  editor.getInputField().setAttribute("aria-label", "SPARQL");
  for (const keys of ["Ctrl-Enter", "Cmd-Enter"]) editor.addKeyMap({ [keys]: run });
  editor.addKeyMap({ Tab: false, "Shift-Tab": false }); // the keyboard leaves the editor as it leaves any field
  shared.editor = editor;
}
