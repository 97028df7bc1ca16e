/* Statements as a table for spreadsheets (CSV). */
import { reading } from "../data/wording.js";

const COLUMNS = ["statement", "speaker", "speaker_name", "role", "organisation", "cue", "kind", "certainty", "confidence", "content", "figures", "said_on", "article", "title", "url", "start", "end"];
/* A cell that a spreadsheet would take for a formula gets an apostrophe: names and sentences come from strangers. */
/** @type {(value: string | number | null | undefined) => string} */
const cell = (value) => {
  const text = value === null || value === undefined ? "" : String(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
/** @type {(graph: kg.Graph, indices: number[]) => string} */
export const csv = ({ nodes, statements, articles }, indices) =>
  [COLUMNS, ...indices.map((index) => {
    const one = statements[index];
    const article = one.article === null ? null : articles[one.article];
    const figures = one.figures.map(reading).join("; ");
    const speaker = one.speaker === null ? "" : nodes[one.speaker].id;
    return [one.id, speaker, one.speakerName, one.role, one.organisation, one.cue, one.kind, one.certainty, one.confidence, one.content, figures, one.saidOn, article?.id, article?.title, article?.url, one.start, one.end];
  })].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
