"use strict";
/* The data of the page, indexed. Knows nothing of filters, of drawing or of panels. */
const Graph = (() => {
  const { nodes, links, statements, comparisons, articles, verdicts } = DATA;

  for (const [index, node] of nodes.entries()) Object.assign(node, { index, links: [], said: [], about: [], comparisons: [] });
  for (const [index, link] of links.entries()) {
    link.index = index;
    nodes[link.source].links.push(index);
    if (link.target !== link.source) nodes[link.target].links.push(index);
  }
  for (const [index, article] of articles.entries()) Object.assign(article, { index, statements: [] });
  const dated = (edtf) => (/^\d{4}/.test(edtf || "") ? edtf : "");
  for (const [index, statement] of statements.entries()) {
    Object.assign(statement, { index, comparisons: [], relays: [] });
    const article = articles[statement.article];
    article?.statements.push(index);
    statement.date = dated(statement.saidOn) || dated(article?.published) || "";
    if (statement.speaker !== null) nodes[statement.speaker].said.push(index);
    for (const about of statement.about) nodes[about].about.push(index);
  }
  for (const statement of statements) if (statement.within !== null) statements[statement.within].relays.push(statement.index);
  const disagrees = (comparison) => verdicts[comparison.verdict].disagreement;
  for (const [index, comparison] of comparisons.entries()) {
    comparison.index = index;
    const speakers = new Set();
    for (const side of [comparison.left, comparison.right]) {
      statements[side.statement].comparisons.push(index);
      if (statements[side.statement].speaker !== null) speakers.add(statements[side.statement].speaker);
    }
    for (const speaker of speakers) nodes[speaker].comparisons.push(index);
  }

  const newest = (a, b) => {
    const [one, two] = [statements[a], statements[b]];
    return two.date < one.date ? -1 : two.date > one.date ? 1 : one.start - two.start || a - b;
  };
  for (const node of nodes) {
    if (node.said.length > 1) node.said.sort(newest);
    if (node.about.length > 1) node.about.sort(newest);
    node.rank = 3 * node.said.length + node.links.length + 2 * node.comparisons.length;
  }

  /* The nodes within `steps` links of `node`, itself with them, over the links in `drawn`. */
  const around = (node, steps, drawn) => {
    let reached = new Set([node]);
    for (let step = 0; step < steps; step += 1) {
      const next = new Set(reached);
      for (const index of reached)
        for (const at of nodes[index].links) if (drawn.has(at)) next.add(links[at].source).add(links[at].target);
      reached = next;
    }
    return reached;
  };

  /* A shortest path over the links in `drawn`, whichever way they point: {nodes, links} in order, or null. */
  const path = (from, to, drawn) => {
    const cameBy = new Map([[from, null]]);
    let edge = [from];
    while (edge.length && !cameBy.has(to)) {
      const next = [];
      for (const index of edge)
        for (const at of nodes[index].links) {
          const other = links[at].source === index ? links[at].target : links[at].source;
          if (!drawn.has(at) || cameBy.has(other)) continue;
          cameBy.set(other, { link: at, node: index });
          next.push(other);
        }
      edge = next;
    }
    if (!cameBy.has(to)) return null;
    const found = { nodes: [to], links: [] };
    for (let step = cameBy.get(to); step; step = cameBy.get(step.node)) {
      found.nodes.unshift(step.node);
      found.links.unshift(step.link);
    }
    return found;
  };

  return { ...DATA, around, path, disagrees };
})();
