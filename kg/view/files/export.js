"use strict";
/* What is chosen, as rows for a table (CSV) and as triples (Turtle). */
const Export = (() => {
  const { nodes, links, statements, comparisons, articles, terms } = Graph;

  /* The statements that belong to a choice and pass the filters; all that pass, when nothing is chosen. */
  const chosen = (choice, shown) => {
    const ofPair = ({ left, right }) => [left.statement, right.statement];
    const found = {
      node: () => [...nodes[choice.node].said, ...nodes[choice.node].about],
      link: () => [...links[choice.link].statements, ...links[choice.link].comparisons.flatMap((at) => ofPair(comparisons[at]))],
      path: () => choice.links.flatMap((at) => [...links[at].statements, ...links[at].comparisons.flatMap((pair) => ofPair(comparisons[pair]))]),
      statement: () => [choice.statement],
      comparison: () => ofPair(comparisons[choice.comparison]),
      disagreements: () => comparisons.filter(Graph.disagrees).flatMap(ofPair),
      article: () => articles[choice.article].statements,
    }[choice.view];
    const passing = (index) => shown.statements.has(index);
    return found ? [...new Set(found())].filter(passing).sort((a, b) => a - b) : [...shown.statements];
  };

  const COLUMNS = ["statement", "speaker", "speaker_name", "role", "organisation", "cue", "kind", "certainty", "confidence", "content", "figures", "said_on", "article", "title", "url", "start", "end"];
  /* A cell that a spreadsheet would take for a formula gets an apostrophe: names and sentences come from strangers. */
  const cell = (value) => {
    const text = value === null || value === undefined ? "" : String(value);
    const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const csv = (indices) =>
    [COLUMNS, ...indices.map((index) => {
      const one = statements[index];
      const article = articles[one.article];
      const figures = one.figures.map((figure) => `${Cards.amount(figure)} ${Cards.counted(figure)}`.trim()).join("; ");
      const speaker = one.speaker === null ? "" : nodes[one.speaker].id;
      return [one.id, speaker, one.speakerName, one.role, one.organisation, one.cue, one.kind, one.certainty, one.confidence, one.content, figures, one.saidOn, article?.id, article?.title, article?.url, one.start, one.end];
    })].map((row) => `${row.map(cell).join(",")}\r\n`).join("");

  /* ── Turtle ── */
  const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };
  const string = (text) => `"${text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "\ufffd").replace(/[\\"\n\r\t]/g, (sign) => ESCAPES[sign])}"`;
  const iri = (text) => `<${text.replace(/[\x00-\x20<>"{}|^`\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`)}>`;
  const typed = (text, type) => `${string(String(text))}^^${type}`;
  const decimal = (number) => typed(number.toLocaleString("en", { useGrouping: false, maximumFractionDigits: 10 }), "xsd:decimal");
  const edtf = (text) => typed(text, "edtf:EDTF");
  const block = (subject, type, pairs) => {
    const lines = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "" && value.length !== 0);
    const written = lines.map(([property, value]) => `\n\t${terms.properties[property]} ${[value].flat().join(" , ")}`);
    return `${iri(subject)} a ${terms.classes[type]}${written.map((line) => ` ;${line}`).join("")} .\n`;
  };
  const integer = (number) => String(Math.trunc(number));
  const some = (text, as) => (text ? as(text) : null);

  /* The very characters of the evidence: of the text where the page has it, or of the sentence if it was not cut. */
  const exact = (statement, article) => {
    if (article.text) return Array.from(article.text).slice(statement.start, statement.end).join("");
    const shown = statement.evidence.map(([text]) => text).join("");
    return Array.from(shown).length === statement.end - statement.start ? shown : null;
  };

  const turtle = (indices) => {
    const [actors, sources, out] = [new Set(), new Set(), []];
    const set = new Set(indices);
    const actor = (index) => {
      actors.add(index);
      return iri(nodes[index].id);
    };
    for (const index of indices) {
      const one = statements[index];
      const article = articles[one.article];
      if (article) sources.add(one.article);
      const evidence = article && one.end > one.start ? `${article.id}/evidence/${one.start}-${one.end}` : null;
      out.push(block(one.id, "Statement", [
        ["speaker", one.speaker === null ? null : actor(one.speaker)], ["cue", some(one.cue, string)], ["content", string(one.content)],
        ["kind", terms.values[`kind ${one.kind}`]], ["certainty", terms.values[`certainty ${one.certainty}`]], ["stance", terms.values[`stance ${one.stance}`]],
        ["negated", String(one.negated)], ["confidence", one.confidence === null ? null : decimal(one.confidence)], ["saidOn", some(one.saidOn, edtf)],
        ["about", one.about.map(actor)], ["within", one.within === null || !set.has(one.within) ? null : iri(statements[one.within].id)],
        ["figure", one.figures.filter(({ id }) => id).map(({ id }) => iri(id))], ["inArticle", article ? iri(article.id) : null], ["evidence", evidence && iri(evidence)],
      ]));
      if (evidence) {
        out.push(block(evidence, "Evidence", [["inArticle", iri(article.id)], ["hasSource", iri(article.id)], ["hasSelector", [iri(`${evidence}/quote`), iri(`${evidence}/position`)]]]));
        const quote = exact(one, article);
        if (quote !== null) out.push(`${iri(`${evidence}/quote`)} a oa:TextQuoteSelector ;\n\t${terms.properties.exact} ${string(quote)} .\n`);
        out.push(`${iri(`${evidence}/position`)} a oa:TextPositionSelector ;\n\t${terms.properties.start} ${integer(one.start)} ;\n\t${terms.properties.end} ${integer(one.end)} .\n`);
      }
      for (const figure of one.figures) {
        if (!figure.id) continue;
        const number = (value) => (value === null ? null : decimal(value));
        out.push(block(figure.id, "Figure", [
          ["wording", string(figure.text)], ["value", number(figure.value)], ["low", number(figure.low)], ["high", number(figure.high)],
          ["comparator", terms.values[`comparator ${figure.comparator}`]], ["unit", some(figure.unit, string)], ["population", some(figure.population, string)],
          ["event", some(figure.event, string)], ["asOf", some(figure.asOf, edtf)], ["whose", some(figure.whose, string)],
          ...Cards.further(figure).map(([name, value]) => [name, string(value)]),
        ]));
      }
    }
    for (const index of [...actors].sort((a, b) => a - b)) {
      const node = nodes[index];
      out.push(block(node.id, node.type, [["name", string(node.name)], ["alias", node.aliases.map(string)]]));
    }
    for (const index of [...sources].sort((a, b) => a - b)) {
      const article = articles[index];
      out.push(block(article.id, "Article", [["title", some(article.title, string)], ["published", some(article.published, edtf)], ["publisherName", some(article.publisher, string)], ["url", some(article.url, string)]]));
    }
    const prefixes = Object.entries(terms.prefixes).map(([prefix, space]) => `@prefix ${prefix}: <${space}> .\n`);
    return `${prefixes.join("")}\n${out.join("\n")}`;
  };

  return { chosen, csv, turtle };
})();
