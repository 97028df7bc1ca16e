/* A small invented graph as the page's data hold it, and a stand-in for the canvas that measures names. */
import { index } from "../../../kg/view/files/data/indexing.js";

const figure = (text, value, low, high, comparator, more = {}) => ({ text, value, low, high, comparator, unit: "", population: "homes", event: "lost", place: "", asOf: null, id: null, whose: "", words: text, happened: "lost", near: null, ...more });
const actor = (id, name, family, more = {}) => ({ id, name, type: "Person", family, typeLabel: family, aliases: [], country: "", partOf: "", community: 0, offices: [], ...more });
const statement = (id, speaker, content, more = {}) => ({
  id, speaker, speakerName: speaker === null ? "" : NAMES[speaker], role: "", organisation: "", tense: null, cue: "said", stance: "said", kind: "indirect",
  certainty: "certain", negated: false, content, saidOn: null, about: [], figures: [], evidence: [[content, "content"]], article: 0, spans: [],
  start: 0, end: content.length, within: null, reason: "named", confidence: 0.9, ...more,
});
const NAMES = ["Lucía Paredes", "Red Cross", "Manabí", "Tomás Vera"];

/* The data as they are written into a page: four actors, three links, three statements, one contradiction. */
export const data = () => ({
  nodes: [
    actor("e/paredes", NAMES[0], "person", { aliases: ["Paredes"], offices: [{ title: "governor", organisation: 2, organisationName: "Manabí", tense: "current" }] }),
    actor("e/red-cross", NAMES[1], "organisation"),
    actor("e/manabi", NAMES[2], "place"),
    actor("e/vera", NAMES[3], "person", { community: 1 }),
  ],
  links: [
    { source: 0, target: 2, kind: "said_about", label: "", statements: [0], comparisons: [], width: 1, bend: 0 },
    { source: 1, target: 2, kind: "said_about", label: "", statements: [1], comparisons: [], width: 1, bend: 0 },
    { source: 0, target: 1, kind: "disagrees_with", label: "", statements: [], comparisons: [0], width: 2, bend: 0.2 },
  ],
  statements: [
    statement("s1", 0, "more than 120 homes were lost", { saidOn: "2021-03-02", about: [2], figures: [figure("more than 120 homes", 120, 120, null, ">")] }),
    statement("s2", 1, "80 homes were lost", { about: [2], article: 1, confidence: 0.6, figures: [figure("80 homes", 80, 80, 80, "=")] }),
    statement("s3", 3, "nobody warned us", { kind: "direct", confidence: null }),
  ],
  comparisons: [
    {
      id: "c1", verdict: "contradicts", reason: "80 is below 120.",
      left: { statement: 0, speaker: NAMES[0], figure: figure("more than 120 homes", 120, 120, null, ">") },
      right: { statement: 1, speaker: NAMES[1], figure: figure("80 homes", 80, 80, 80, "=") },
    },
  ],
  articles: [
    { id: "a1", title: "Flood takes homes", published: "2021-03-02", publisher: "Radio Costa", url: "https://radio.example/1", text: null },
    { id: "a2", title: "Counting the losses", published: "2021-03-05", publisher: "", url: "", text: null },
  ],
  lanes: [],
  affairs: [],
  verdicts: { contradicts: { label: "cannot both hold", disagreement: true, order: 0 }, agrees: { label: "agree", disagreement: false, order: 3 } },
  families: {}, kinds: {}, voices: {}, certainties: {},
  terms: {
    prefixes: { kg: "https://kg.example/" }, classes: { Statement: "kg:Statement", Person: "kg:Person", Article: "kg:Article", SpecificResource: "oa:SpecificResource", Figure: "kg:Figure" },
    properties: new Proxy({}, { get: (_, name) => `kg:${String(name)}` }), values: {},
  },
  lexicon: {
    concepts: ["kill dead death deaths died killed toll", "lose lost losses"],
    sounds: { letters: [["с", "s"], ["у", "u"], ["л", "l"], ["а", "a"], ["й", "i"], ["м", "m"], ["н", "n"], ["о", "o"], ["в", "v"]], endings: [["off", "ov"]], spellings: [["kh", "h"], ["ay", "ai"], ["ye", "e"], ["ia", "a"], ["y", "i"]] },
  },
  places: { x: [0, 50, 100, 500], y: [0, 80, 0, 0], r: [10, 9, 8, 7] },
  folding: { active: false, few: 2000 },
});

/* How kinds of links and actors look. */
export const KINDS = { said_about: { light: "#000", dark: "#fff", dashes: [], arrow: true }, disagrees_with: { light: "#a00", dark: "#f00", dashes: [7, 5], arrow: false } };
export const FAMILIES = { person: { shape: "dot", colour: "#00f" }, organisation: { shape: "square", colour: "#f00" }, place: { shape: "triangle", colour: "#0f0" } };

export const graph = () => index(data());

/* Letters of one width, so that a test needs no browser. */
export const measureWithoutCanvas = () => {
  globalThis.document = { createElement: () => ({ getContext: () => ({ font: "", measureText: (text) => ({ width: 7 * text.length }) }) }) };
};

/* Whether two boxes share more than an edge. */
export const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/* Numbers that look random and are the same each time. */
export const numbers = (seed) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};
