"use strict";
/* The data of the page, indexed, and what of it the filters let through. Knows nothing of drawing or of panels. */
const Graph = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { nodes, links, statements, comparisons, articles, families, kinds, voices, verdicts } = data;

  for (const [index, node] of nodes.entries()) Object.assign(node, { index, links: [], said: [], about: [], comparisons: [] });
  for (const [index, link] of links.entries()) {
    link.index = index;
    nodes[link.source].links.push(index);
    if (link.target !== link.source) nodes[link.target].links.push(index);
  }
  const dated = (edtf) => (/^\d{4}/.test(edtf || "") ? edtf : "");
  for (const [index, statement] of statements.entries()) {
    Object.assign(statement, { index, comparisons: [], relays: [] });
    statement.date = dated(statement.saidOn) || dated(articles[statement.article]?.published) || "";
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

  const newest = (a, b) =>
    (statements[b].date || "").localeCompare(statements[a].date || "") || statements[a].start - statements[b].start || a - b;
  for (const node of nodes) {
    node.said.sort(newest);
    node.about.sort(newest);
    node.rank = 3 * node.said.length + node.links.length + 2 * node.comparisons.length;
  }

  /* What the reader has chosen. Every filter is a set of what is switched off, so that the start is empty. */
  const state = {
    families: new Set(),
    kinds: new Set(),
    voices: new Set(),
    disagreements: false,
    from: null,
    to: null,
    only: null,
  };
  const narrowed = () => state.voices.size > 0 || state.from !== null || state.to !== null;

  const inTime = (day) => {
    if (state.from === null && state.to === null) return true;
    if (!day) return false;
    return (state.from === null || day >= state.from) && (state.to === null || day.slice(0, state.to.length) <= state.to);
  };
  const allows = (statement) => !state.voices.has(statement.kind) && inTime(statement.date);
  const allowsComparison = (comparison) =>
    allows(statements[comparison.left.statement]) && allows(statements[comparison.right.statement]);

  /* The indices of nodes, links and statements that pass. */
  const visible = () => {
    const passed = new Set(statements.filter(allows).map((statement) => statement.index));
    const compared = new Set(comparisons.filter((c) => disagrees(c) && allowsComparison(c)).map((c) => c.index));
    const shown = new Set();
    for (const node of nodes) {
      if (state.families.has(node.family) || (state.only && !state.only.has(node.index))) continue;
      if (state.disagreements && !node.comparisons.some((index) => compared.has(index))) continue;
      if (narrowed() && ![...node.said, ...node.about].some((index) => passed.has(index))) continue;
      shown.add(node.index);
    }
    const drawn = new Set();
    for (const link of links) {
      if (state.kinds.has(link.kind) || !shown.has(link.source) || !shown.has(link.target)) continue;
      if (link.statements.length && !link.statements.some((index) => passed.has(index))) continue;
      if (link.comparisons.length && !link.comparisons.some((index) => allowsComparison(comparisons[index]))) continue;
      drawn.add(link.index);
    }
    return { nodes: shown, links: drawn, statements: passed };
  };

  /* The nodes within `steps` links of `node` that are let through now, itself with them. */
  const around = (node, steps, drawn) => {
    let reached = new Set([node]);
    for (let step = 0; step < steps; step += 1) {
      const next = new Set(reached);
      for (const index of reached)
        for (const at of nodes[index].links)
          if (drawn.has(at)) next.add(links[at].source).add(links[at].target);
      reached = next;
    }
    return reached;
  };

  const reset = () => {
    for (const name of ["families", "kinds", "voices"]) state[name].clear();
    Object.assign(state, { disagreements: false, from: null, to: null, only: null });
  };

  return { ...data, state, visible, around, reset, disagrees, narrowed };
})();
