/* Statements with their evidence and figures as triples (Turtle). */

import { further } from "../data/wording.js";

/** @type {Record<string, string>} */
const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };
/** @type {(text: string) => string} */
const string = (text) => `"${text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "\ufffd").replace(/[\\"\n\r\t]/g, (sign) => ESCAPES[sign])}"`;
/** @type {(text: string) => string} */
const iri = (text) => `<${text.replace(/[\x00-\x20<>"{}|^`\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`)}>`;
/** @type {(text: string, type: string) => string} */
const typed = (text, type) => `${string(text)}^^${type}`;
/** @type {(number: number) => string} */
const decimal = (number) => typed(number.toLocaleString("en", { useGrouping: false, maximumFractionDigits: 10 }), "xsd:decimal");
/** @type {(number: number) => string} */
const integer = (number) => String(Math.trunc(number));
/** @type {(text: string | null, as: (text: string) => string) => string | null} */
const some = (text, as) => (text ? as(text) : null);

/* The very characters of the evidence: of the text where the page has it, or of the sentence if it was not cut. */
/** @type {(statement: kg.Statement, article: kg.Article) => string | null} */
const exact = (statement, article) => {
  if (article.text) return Array.from(article.text).slice(statement.start, statement.end).join("");
  const shown = statement.evidence.map(([text]) => text).join("");
  return Array.from(shown).length === statement.end - statement.start ? shown : null;
};

/** @type {(graph: kg.Graph, indices: number[]) => string} */
export const turtle = ({ nodes, statements, articles, terms }, indices) => {
  /** @type {(subject: string, type: string, pairs: [string, string | string[] | null | undefined][]) => string} */
  const block = (subject, type, pairs) => {
    const lines = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "" && value.length !== 0);
    const written = lines.map(([property, value]) => `\n\t${terms.properties[property]} ${[value].flat().join(" , ")}`);
    return `${iri(subject)} a ${terms.classes[type]}${written.map((line) => ` ;${line}`).join("")} .\n`;
  };
  const [actors, sources] = [/** @type {Set<number>} */ (new Set()), /** @type {Set<number>} */ (new Set())];
  /** @type {string[]} */
  const out = [];
  const set = new Set(indices);
  /** @type {(index: number) => string} */
  const actor = (index) => {
    actors.add(index);
    return iri(nodes[index].id);
  };
  for (const index of indices) {
    const one = statements[index];
    const article = one.article === null ? undefined : articles[one.article];
    if (article) sources.add(article.index);
    const evidence = article && one.end > one.start ? `${article.id}#char=${one.start},${one.end}` : null;
    out.push(block(one.id, "Statement", [
      ["speaker", one.speaker === null ? null : actor(one.speaker)], ["cue", some(one.cue, string)], ["content", string(one.content)],
      ["kind", terms.values[`kind ${one.kind}`]], ["certainty", terms.values[`certainty ${one.certainty}`]], ["stance", terms.values[`stance ${one.stance}`]],
      ["negated", String(one.negated)], ["confidence", one.confidence === null ? null : decimal(one.confidence)], ["saidOn", some(one.saidOn, string)],
      ["about", one.about.map(actor)], ["within", one.within === null || !set.has(one.within) ? null : iri(statements[one.within].id)],
      ["figure", one.figures.flatMap(({ id }) => (id ? [iri(id)] : []))], ["inArticle", article ? iri(article.id) : null], ["evidence", evidence && iri(evidence)],
    ]));
    if (article && evidence) {
      out.push(block(evidence, "Characters", [["start", integer(one.start)], ["end", integer(one.end)], ["exact", some(exact(one, article), string)]]));
    }
    for (const figure of one.figures) {
      if (!figure.id) continue;
      /** @type {(value: number | null) => string | null} */
      const number = (value) => (value === null ? null : decimal(value));
      out.push(block(figure.id, "Figure", [
        ["wording", string(figure.text)], ["value", number(figure.value)], ["low", number(figure.low)], ["high", number(figure.high)],
        ["comparator", terms.values[`comparator ${figure.comparator}`]], ["unit", some(figure.unit, string)], ["population", some(figure.population, string)],
        ["event", some(figure.event, string)], ["asOf", some(figure.asOf, string)], ["whose", some(figure.whose, string)],
        ...further(figure).map(([name, value]) => /** @type {[string, string]} */ ([name, string(value)])),
      ]));
    }
  }
  for (const index of [...actors].sort((a, b) => a - b)) {
    const node = nodes[index];
    const family = node.family.replace(/(?:^|_)([a-z])/g, (_, letter) => letter.toUpperCase());
    out.push(block(node.id, family, [["entityType", terms.values[`type ${node.type}`]], ["name", string(node.name)], ["alias", node.aliases.map(string)]]));
  }
  for (const index of [...sources].sort((a, b) => a - b)) {
    const article = articles[index];
    out.push(block(article.id, "Article", [["title", some(article.title, string)], ["published", some(article.published, string)], ["publisherName", some(article.publisher, string)], ["url", some(article.url, string)]]));
  }
  const prefixes = Object.entries(terms.prefixes).map(([prefix, space]) => `@prefix ${prefix}: <${space}> .\n`);
  return `${prefixes.join("")}\n${out.join("\n")}`;
};
