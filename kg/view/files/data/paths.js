/* Ways through the graph over the links that are drawn: who is near, and how one actor leads to another. */

/* The nodes within `steps` links of `node`, itself with them, over the links in `drawn`. */
/** @type {(graph: kg.Graph, node: number, steps: number, drawn: Set<number>) => Set<number>} */
export const around = ({ nodes, links }, node, steps, drawn) => {
  let reached = new Set([node]);
  for (let step = 0; step < steps; step += 1) {
    const next = new Set(reached);
    for (const index of reached)
      for (const at of nodes[index].links) if (drawn.has(at)) next.add(links[at].source).add(links[at].target);
    reached = next;
  }
  return reached;
};

/* A shortest path over the links in `drawn`, whichever way they point: {nodes, links} in order, or null. It leads through
   nobody whom `through` refuses. */
/** @type {(graph: kg.Graph, from: number, to: number, drawn: Set<number>, through?: (node: kg.Actor) => boolean) => {nodes: number[], links: number[]} | null} */
export const path = ({ nodes, links }, from, to, drawn, through = () => true) => {
  /** @type {Map<number, {link: number, node: number} | null>} */
  const cameBy = new Map([[from, null]]);
  let edge = [from];
  while (edge.length && !cameBy.has(to)) {
    const next = [];
    for (const index of edge)
      for (const at of nodes[index].links) {
        const other = links[at].source === index ? links[at].target : links[at].source;
        if (!drawn.has(at) || cameBy.has(other) || (other !== to && !through(nodes[other]))) continue;
        cameBy.set(other, { link: at, node: index });
        next.push(other);
      }
    edge = next;
  }
  if (!cameBy.has(to)) return null;
  const found = { nodes: [to], links: /** @type {number[]} */ ([]) };
  for (let step = cameBy.get(to); step; step = cameBy.get(step.node)) {
    found.nodes.unshift(step.node);
    found.links.unshift(step.link);
  }
  return found;
};

