/* A whole article with all that was found in it marked; a click on a sentence shows its statement, and the picture. */
import { articles, statements } from "../data/graph.js";
import { date } from "../data/wording.js";
import { h, link } from "../elements.js";
import { publisher } from "./chips.js";
import { card } from "./statement_cards.js";

/** @typedef {{mark: string, start: number, end: number, statement: number, size: number}} Mark */
/** @typedef {{text: string, start: number, mark: string | undefined, statement: number | undefined}} Run */
/** @type {Record<string, number>} */
const WEIGHT = { cue: 3, source: 2, content: 1 };

/* Offsets count characters as Python does: one for each code point. */
/** @type {(article: kg.Article, letters: string[]) => number[]} */
const cuts = (article, letters) => {
  const found = new Set([0, letters.length]);
  for (const index of article.statements) for (const [, start, end] of statements[index].spans) found.add(start).add(end);
  for (const [at, letter] of letters.entries()) if (letter === "\n") found.add(at).add(at + 1);
  return [...found].filter((at) => at >= 0 && at <= letters.length).sort((a, b) => a - b);
};

/* Runs of the text: {text, start, mark, statement}; where marks overlap, the inner statement's and the stronger win. */
/** @type {(article: kg.Article) => Run[]} */
const runs = (article) => {
  const letters = Array.from(article.text ?? "");
  /** @type {Mark[]} */
  const marks = [];
  for (const index of article.statements)
    for (const [mark, start, end] of statements[index].spans) marks.push({ mark, start, end, statement: index, size: statements[index].end - statements[index].start });
  marks.sort((a, b) => a.start - b.start);
  const places = cuts(article, letters);
  let next = 0;
  /** @type {Mark[]} */
  let open = [];
  return places.slice(0, -1).map((start, at) => {
    open = open.filter((mark) => mark.end > start);
    while (next < marks.length && marks[next].start <= start) open.push(marks[next++]);
    const best = open.filter((mark) => mark.end > start).sort((a, b) => WEIGHT[b.mark] - WEIGHT[a.mark] || a.size - b.size)[0];
    return { text: letters.slice(start, places[at + 1]).join(""), start, mark: best?.mark, statement: best?.statement };
  });
};

/** @type {(choice: kg.ChoiceOf<"article">, open: kg.Open) => kg.Content[]} */
export const article = ({ article: index, statement: current }, open) => {
  const read = articles[index];
  const told = new Set();
  /** @type {(statement: number) => void} */
  const choose = (statement) => open({ view: "article", article: index, statement }, { stay: true });
  /** @type {HTMLElement[]} */
  const paragraphs = [];
  /** @type {Run[]} */
  let line = [];
  /* A sentence is a stop of the keyboard where it begins. */
  /** @type {(run: Run, statement: number) => HTMLElement} */
  const marked = (run, statement) => {
    const first = !told.has(statement);
    told.add(statement);
    const speaker = statements[statement].speakerName || "no source named";
    const element = h(`mark.${run.mark}${statement === current ? ".current" : ""}`, { "data-statement": statement, title: speaker, onclick: () => choose(statement) }, run.text);
    if (!first) return element;
    for (const [name, value] of [["tabindex", "0"], ["role", "button"], ["aria-label", `${run.text}: statement of ${speaker}`]]) element.setAttribute(name, value);
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(statement);
    });
    return element;
  };
  const finish = () => {
    if (line.some((run) => run.text.trim())) {
      paragraphs.push(h("p", {}, line.map((run) => (run.statement === undefined ? run.text : marked(run, run.statement)))));
      if (current !== undefined && line.some((run) => run.statement === current) && !paragraphs.some((element) => element.classList.contains("inset")))
        paragraphs.push(h("div.inset", {}, card(statements[current], open, { reading: true })));
    }
    line = [];
  };
  for (const run of runs(read)) run.text === "\n" ? finish() : line.push(run);
  finish();
  return [
    h("p.kicker", {}, "Article"),
    h("h2", {}, link(read.title || read.id, read.url)),
    h("p.fact", {}, read.publisher && [publisher(read.publisher, open), " "], date(read.published)),
    h("p.key", {}, h("mark.source", {}, "who says it"), " ", h("mark.cue", {}, "the cue"), " ", h("mark.content", {}, "what is said")),
    read.text ? h("div.article", {}, paragraphs) : h("p.note", {}, "The graph does not hold the text of this article."),
  ];
};
