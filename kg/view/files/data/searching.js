/* Searching actors by their names, aliases and offices, and statements by their words; the best first. A word finds what
   begins with it, what means the same, what sounds the same, and when there is none of these, what is nearly written so. */
import { hearing, near, plain } from "./sounds.js";

const LIMIT = 12;
const WORDS = /[\p{L}\p{N}]+/gu;

/* Made when they are first asked for: on a large graph they take a moment that the start should not wait for. */
/** @type {<T>(make: () => T) => () => T} */
const once = (make) => {
  /** @type {ReturnType<typeof make> | undefined} */
  let made;
  return () => (made ??= make());
};
/** @type {(text: string) => string} */
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/* A word and what it may be without its ending: losing is los, lose. */
/** @type {(word: string) => string[]} */
const forms = (word) => [word, ...["ing", "ed", "es", "s", "ly"].flatMap((ending) => (word.endsWith(ending) && word.length - ending.length > 2 ? [word.slice(0, -ending.length), `${word.slice(0, -ending.length)}e`] : []))];

/** @type {(graph: kg.Graph) => kg.Find} */
export const searching = ({ nodes, statements, lexicon }) => {
  const key = hearing(lexicon.sounds);
  /* Who holds an office is found by every name of the body, too. */
  const entries = once(() => nodes.map((node) => ({
    node: node.index,
    name: plain(node.name),
    text: plain([node.name, ...node.aliases, node.typeLabel, node.country, node.partOf, ...node.offices.flatMap((office) => [office.title, office.organisationName, ...(office.organisation === null ? [] : nodes[office.organisation].aliases)])].join(" · ")),
  })));
  const contents = once(() => statements.map((statement) => plain(`${statement.content} ${statement.figures.map((figure) => `${figure.words} ${figure.happened}`).join(" ")}`)));
  const alike = once(() => {
    /** @type {Map<string, string[]>} */
    const found = new Map();
    for (const group of lexicon.concepts) {
      const words = group.split(" ");
      for (const word of words) found.set(word, words);
    }
    return found;
  });
  /* Words of names by their sound, and all words, to look for what is nearly written so. */
  const names = once(() => {
    /** @type {Map<string, Set<string>>} */
    const found = new Map();
    for (const { text } of entries())
      for (const word of text.match(WORDS) ?? []) {
        if (word.length < 3) continue;
        const sound = key(word);
        const words = found.get(sound);
        if (words) words.add(word);
        else found.set(sound, new Set([word]));
      }
    return found;
  });
  const spoken = once(() => new Set(contents().flatMap((text) => text.match(WORDS) ?? [])));

  /* All that a word of a query stands for. */
  /** @type {(word: string) => string[]} */
  const meanings = (word) => {
    const found = new Set([word]);
    for (const form of forms(word)) for (const same of alike().get(form) ?? (form !== word && spoken().has(form) ? [form] : [])) found.add(same);
    const sound = key(word);
    if (sound.length > 2) for (const name of names().get(sound) ?? []) found.add(name);
    if (found.size > 1 || word.length < 5) return [...found];
    if ([...entries().map(({ text }) => text), ...contents()].some((text) => text.includes(word))) return [word];
    const most = word.length > 7 ? 2 : 1;
    for (const [heard, list] of names()) if (near(heard, sound, 1)) for (const name of list) found.add(name);
    for (const other of spoken()) if (near(other, word, most)) for (const same of [other, ...(alike().get(other) ?? [])]) found.add(same);
    return [...found];
  };
  /* A word as it is may stand anywhere; what it stands for, as whole words. */
  /** @type {(word: string) => (text: string) => boolean} */
  const matcher = (word) => {
    const [own, ...others] = meanings(word);
    if (!others.length) return (text) => text.includes(own);
    const pattern = new RegExp(`${escaped(own)}|(?<![\\p{L}\\p{N}])(?:${others.map(escaped).join("|")})(?![\\p{L}\\p{N}])`, "u");
    return (text) => pattern.test(text);
  };

  return (query, most = LIMIT) => {
    const words = plain(query).split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    const tests = words.map(matcher);
    /** @type {(text: string) => boolean} */
    const all = (text) => tests.every((test) => test(text));
    const actors = entries()
      .filter(({ text }) => all(text))
      .sort((a, b) => Number(b.name.startsWith(words[0])) - Number(a.name.startsWith(words[0])) || Number(all(b.name)) - Number(all(a.name)) || nodes[b.node].rank - nodes[a.node].rank)
      .slice(0, most)
      .map(({ node }) => /** @type {kg.Choice} */ ({ view: "node", node }));
    /** @type {kg.Choice[]} */
    const said = [];
    const texts = contents();
    for (let at = 0; at < texts.length && said.length < most; at += 1) if (all(texts[at])) said.push({ view: "statement", statement: at });
    return [...actors, ...said];
  };
};
