"use strict";
/* Statements, figures and comparisons as the reader sees them. `open` is how a card leads on to another view. */
const Cards = (() => {
  const { h, svg, scrolling, button, link, short, count, date } = Dom;
  const { nodes, statements, comparisons, articles, verdicts, voices } = Graph;

  const actor = (index, name, open) =>
    index === null ? h("span.actor", {}, name || "No source named") : button(name || nodes[index].name, () => open({ view: "node", node: index }), { class: "actor" });

  const office = (statement) =>
    [statement.tense && statement.tense !== "current" ? statement.tense : "", [statement.role, statement.organisation].filter(Boolean).join(", ")]
      .filter(Boolean)
      .join(" ");

  const WORDS = { "=": "exactly", "~": "about", ">": "more than", "≥": "at least", "≤": "at most", "<": "fewer than" };
  const number = (value) => value.toLocaleString("en", { maximumFractionDigits: 2 });
  /* A figure as a number with its bound: > 330, ~ 40, 20–30. */
  const amount = (figure) => {
    if (figure.value !== null) return `${figure.comparator === "=" ? "" : `${figure.comparator} `}${number(figure.value)}`;
    if (figure.low !== null && figure.high !== null) return `${number(figure.low)}–${number(figure.high)}`;
    if (figure.low !== null) return `≥ ${number(figure.low)}`;
    if (figure.high !== null) return `≤ ${number(figure.high)}`;
    return figure.text;
  };
  const TOLD = new Set(["text", "value", "low", "high", "comparator", "unit", "population", "event", "place", "asOf", "id", "whose"]);
  /* Name and value of whatever else a figure has: a field that is new in the data needs no line of its own here. */
  const further = (figure) => Object.entries(figure).filter(([name, value]) => value && !TOLD.has(name));
  const counted = (figure) => {
    const told = [figure.population || figure.unit, figure.event, figure.whose, figure.place].filter(Boolean).join(" · ");
    const rest = further(figure).map(([name, value]) => `${name} ${value}`).filter((words) => !told.includes(words));
    return [told, ...rest].filter(Boolean).join(" · ");
  };

  const figureLine = (figure) =>
    h(
      "li",
      {},
      h("strong.amount", { title: `${WORDS[figure.comparator] || ""} — in the text: ${figure.text}` }, amount(figure)),
      " ",
      counted(figure) || figure.text,
      figure.asOf && h("span.muted", {}, ` · as of ${date(figure.asOf)}`),
    );

  const evidence = (statement) =>
    statement.evidence.length > 0 &&
    scrolling(h("blockquote", { "aria-label": "Evidence" }, statement.evidence.map(([text, mark]) => (mark ? h(`mark.${mark}`, { title: mark }, text) : text))));

  const meta = (statement) => {
    const article = articles[statement.article];
    const published = article && date(article.published);
    return h(
      "p.meta",
      {},
      article && link(short(article.title || article.id, 90), article.url),
      article?.publisher && ` · ${article.publisher}`,
      published && ` · ${published}`,
      statement.confidence !== null && [" · ", h("span", { title: "How sure the extraction is, 0 to 1" }, `confidence ${statement.confidence.toFixed(2)}`)],
    );
  };

  const card = (statement, open, { relays = true, reading = false } = {}) => {
    const held = office(statement);
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
        statement.comparisons.some((index) => Graph.disagrees(comparisons[index])) &&
          button("others disagree", () => open({ view: "disagreements", about: statement.index }), { class: "tag conflict" }),
      ),
      meta(statement),
      !reading && articles[statement.article]?.text && statement.spans.length > 0 &&
        h("p.meta", {}, button("Read it in the article", () => open({ view: "article", article: statement.article, statement: statement.index }), { class: "actor" })),
      statement.reason && statement.reason !== "named" && h("p.meta", {}, `Why this source: ${statement.reason}`),
      relays &&
        statement.relays.length > 0 &&
        h("details", {}, h("summary", {}, count(statement.relays.length, "relayed statement")), statement.relays.map((index) => card(statements[index], open, { relays: false }))),
    );
  };

  /* Both figures on one scale: a dot for a value, a bar for a range, an arrow where a bound is open. */
  const scale = (left, right) => {
    const bounds = [left, right].flatMap((f) => [f.value, f.low, f.high]).filter((value) => value !== null);
    if (![left, right].every((f) => f.value !== null || f.low !== null || f.high !== null)) return null;
    const [least, most] = [Math.min(...bounds), Math.max(...bounds)];
    const margin = (most - least || Math.abs(most) || 1) * 0.25;
    const at = (value) => 10 + (280 * (value - least + margin)) / (most - least + 2 * margin);
    const lane = (figure, y, side) => {
      const low = figure.low ?? (figure.high === null ? figure.value : null);
      const high = figure.high ?? (figure.low === null ? figure.value : null);
      const [x1, x2] = [low === null ? 10 : at(low), high === null ? 290 : at(high)];
      return svg(
        "g",
        { class: `lane ${side}` },
        svg("line", { x1: 10, x2: 290, y1: y, y2: y, class: "axis" }),
        svg("line", { x1, x2, y1: y, y2: y, class: "bar" }),
        low === null && svg("path", { d: `M16 ${y - 5} L8 ${y} L16 ${y + 5}`, class: "arrow" }),
        high === null && svg("path", { d: `M284 ${y - 5} L292 ${y} L284 ${y + 5}`, class: "arrow" }),
        low !== null && svg("line", { x1: at(low), x2: at(low), y1: y - 6, y2: y + 6, class: "end" }),
        high !== null && high !== low && svg("line", { x1: at(high), x2: at(high), y1: y - 6, y2: y + 6, class: "end" }),
        figure.value !== null && svg("circle", { cx: at(figure.value), cy: y, r: 5, class: "dot" }),
      );
    };
    const title = `${amount(left)} and ${amount(right)} on one scale`;
    return svg("svg", { class: "scale", viewBox: "0 0 300 50", role: "img", "aria-label": title }, lane(left, 15, "left"), lane(right, 37, "right"));
  };

  const plain = (text) => text.toLowerCase().trim();
  const alike = (a, b) => Boolean(a) && plain(a) === plain(b);
  /* How telling a comparison is: two speakers, on the same people, event and place. Figures many times apart more often
     count different things, so that the widest gap is no merit. */
  const telling = ({ left, right }) => {
    const [a, b] = [left.figure, right.figure];
    const size = (f) => f.value ?? f.low ?? f.high;
    const apart = size(a) > 0 && size(b) > 0 ? Math.abs(Math.log2(size(a) / size(b))) : 2;
    const speakers = statements[left.statement].speaker !== statements[right.statement].speaker;
    return (
      2 * speakers + 2 * alike(a.event, b.event) + 2 * alike(a.population, b.population) + alike(a.place, b.place) - Math.max(0, apart - 1)
    );
  };

  const side = (half, name, open) => {
    const statement = statements[half.statement];
    const when = date(statement.saidOn || articles[statement.article]?.published);
    return h(
      `div.side.${name}`,
      {},
      h("p.big", {}, amount(half.figure)),
      h("p", {}, counted(half.figure) || half.figure.text),
      h("p.who", {}, actor(statement.speaker, half.speaker || statement.speakerName, open)),
      h("p.muted", {}, h("bdi", {}, office(statement)), office(statement) && when && " · ", when),
    );
  };

  const comparison = (pair, open, { whole = false } = {}) =>
    h(
      "article.card.pair",
      { "data-comparison": pair.index },
      h("p.head", {}, h(`span.verdict.${pair.verdict}`, {}, verdicts[pair.verdict].label)),
      h("div.sides", {}, side(pair.left, "left", open), side(pair.right, "right", open)),
      scale(pair.left.figure, pair.right.figure),
      h("p.reason", {}, pair.reason),
      whole
        ? [h("h3", {}, "Both sentences"), card(statements[pair.left.statement], open), card(statements[pair.right.statement], open)]
        : button("Read both sentences", () => open({ view: "comparison", comparison: pair.index }), { class: "wide" }),
    );

  return { actor, card, comparison, amount, counted, further, office, telling };
})();
