/* Graphs too large to be drawn whole start from their communities: each is one round node until it is opened. What a
   search, a path or a filter leads to is drawn by itself, and so is what filters leave when it is few. */
import { put } from "../data/grouping.js";

const SMALL = 4; // members under which a community goes to the others

/** @type {(nodes: kg.Actor[], items: kg.Item[]) => kg.Group[]} */
const gather = (nodes, items) => {
  /** @type {Map<number, number[]>} */
  const members = new Map();
  for (const node of nodes) put(members, node.community, node.index);
  const [large, small] = [/** @type {number[][]} */ ([]), /** @type {number[]} */ ([])];
  for (const list of members.values()) {
    if (list.length >= SMALL) large.push(list);
    else small.push(...list);
  }
  if (small.length) large.push(small);
  return large.map((list, group) => {
    /** @type {(axis: "x" | "y") => number} */
    const middle = (axis) => list.reduce((sum, id) => sum + items[id][axis], 0) / list.length;
    const [x, y] = [middle("x"), middle("y")];
    const spread = Math.sqrt(list.reduce((sum, id) => sum + (items[id].x - x) ** 2 + (items[id].y - y) ** 2, 0) / list.length);
    const first = list.reduce((best, id) => (nodes[id].rank > nodes[best].rank ? id : best));
    const others = list === small;
    const size = others ? 60 : Math.max(30, spread);
    return {
      id: -1 - group, group, members: list, x, y, size, shape: "dot", colour: "#94a3b8", side: null, small: false, person: false,
      label: others ? `${list.length.toLocaleString("en")} with few links` : `${items[first].label.slice(0, 30)} + ${(list.length - 1).toLocaleString("en")}`,
      rank: list.length, first, home: [x, y, size],
    };
  });
};

/** @type {(scene: kg.Scene, graph: kg.Graph) => kg.Folding} */
export const createFolding = (scene, { nodes, links, folding: { active, few: most } }) => {
  const groups = active ? gather(nodes, scene.items) : [];
  const groupOf = new Int32Array(active ? nodes.length : 0);
  for (const { group, members } of groups) for (const id of members) groupOf[id] = group;
  /** @type {Set<number>} */
  const opened = new Set();
  /** @type {Set<number>} */
  let pinned = new Set();
  /** @type {() => boolean} */
  const few = () => scene.seen !== null && scene.seen.nodes.size <= most;
  /** @type {(id: number) => boolean} */
  const folded = (id) => active && !few() && !opened.has(groupOf[id]) && !pinned.has(id);

  /** @type {() => kg.Group[]} */
  const shownGroups = () => {
    if (!active || few()) return [];
    /** @type {Set<number>} */
    const alive = new Set();
    if (scene.seen) for (const id of scene.seen.nodes) alive.add(groupOf[id]);
    return groups.filter(({ group }) => !opened.has(group) && (!scene.seen || alive.has(group)));
  };
  /* All links between two ends that are not both drawn by themselves, as one tie an end to end. */
  /** @type {() => kg.Tie[]} */
  const bundles = () => {
    if (!active || few()) return [];
    /** @type {Map<string, kg.Tie & {count: number}>} */
    const found = new Map();
    /** @type {(id: number) => number} */
    const end = (id) => (folded(id) ? -1 - groupOf[id] : id);
    for (const link of links) {
      if (scene.seen && !scene.seen.links.has(link.index)) continue;
      const [a, b] = [end(link.source), end(link.target)];
      if (a === b || (a >= 0 && b >= 0)) continue;
      const key = a < b ? `${a} ${b}` : `${b} ${a}`;
      const tie = found.get(key);
      if (tie) tie.count += 1;
      else found.set(key, { id: -1, from: a, to: b, kind: link.kind, bend: 0, width: 0, dashes: [], arrow: false, count: 1 });
    }
    /* The strongest tell most; thousands of single ones would only grey the picture. */
    return [...found.values()].sort((a, b) => b.count - a.count).slice(0, 3000).map((tie) => ({ ...tie, width: Math.min(8, 0.6 + Math.log2(tie.count + 1)) }));
  };
  return {
    active, groups, opened, folded, shownGroups, bundles,
    pin: (ids) => {
      pinned = new Set(ids);
    },
  };
};
