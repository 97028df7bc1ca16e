/* Reading, indexing, filtering, searching and wording of the page's data. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { gravestFirst, telling } from "../../../kg/view/files/data/comparison_order.js";
import { active, clear, passing, unfiltered } from "../../../kg/view/files/data/filtering.js";
import { index } from "../../../kg/view/files/data/indexing.js";
import { put } from "../../../kg/view/files/data/grouping.js";
import { around, path } from "../../../kg/view/files/data/paths.js";
import { searching } from "../../../kg/view/files/data/searching.js";
import { near } from "../../../kg/view/files/data/sounds.js";
import { rows, unpack } from "../../../kg/view/files/data/unpacking.js";
import { stories, verdictsOf } from "../../../kg/view/files/charts/stories.js";
import { spokenOf } from "../../../kg/view/files/data/answers.js";
import { amount, aside, count, date, moved, office, period, quantity, reading, short } from "../../../kg/view/files/data/wording.js";
import { data, graph } from "./story.js";

const every = (map) => Object.fromEntries(Object.entries(map).map(([name, list]) => [name, [...list].sort()]));
const all = (...drawn) => new Set(drawn);

test("a table becomes rows that look their values up", () => {
  const table = { rows: 2, columns: { a: [1, 2], b: { every: "x" }, c: { words: ["said", "told"], picks: [1, 0] } } };
  const found = rows(table);
  assert.deepEqual(found.map(({ index, a, b, c }) => [index, a, b, c]), [[0, 1, "x", "told"], [1, 2, "x", "said"]]);
});

test("packed columns give the statements that plain JSON gives", async () => {
  const packed = {
    nodes: { rows: 1, columns: { name: ["Vera"] } },
    statements: { rows: 2, columns: { speaker: { every: 0 }, words: ["Vera said: nobody came.", "x"], cuts: ["4s1-4c2-11w1-", "1-"], called: [null, "a mayor"], given: [null, "told in other words"], figures: [2, 1] } },
    figures: { rows: 3, columns: { value: [1, 2, 3], unit: { every: "" } } },
  };
  const text = gzipSync(JSON.stringify(packed)).toString("base64");
  const { statements } = await unpack(text, true);
  assert.deepEqual(statements[0].evidence, [["Vera", "source"], [" ", ""], ["said", "cue"], [": ", ""], ["nobody came", "content"], [".", ""]]);
  assert.equal(statements[0].content, "nobody came");
  assert.equal(statements[0].speakerName, "Vera");
  assert.equal(statements[1].content, "told in other words");
  assert.equal(statements[1].speakerName, "a mayor");
  assert.deepEqual(statements.map((one) => one.figures.map(({ value }) => value)), [[1, 2], [3]]);
  assert.deepEqual(await unpack('{"nodes":[]}', false), { nodes: [] });
});

test("indexing ties actors to links, statements and comparisons", () => {
  const { nodes, statements, comparisons, articles } = graph();
  assert.deepEqual(nodes.map((node) => node.links), [[0, 2], [1, 2], [0, 1], []]);
  assert.deepEqual(nodes.map((node) => node.said), [[0], [1], [], [2]]);
  assert.deepEqual(nodes[2].about, [1, 0], "the newest first");
  assert.deepEqual(nodes.map((node) => node.comparisons), [[0], [0], [], []]);
  assert.deepEqual(nodes.map((node) => node.rank), [7, 7, 2, 3]);
  assert.deepEqual(statements.map((one) => one.date), ["2021-03-02", "2021-03-05", "2021-03-02"], "of the article where none is given");
  assert.deepEqual(articles.map((one) => one.statements), [[0, 2], [1]]);
  assert.equal(comparisons[0].disagrees, true);
});

test("neighbours and shortest paths keep to the links that are drawn", () => {
  const story = graph();
  assert.deepEqual([...around(story, 0, 1, all(0, 1, 2))].sort(), [0, 1, 2]);
  assert.deepEqual([...around(story, 0, 1, all(0, 1))].sort(), [0, 2]);
  assert.deepEqual([...around(story, 0, 2, all(0, 1))].sort(), [0, 1, 2]);
  assert.deepEqual(path(story, 0, 1, all(0, 1, 2)), { nodes: [0, 1], links: [2] });
  assert.deepEqual(path(story, 0, 1, all(0, 1)), { nodes: [0, 2, 1], links: [0, 1] });
  assert.equal(path(story, 0, 3, all(0, 1, 2)), null);
  assert.deepEqual(path(story, 0, 0, all()), { nodes: [0], links: [] });
});

test("filters let through what they say, and nothing set lets all through", () => {
  const [story, state] = [graph(), unfiltered()];
  const shown = (change) => {
    clear(state);
    Object.assign(state, change);
    return every(passing(story, state));
  };
  assert.deepEqual(shown({}), { nodes: [0, 1, 2, 3], links: [0, 1, 2], statements: [0, 1, 2] });
  assert.equal(active(state), false);
  assert.deepEqual(shown({ confidence: 0.8 }).statements, [0, 2], "an unknown confidence passes");
  assert.deepEqual(shown({ low: 100 }), { nodes: [0, 2], links: [0], statements: [0] });
  assert.deepEqual(shown({ high: 100 }).statements, [1]);
  assert.deepEqual(shown({ low: 80, high: 80 }).statements, [1]);
  assert.deepEqual(shown({ low: 1e9 }).statements, [0], "more than 120 has no upper end");
  assert.deepEqual(shown({ from: "2021-03-04", to: "2021-03-31" }).statements, [1]);
  assert.deepEqual(shown({ disagreements: true }), { nodes: [0, 1], links: [2], statements: [0, 1, 2] });
  assert.deepEqual(shown({ only: { nodes: all(0, 2) } }).links, [0]);
  assert.equal(active(state), true);
  clear(state);
  state.families.add("place");
  assert.deepEqual(every(passing(story, state)).nodes, [0, 1, 3]);
  state.voices.add("indirect");
  assert.deepEqual(every(passing(story, state)), { nodes: [3], links: [], statements: [2] });
  clear(state);
  state.publishers.add("publisher not given");
  assert.deepEqual(every(passing(story, state)).statements, [0, 2]);
});

test("search finds names without their accents, aliases, offices and contents, the best first", () => {
  const find = searching(graph());
  assert.deepEqual(find("lucia"), [{ view: "node", node: 0 }]);
  assert.deepEqual(find("governor"), [{ view: "node", node: 0 }]);
  assert.deepEqual(find("manabi"), [{ view: "node", node: 2 }, { view: "node", node: 0 }], "whose name begins so, before whose office names it");
  assert.deepEqual(find("HOMES lost"), [{ view: "statement", statement: 0 }, { view: "statement", statement: 1 }]);
  assert.deepEqual(find("  "), []);
  assert.deepEqual(find("nowhere"), []);
});

test("search finds what means the same, sounds the same, is nearly written so, and who holds an office by the body's other names", () => {
  const story = graph();
  Object.assign(story.nodes[3], { name: "Tomás Sulaimanov", offices: [{ title: "spokesman", organisation: 1, organisationName: "Red Cross", tense: "current" }] });
  story.nodes[1].aliases = ["ICRC"];
  story.statements[2].content = "five people were killed";
  const find = searching(story);
  const nodeOf = (query) => find(query).flatMap((hit) => (hit.view === "node" ? [hit.node] : []));
  const said = (query) => find(query).flatMap((hit) => (hit.view === "statement" ? [hit.statement] : []));
  assert.deepEqual(said("death toll"), [2]);
  assert.deepEqual(said("losses of homes".split(" of ")[0]), [0, 1], "by the class of the word");
  assert.deepEqual(nodeOf("icrc spokesman"), [3]);
  assert.deepEqual(nodeOf("Sulaymanoff"), [3], "as it sounds");
  assert.deepEqual(nodeOf("Сулайманов"), [3], "in another script");
  assert.deepEqual(nodeOf("Sulaimnaov"), [3], "with two letters that changed places");
  assert.deepEqual(said("wraned"), [2].filter(() => false).concat(said("warned")), "a typing error finds what the word finds");
  assert.equal(find("o", 1).length, 2, "as many of each as are asked for");
});

test("words that are a letter apart are near, others are not", () => {
  assert.ok(near("mamataliev", "mamatalyev", 1));
  assert.ok(near("paredes", "pardees", 1));
  assert.ok(!near("paredes", "perdido", 2));
  assert.ok(!near("short", "shorter", 1));
});

test("comparisons stand by their verdict, then by how telling they are", () => {
  const story = graph();
  const first = { ...story.comparisons[0], index: 3 };
  const vague = { ...first, index: 1, right: { ...first.right, figure: { ...first.right.figure, event: "", population: "" } } };
  const agreeing = { ...first, index: 2, verdict: "agrees" };
  assert.ok(telling(story, first) > telling(story, vague));
  assert.deepEqual([agreeing, vague, first].sort(gravestFirst(story)), [first, vague, agreeing]);
});

test("values are worded as people write them", () => {
  assert.equal(date("2015-04-21"), "21 Apr 2015");
  assert.equal(date("2015-04"), "Apr 2015");
  assert.equal(date("XXXX-04-21"), "21 Apr (year not given)");
  assert.equal(date("2015-21"), "2015");
  assert.equal(date("2015/2016"), "2015/2016");
  assert.equal(date(null), "");
  assert.equal(count(1, "statement"), "1 statement");
  assert.equal(count(1200, "statement"), "1,200 statements");
  assert.equal(short("abcdef", 4), "abc…");
  const [first, second] = data().statements.map((one) => one.figures[0]);
  assert.deepEqual([amount(first), amount(second)], ["more than 120", "80"]);
  assert.equal(amount({ ...first, value: null, low: 20, high: 30 }), "20–30");
  assert.equal(amount({ ...first, value: null, low: null, high: 30 }), "at most 30");
  assert.equal(amount({ ...first, unit: "percent", value: 40 }), "more than 40%");
  assert.equal(amount({ ...first, comparator: "=", unit: "USD", value: 90 }), "90 USD");
  assert.equal(quantity(first), "more than 120 homes");
  assert.equal(reading({ ...first, whose: "the parish", per: "day", marks: "forecast" }), "more than 120 homes lost (the parish; per day; forecast)");
  assert.equal(aside({ ...first, per: "day", words: "120 homes per day" }), "");
  assert.equal(office({ tense: "former", role: "mayor", organisation: "Chone" }), "former mayor, Chone");
});

test("lists by a key keep their order", () => {
  const groups = new Map();
  for (const word of ["ab", "ba", "ac"]) put(groups, word[0], word);
  assert.deepEqual([...groups], [["a", ["ab", "ac"]], ["b", ["ba"]]]);
});

test("days are told without what both have, large numbers in words, a story without its head", () => {
  assert.equal(period("2021-04-06", "2021-04-27"), "6 – 27 Apr 2021");
  assert.equal(period("2021-03-30", "2021-04-27"), "30 Mar – 27 Apr 2021");
  assert.equal(period("2020-12-30", "2021-01-02"), "30 Dec 2020 – 2 Jan 2021");
  assert.equal(period("2021-04", "2021-04-27"), "Apr 2021 – 27 Apr 2021");
  assert.equal(period("2021", "2021"), "2021");
  const figure = (value) => ({ text: "", value, low: null, high: null, comparator: "=", unit: "" });
  assert.deepEqual([1_600_000_000, 1_429_981, 2_100_000, 180].map((value) => amount(figure(value))), ["1.6 billion", "1,429,981", "2.1 million", "180"]);
  assert.equal(moved({ story: "Killed: four on 8 March: doubled." }), "Four on 8 March: doubled.");
  assert.equal(moved({ story: "" }), "");
});

test("stories are affairs, those that contradict first, then counted things of no affair", () => {
  const told = graph();
  const lane = (label, points, pairs) => ({ label, story: "", points, pairs });
  const homes = told.comparisons[0];
  const disputed = [homes.left.statement, homes.right.statement];
  Object.assign(told, {
    lanes: [lane("quiet", [[disputed[0], 0, "2021-03-02"]], []), lane("disputed", disputed.map((at) => [at, 0, "2021-03-04"]), [0]), lane("alone", disputed.map((at) => [at, 0, ""]), [])],
    affairs: [
      { id: "a", index: 0, label: "Quiet", happening: "", articles: [told.statements[disputed[0]].article], lanes: [0] },
      { id: "b", index: 1, label: "Loud", happening: "flood", articles: told.articles.map((one) => one.index), lanes: [1] },
    ],
  });
  const shown = passing(told, unfiltered());
  const found = stories(told, shown, gravestFirst(told));
  assert.deepEqual(found.map(({ title, affair }) => [title, affair]), [["Loud", 1], ["Quiet", 0], ["alone", null]]);
  assert.equal(found[0].first.index, 0);
  assert.deepEqual(verdictsOf(found[0].pairs)[0][0], homes.verdict);
  assert.equal(found[1].lines[0].figures, 1);
  const none = { ...shown, statements: new Set() };
  assert.deepEqual(stories(told, none, gravestFirst(told)), []);
});

test("publishers are gathered by name, and a figure stands with the place that it is from", () => {
  const made = data();
  const place = made.nodes.findIndex(({ family }) => family === "place");
  made.statements[0].figures = [{ text: "3", place: made.nodes[place].name.toUpperCase() }];
  made.statements[0].about = [];
  const told = index(made);
  assert.deepEqual(told.publishers.map(({ name, index: at }) => [name, at]), [...new Set(made.articles.map(({ publisher }) => publisher).filter(Boolean))].map((name, at) => [name, at]));
  assert.ok(told.nodes[place].placed.includes(0));
  assert.equal(new Map(spokenOf(told, [0])).get(place), 1);
});
