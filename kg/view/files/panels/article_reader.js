/* A whole article with all that was found in it marked; a click on a sentence shows its statement, and the picture. */
import { articles, statements } from "../data/graph.js";
import { date } from "../data/wording.js";
import { h, link } from "../elements.js";
import { card } from "./statement_cards.js";

const WEIGHT = { cue: 3, source: 2, content: 1 };

/* Offsets count characters as Python does: one for each code point. */
const cuts = (article, letters) => {
  const found = new Set([0, letters.length]);
  for (const index of article.statements) for (const [, start, end] of statements[index].spans) found.add(start).add(end);
  letters.forEach((letter, at) => letter === "\n" && found.add(at).add(at + 1));
  return [...found].filter((at) => at >= 0 && at <= letters.length).sort((a, b) => a - b);
};

/* Runs of the text: {text, start, mark, statement}; where marks overlap, the inner statement's and the stronger win. */
const runs = (article) => {
  const letters = Array.from(article.text);
  const marks = [];
  for (const index of article.statements)
    for (const [mark, start, end] of statements[index].spans) marks.push({ mark, start, end, statement: index, size: statements[index].end - statements[index].start });
  marks.sort((a, b) => a.start - b.start);
  const places = cuts(article, letters);
  let [next, open] = [0, []];
  return places.slice(0, -1).map((start, at) => {
    open = open.filter((mark) => mark.end > start);
    while (next < marks.length && marks[next].start <= start) open.push(marks[next++]);
    const best = open.filter((mark) => mark.end > start).sort((a, b) => WEIGHT[b.mark] - WEIGHT[a.mark] || a.size - b.size)[0];
    return { text: letters.slice(start, places[at + 1]).join(""), start, mark: best?.mark, statement: best?.statement };
  });
};

export const article = ({ article: index, statement: current }, open) => {
  const read = articles[index];
  const told = new Set();
  const choose = (statement) => open({ view: "article", article: index, statement }, { stay: true });
  const paragraphs = [];
  let line = [];
  const finish = () => {
    if (!line.some((run) => run.text.trim())) line = [];
    if (line.length) {
      paragraphs.push(h("p", {}, line.map((run) => {
        if (run.statement === undefined) return run.text;
        const first = !told.has(run.statement);
        told.add(run.statement);
        const speaker = statements[run.statement].speakerName || "no source named";
        const keys = first ? { tabindex: 0, role: "button", "aria-label": `${run.text}: statement of ${speaker}`, onkeydown: (event) => (event.key === "Enter" || event.key === " ") && (event.preventDefault(), choose(run.statement)) } : {};
        return h(`mark.${run.mark}${run.statement === current ? ".current" : ""}`, { "data-statement": run.statement, title: speaker, onclick: () => choose(run.statement), ...keys }, run.text);
      })));
      if (current !== undefined && line.some((run) => run.statement === current)) {
        if (!paragraphs.some((element) => element.classList.contains("inset"))) paragraphs.push(h("div.inset", {}, card(statements[current], open, { reading: true })));
      }
    }
    line = [];
  };
  for (const run of runs(read)) run.text === "\n" ? finish() : line.push(run);
  finish();
  return [
    h("p.kicker", {}, "Article"),
    h("h2", {}, link(read.title || read.id, read.url)),
    h("p.fact", {}, [read.publisher, date(read.published)].filter(Boolean).join(" · ")),
    h("p.key", {}, h("mark.source", {}, "who says it"), " ", h("mark.cue", {}, "the cue"), " ", h("mark.content", {}, "what is said")),
    read.text ? h("div.article", {}, paragraphs) : h("p.note", {}, "The graph does not hold the text of this article."),
  ];
};
