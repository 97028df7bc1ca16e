/* The graph of this page, read once from its element; every module takes it from here. */
import { index } from "./indexing.js";
import { unpack } from "./unpacking.js";

const written = /** @type {HTMLElement} */ (document.getElementById("data"));
const packed = written.dataset.packed !== undefined;
const text = written.textContent ?? "";
if (packed) written.textContent = "";

export const graph = index(await unpack(text, packed));
export const { nodes, links, statements, comparisons, articles, lanes, affairs, publishers, verdicts, families, kinds, voices, certainties } = graph;

/** @type {(statement: kg.Statement) => kg.Article | undefined} */
export const articleOf = ({ article }) => (article === null ? undefined : articles[article]);
