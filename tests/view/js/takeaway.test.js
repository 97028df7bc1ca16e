/* What leaves the page: the address of a view, tables, triples, the picture as SVG. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { readAddress, writeAddress } from "../../../kg/view/files/app/address.js";
import { unfiltered } from "../../../kg/view/files/data/filtering.js";
import { createScene } from "../../../kg/view/files/drawing/scene.js";
import { writeSvg } from "../../../kg/view/files/drawing/svg_renderer.js";
import { chosenStatements } from "../../../kg/view/files/export/chosen_statements.js";
import { csv } from "../../../kg/view/files/export/csv.js";
import { turtle } from "../../../kg/view/files/export/turtle.js";
import { FAMILIES, KINDS, graph, measureWithoutCanvas } from "./story.js";

before(measureWithoutCanvas);

const SHOWN = { nodes: new Set([0, 1, 2, 3]), links: new Set([0, 1, 2]), statements: new Set([0, 1, 2]) };

const PLAIN = { theme: null, look: null, dialog: [], groups: [], opened: new Set() };
const NOTHING = { around: null, path: null, choice: undefined, page: 0, theme: null, look: null, dialog: [], opened: [] };

test("an address leads back to the same filters and the same choice", () => {
  const story = graph();
  const choices = [
    { view: "node", node: 1 }, { view: "statement", statement: 2 }, { view: "comparison", comparison: 0 }, { view: "link", link: 2 },
    { view: "disagreements" }, { view: "article", article: 1 }, { view: "article", article: 0, statement: 2 },
    { view: "search", query: "homes" }, { view: "search", query: "a & b", facets: [["Type", "people"], ["Kind", "quoted"]] },
  ];
  for (const choice of choices) {
    const state = { ...unfiltered(), confidence: 0.5, low: 10, from: "2021-03", disagreements: true, hulls: true, byLinks: true };
    state.families.add("place").add("person");
    const fragment = writeAddress(story, state, choice, PLAIN);
    const read = unfiltered();
    assert.deepEqual(readAddress(story, read, `#${fragment}`).choice, choice);
    assert.deepEqual(read, state);
  }
});

test("an address keeps what the view is narrowed to", () => {
  const [story, state] = [graph(), unfiltered()];
  const narrowed = (only) => readAddress(story, state, writeAddress(story, { ...unfiltered(), only }, { view: "overview" }, PLAIN));
  assert.deepEqual(narrowed({ nodes: new Set(), around: [1, 2] }).around, [1, 2]);
  assert.deepEqual(narrowed({ nodes: new Set(), path: [0, 3] }).path, [0, 3]);
});

test("an address that nobody wrote does no harm", () => {
  const [story, state] = [graph(), unfiltered()];
  for (const fragment of ["#show=node&show=gone", "#show=__proto__&show=x", "#show=link&show=x", "#low=abc&from=yesterday&confidence=9&around=2&path=x&path=y", "#%E0%A4%A", "#look=1&look=x&look=2", "#look=1&look=1&look=-1", "#theme=pink&page=-3&unfold=x&facet=Type"]) {
    assert.deepEqual(readAddress(story, state, fragment), NOTHING, fragment);
  }
  assert.deepEqual([state.low, state.from], [null, null]);
  readAddress(story, state, "#confidence=9");
  assert.equal(state.confidence, 1);
});

test("an address tells how it is seen: theme, place and zoom, the open chart, the page, opened communities", () => {
  const [story, state] = [graph(), { ...unfiltered(), more: true, page: 2 }];
  const groups = [{ first: 1 }, { first: 3 }];
  const manner = { theme: "dark", look: [0.5, 0.25, 2.125], dialog: ["figures", "homes & huts"], groups, opened: new Set([1]) };
  const read = readAddress(story, unfiltered(), writeAddress(story, state, { view: "group", group: 0 }, manner), groups);
  assert.deepEqual(read, { ...NOTHING, choice: { view: "group", group: 0 }, page: 2, theme: "dark", look: [0.5, 0.25, 2.125], dialog: ["figures", "homes & huts"], opened: [1] });
});

test("the statements of a choice are those that belong to it and pass the filters", () => {
  const story = graph();
  const of = (choice, statements = SHOWN.statements) => chosenStatements(story, choice, { ...SHOWN, statements });
  assert.deepEqual(of({ view: "overview" }), [0, 1, 2]);
  assert.deepEqual(of({ view: "node", node: 2 }), [0, 1]);
  assert.deepEqual(of({ view: "node", node: 2 }, new Set([1])), [1]);
  assert.deepEqual(of({ view: "link", link: 2 }), [0, 1]);
  assert.deepEqual(of({ view: "path", nodes: [0, 2, 1], links: [0, 1] }), [0, 1]);
  assert.deepEqual(of({ view: "disagreements" }), [0, 1]);
  assert.deepEqual(of({ view: "article", article: 0 }), [0, 2]);
  assert.deepEqual(of({ view: "statement", statement: 2 }), [2]);
});

test("a cell that a spreadsheet would take for a formula is text", () => {
  const story = graph();
  Object.assign(story.statements[0], { content: '=HYPERLINK("x")', cue: "a, b" });
  const [head, first] = csv(story, [0]).split("\r\n");
  assert.ok(head.startsWith("statement,speaker,speaker_name,"));
  assert.ok(first.includes('"\'=HYPERLINK(""x"")"'));
  assert.ok(first.includes('"a, b"'));
  assert.ok(first.includes("more than 120 homes lost"));
});

test("triples escape what strangers wrote", () => {
  const story = graph();
  Object.assign(story.statements[0], { content: 'a "quote"\n\\ and \u0000', id: "s 1>" });
  const text = turtle(story, [0]);
  assert.ok(text.startsWith("@prefix kg: <https://kg.example/> .\n"));
  assert.ok(text.includes("<s%201%3E> a kg:Statement"));
  assert.ok(text.includes('kg:content "a \\"quote\\"\\n\\\\ and \ufffd"'));
  assert.ok(text.includes('kg:name "Lucía Paredes"'));
});

test("the picture as SVG shows what is drawn, with names as text", () => {
  const scene = createScene({ ...graph(), kinds: KINDS, families: FAMILIES });
  scene.items[0].label = '<script>&"';
  scene.seen = { nodes: new Set([0, 1]), links: new Set([2]) };
  const text = writeSvg(scene, { x: 0, y: 0, scale: 1, width: 400, height: 300 }, [], { title: "A & B", under: "Source: <all>", key: [{ text: "spoke about", ink: "#000", dashes: [] }], shapes: [{ text: "document", shape: "hexagon", colour: "#00f" }] });
  assert.ok(text.startsWith('<svg xmlns="http://www.w3.org/2000/svg" width="400"'));
  assert.ok(text.includes("<title>A &#38; B</title>"));
  assert.ok(text.includes("&#60;script&#62;&#38;&#34;") && !text.includes("<script"));
  assert.equal(text.match(/<circle/g)?.length, 1, "a person is a dot");
  assert.equal(text.match(/stroke-dasharray="7 5"/g)?.length, 1, "the one link that is seen");
});
