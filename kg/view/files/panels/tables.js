/* The same data as tables: for reading in order, for screen readers, and for those who trust tables more. */
import { articleOf, kinds, links, nodes, statements, voices } from "../data/graph.js";
import { date, office, reading, short } from "../data/wording.js";
import { button, fill, h } from "../elements.js";

const ROWS = 500;

/** @type {Record<string, {heads: string[], rows: (shown: kg.Shown) => {choice: kg.Choice, cells: (string | number)[]}[]}>} */
const SHEETS = {
  Statements: {
    heads: ["Speaker", "Office then", "Cue", "Kind", "Content", "Figures", "Said on", "Article"],
    rows: ({ statements: shown }) =>
      statements
        .filter((statement) => shown.has(statement.index))
        .map((statement) => ({
          choice: { view: "statement", statement: statement.index },
          cells: [
            statement.speakerName || "no source named",
            office(statement),
            statement.cue,
            voices[statement.kind] || statement.kind,
            short(statement.content, 220),
            statement.figures.map(reading).join("; "),
            date(statement.saidOn),
            short(articleOf(statement)?.title || "", 60),
          ],
        })),
  },
  Actors: {
    heads: ["Name", "Type", "Also called", "Said", "Spoken about", "Compared"],
    rows: ({ nodes: shown }) =>
      nodes
        .filter((node) => shown.has(node.index))
        .sort((a, b) => b.said.length - a.said.length || a.index - b.index)
        .map((node) => ({
          choice: { view: "node", node: node.index },
          cells: [short(node.name, 80), node.typeLabel, short(node.aliases.join(", "), 80), node.said.length, node.about.length, node.comparisons.length],
        })),
  },
  Links: {
    heads: ["From", "Link", "To", "Detail", "Statements"],
    rows: ({ links: shown }) =>
      links
        .filter((link) => shown.has(link.index))
        .map((link) => ({
          choice: { view: "link", link: link.index },
          cells: [short(nodes[link.source].name, 60), kinds[link.kind].label, short(nodes[link.target].name, 60), link.label, link.statements.length || ""],
        })),
  },
};

/** @type {(a: string | number, b: string | number) => number} */
const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? b - a : String(a).localeCompare(String(b), undefined, { numeric: true }));

/* Fills the dialog with what passes the filters now, and shows it. */
/** @type {(dialog: HTMLDialogElement, visible: kg.Shown, open: kg.Open) => void} */
export const showTables = (dialog, visible, open) => {
  let sheet = "Statements";
  /** @type {number | null} */
  let sorted = null;
  const draw = () => {
    const { heads, rows } = SHEETS[sheet];
    let lines = rows(visible);
    const by = sorted;
    if (by !== null) lines = [...lines].sort((a, b) => compare(a.cells[by], b.cells[by]));
    /** @type {kg.Open} */
    const choose = (choice) => {
      dialog.close();
      open(choice);
    };
    fill(
      dialog,
      h(
        "header",
        {},
        h("div.tabs", { role: "group", "aria-label": "Which table" }, Object.keys(SHEETS).map((name) => button(name, () => { sheet = name; sorted = null; draw(); }, { "aria-pressed": name === sheet }))),
        button("Close", () => dialog.close()),
      ),
      h(
        "div.scroll",
        { tabindex: 0, role: "region", "aria-label": sheet },
        h(
          `table.${sheet.toLowerCase()}`,
          {},
          h("caption", {}, lines.length > ROWS ? `The first ${ROWS} of ${lines.length}: narrow them with the filters.` : `${lines.length} rows that pass the filters`),
          h("thead", {}, h("tr", {}, heads.map((head, at) => h("th", { scope: "col", "aria-sort": sorted === at ? "ascending" : null }, button(head, () => { sorted = at; draw(); }))))),
          h("tbody", {}, lines.slice(0, ROWS).map(({ choice, cells }) => h("tr", {}, cells.map((cell, at) => (at ? h("td", {}, cell === 0 ? "0" : cell) : h("th", { scope: "row" }, button(String(cell), () => choose(choice), { class: "actor" }))))))),
        ),
      ),
    );
  };
  draw();
  dialog.showModal();
};
