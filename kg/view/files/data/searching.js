/* Searching actors by their names, aliases and offices, and statements by their words; the best first. */

const LIMIT = 12;

/** @type {(text: string) => string} */
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
/* Made when they are first asked for: on a large graph they take a moment that the start should not wait for. */
/** @type {<T>(make: () => T) => () => T} */
const once = (make) => {
  /** @type {ReturnType<typeof make> | undefined} */
  let made;
  return () => (made ??= make());
};
/** @type {(graph: kg.Graph) => kg.Find} */
export const searching = ({ nodes, statements }) => {
  const entries = once(() => nodes.map((node) => ({
    node: node.index,
    name: plain(node.name),
    text: plain([node.name, ...node.aliases, node.country, node.partOf, ...node.offices.map((office) => `${office.title} ${office.organisationName}`)].join(" · ")),
  })));
  const contents = once(() => statements.map((statement) => plain(`${statement.content} ${statement.figures.map((figure) => figure.text).join(" ")}`)));

  return (query) => {
    const words = plain(query).split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    /** @type {(text: string) => boolean} */
    const all = (text) => words.every((word) => text.includes(word));
    const actors = entries()
      .filter(({ text }) => all(text))
      .sort((a, b) => Number(b.name.startsWith(words[0])) - Number(a.name.startsWith(words[0])) || Number(all(b.name)) - Number(all(a.name)) || nodes[b.node].rank - nodes[a.node].rank)
      .slice(0, LIMIT)
      .map(({ node }) => /** @type {kg.Choice} */ ({ view: "node", node }));
    /** @type {kg.Choice[]} */
    const said = [];
    const texts = contents();
    for (let at = 0; at < texts.length && said.length < LIMIT; at += 1) if (all(texts[at])) said.push({ view: "statement", statement: at });
    return [...actors, ...said];
  };
};
