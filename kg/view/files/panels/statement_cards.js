/* Statements, figures and comparisons as the reader sees them. `open` is how a card leads on to another view. */
import { comparisonScale } from "../charts/comparison_scale.js";
import { articleOf, comparisons, nodes, statements, verdicts, voices } from "../data/graph.js";
import { aside, count, date, office, quantity, short } from "../data/wording.js";
import { button, h, link, scrolling } from "../elements.js";
import { place, publisher } from "./chips.js";

const PLACES = 4; // chips of a card
/** @type {Record<string, string>} */
const COMPARED = { contradicts: "contradicted by others", revises: "part of a revision", agrees: "others agree" };

/** @type {(index: number | null, name: string, open: kg.Open) => HTMLElement} */
export const actor = (index, name, open) =>
  index === null ? h("span.actor", {}, name || "No source named") : button(name || nodes[index].name, () => open({ view: "node", node: index }), { class: "actor" });

/** @type {(figure: kg.Figure) => HTMLElement} */
const figureLine = (figure) =>
  h(
    "li",
    {},
    h("strong.amount", { title: `In the text: ${figure.text}` }, quantity(figure)),
    " ",
    [figure.happened, aside(figure)].filter(Boolean).join(" "),
    figure.asOf && h("span.muted", {}, `, as of ${date(figure.asOf)}`),
  );

/** @type {(statement: kg.Statement) => kg.Content} */
const evidence = (statement) =>
  statement.evidence.length > 0 &&
  scrolling(h("blockquote", { "aria-label": "Evidence" }, statement.evidence.map(([text, mark]) => (mark ? h(`mark.${mark}`, { title: mark }, text) : text))));

/** @type {(statement: kg.Statement, open: kg.Open) => HTMLElement} */
const meta = (statement, open) => {
  const article = articleOf(statement);
  const published = article && date(article.published);
  return h(
    "p.meta",
    {},
    article && link(short(article.title || article.id, 90), article.url),
    article?.publisher && [" ", publisher(article.publisher, open)],
    published && ` · ${published}`,
    statement.confidence !== null && [" · ", h("span", { title: "How sure the extraction is, 0 to 1" }, `confidence ${statement.confidence.toFixed(2)}`)],
  );
};

/** @type {(statement: kg.Statement, open: kg.Open, how?: {relays?: boolean, reading?: boolean}) => HTMLElement} */
export const card = (statement, open, { relays = true, reading = false } = {}) => {
  const held = office(statement);
  const article = articleOf(statement);
  const outer = statement.within === null ? null : statements[statement.within];
  return h(
    "article.card",
    { "data-statement": statement.index },
    h(
      "p.head",
      {},
      actor(statement.speaker, statement.speakerName, open),
      " ",
      h("span.cue", {}, statement.negated ? `not: ${statement.cue || statement.stance}` : statement.cue || statement.stance),
      statement.saidOn && h("span.when", {}, ` ${date(statement.saidOn)}`),
    ),
    held && h("p.office", {}, held),
    statement.figures.length > 0 && h("ul.figures", {}, statement.figures.map(figureLine)),
    statement.evidence.length ? evidence(statement) : scrolling(h("blockquote", { "aria-label": "What is said" }, statement.content)),
    h(
      "p.tags",
      {},
      h("span.tag", {}, voices[statement.kind] || statement.kind),
      statement.certainty === "hedged" && h("span.tag.hedged", { title: "The source does not put it firmly" }, "hedged"),
      outer && h("span.tag", {}, "relayed by ", actor(outer.speaker, outer.speakerName, open)),
      Object.entries(COMPARED).map(([verdict, words]) => statement.comparisons.some((index) => comparisons[index].verdict === verdict) &&
        button(words, () => open({ view: "disagreements", about: statement.index }), { class: `tag ${verdict}` })),
      statement.about.filter((at) => nodes[at].family === "place").slice(0, PLACES).map((at) => place(at, open)),
    ),
    meta(statement, open),
    !reading && article?.text && statement.spans.length > 0 &&
      h("p.meta", {}, button("Read it in the article", () => open({ view: "article", article: article.index, statement: statement.index }), { class: "actor" })),
    statement.reason && statement.reason !== "named" && h("p.meta", {}, `Why this source: ${statement.reason}`),
    relays &&
      statement.relays.length > 0 &&
      h("details", {}, h("summary", {}, count(statement.relays.length, "relayed statement")), statement.relays.map((index) => card(statements[index], open, { relays: false }))),
  );
};

/** @type {(half: kg.Side, name: "left" | "right", open: kg.Open) => HTMLElement} */
const side = (half, name, open) => {
  const statement = statements[half.statement];
  const when = date(statement.saidOn || articleOf(statement)?.published);
  return h(
    `div.side.${name}`,
    {},
    quantity(half.figure) && h("p.big", {}, quantity(half.figure)),
    half.figure.happened && h("p", {}, half.figure.happened),
    h("p.who", {}, actor(statement.speaker, half.speaker || statement.speakerName, open)),
    h("p.muted", {}, h("bdi", {}, office(statement)), office(statement) && when && " · ", when),
  );
};

/** @type {(pair: kg.Comparison, open: kg.Open, how?: {whole?: boolean}) => HTMLElement} */
export const comparisonCard = (pair, open, { whole = false } = {}) =>
  h(
    "article.card.pair",
    { "data-comparison": pair.index },
    h("p.head", {}, h(`span.verdict.${pair.verdict}`, {}, verdicts[pair.verdict].label)),
    h("div.sides", {}, side(pair.left, "left", open), side(pair.right, "right", open)),
    comparisonScale(pair.left.figure, pair.right.figure),
    h("p.reason", {}, pair.reason),
    whole
      ? [h("h3", {}, "Both sentences"), card(statements[pair.left.statement], open), card(statements[pair.right.statement], open)]
      : button("Read both sentences", () => open({ view: "comparison", comparison: pair.index }), { class: "wide" }),
  );
