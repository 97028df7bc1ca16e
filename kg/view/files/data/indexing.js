/* The data of the page, indexed: each thing knows its place, and each actor its links and statements. */

/* Most lists stay empty: they share one, and get one of their own with the first thing that goes in. */
const NONE = /** @type {number[]} */ (/** @type {unknown} */ (Object.freeze([])));
/** @type {<K extends string>(owner: Record<K, number[]>, list: K, index: number) => void} */
const put = (owner, list, index) => {
  if (owner[list] === NONE) owner[list] = [index];
  else owner[list].push(index);
};

/** @type {(edtf: string | null | undefined) => string} */
const dated = (edtf) => (edtf && /^\d{4}/.test(edtf) ? edtf : "");

/* Places by their names and other names. */
/** @type {(nodes: kg.Actor[]) => Map<string, number[]>} */
const placesOf = (nodes) => {
  /** @type {Map<string, number[]>} */
  const found = new Map();
  for (const [index, { family, name, aliases }] of nodes.entries()) if (family === "place") for (const one of new Set([name, ...aliases].map((word) => word.toLowerCase()))) found.set(one, [...(found.get(one) ?? []), index]);
  return found;
};

/** @type {(data: kg.Data) => kg.Publisher[]} */
const publishersOf = ({ articles, nodes }) => {
  const actors = new Map(nodes.map((node, index) => [node.name.toLowerCase(), index]));
  /** @type {Map<string, kg.Publisher>} */
  const found = new Map();
  articles.forEach(({ publisher: name }, index) => {
    const known = found.get(name);
    if (known) known.articles.push(index);
    else if (name) found.set(name, { id: name, name, articles: [index], node: actors.get(name.toLowerCase()) ?? null, index: found.size });
  });
  return [...found.values()];
};

/* The same objects, extended. */
/** @type {(data: kg.Data) => kg.Graph} */
export const index = (data) => {
  const { nodes, links, statements, comparisons, articles, verdicts, affairs } = data;

  nodes.forEach((node, index) => {
    [node.index, node.links, node.said, node.about, node.placed, node.comparisons] = [index, NONE, NONE, NONE, NONE, NONE];
  });
  links.forEach((link, index) => {
    link.index = index;
    put(nodes[link.source], "links", index);
    if (link.target !== link.source) put(nodes[link.target], "links", index);
  });
  articles.forEach((article, index) => {
    [article.index, article.statements] = [index, []];
  });
  for (const [index, affair] of affairs.entries()) affair.index = index;
  data.publishers = publishersOf(data);
  const places = placesOf(nodes);
  statements.forEach((statement, index) => {
    statement.index = index;
    statement.comparisons = NONE;
    statement.relays = NONE;
    const article = statement.article === null ? undefined : articles[statement.article];
    article?.statements.push(index);
    statement.date = dated(statement.saidOn) || dated(article?.published) || "";
    if (statement.speaker !== null) put(nodes[statement.speaker], "said", index);
    for (const about of statement.about) put(nodes[about], "about", index);
    for (const place of new Set(statement.figures.flatMap((figure) => figure.place.split(", "))))
      for (const at of places.get(place.toLowerCase()) ?? []) if (!statement.about.includes(at) && nodes[at].placed[nodes[at].placed.length - 1] !== index) put(nodes[at], "placed", index);
  });
  for (const statement of statements) if (statement.within !== null) put(statements[statement.within], "relays", statement.index);
  for (const [index, comparison] of comparisons.entries()) {
    comparison.index = index;
    comparison.disagrees = verdicts[comparison.verdict].disagreement;
    const speakers = new Set();
    for (const side of [comparison.left, comparison.right]) {
      put(statements[side.statement], "comparisons", index);
      if (statements[side.statement].speaker !== null) speakers.add(statements[side.statement].speaker);
    }
    for (const speaker of speakers) put(nodes[speaker], "comparisons", index);
  }

  /** @type {(a: number, b: number) => number} */
  const newest = (a, b) => {
    const [one, two] = [statements[a], statements[b]];
    return two.date < one.date ? -1 : two.date > one.date ? 1 : one.start - two.start || a - b;
  };
  for (const node of nodes) {
    if (node.said.length > 1) node.said.sort(newest);
    if (node.about.length > 1) node.about.sort(newest);
    node.rank = 3 * node.said.length + node.links.length + 2 * node.comparisons.length;
  }
  return data;
};
