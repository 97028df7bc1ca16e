/* The picture by vis-network, behind the few calls that any renderer has (kg.Renderer): answers, which have few nodes.
   Everything about vis-network stays in this file; what nodes and links of each kind look like comes from pyvis. */
import { families, kinds, links, nodes as actors } from "../data/graph.js";
import { drawOutlines } from "./community_outlines.js";
import { createLabels } from "./labels.js";

/** @type {kg.Draw} */
export const drawByVis = (container, scene, { drawing, onselect, onhover, onmove, onothers }) => {
  const [nodes, edges] = [new vis.DataSet(), new vis.DataSet()];
  const network = new vis.Network(container, { nodes, edges }, drawing?.options);
  const labels = createLabels(scene);
  let version = 0;

  /** @type {(item: kg.Item) => {id: number, x: number, y: number, size: number}} */
  const place = ({ id, x, y, size }) => ({ id, x, y, size });
  /** @type {(item: kg.Item) => object} */
  const node = (item) => {
    const { opacity, fill, border, line } = scene.itemLook(item);
    const both = { background: fill, border };
    const look = drawing?.families[actors[item.id].family] ?? { shape: families[actors[item.id].family].shape };
    return { ...look, ...place(item), label: undefined, opacity, borderWidth: line, color: { ...both, highlight: both, hover: both } };
  };
  /** @type {(tie: kg.Tie) => object} */
  const edge = (tie) => {
    const { ink, width, opacity } = scene.tieLook(tie);
    const { kind, bend } = links[tie.id];
    const look = drawing?.kinds[kind] ?? { arrows: kinds[kind].arrow ? "to" : "", dashes: kinds[kind].dashes };
    const smooth = bend ? { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) } : false;
    return { ...look, id: tie.id, from: tie.from, to: tie.to, width, smooth, color: { color: ink, highlight: ink, hover: ink, inherit: false, opacity } };
  };
  /* Only what changed goes to vis-network, once for all calls of one turn. */
  /** @type {Map<any, Map<number, string>>} */
  const looks = new Map([[nodes, new Map()], [edges, new Map()]]);
  /** @type {<T extends {id: number}>(set: any, list: T[], lookOf: (one: T) => object) => boolean} */
  const update = (set, list, lookOf) => {
    const known = /** @type {Map<number, string>} */ (looks.get(set));
    const wanted = new Set(list.map(({ id }) => id));
    const gone = [...known.keys()].filter((id) => !wanted.has(id));
    for (const id of gone) known.delete(id);
    if (gone.length) set.remove(gone);
    const fresh = [];
    for (const one of list) {
      const look = lookOf(one);
      const key = JSON.stringify(look);
      if (known.get(one.id) === key) continue;
      known.set(one.id, key);
      fresh.push(look);
    }
    if (fresh.length) set.update(fresh);
    return gone.length + fresh.length > 0;
  };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let again;
  let waiting = false;
  const apply = () => {
    waiting = false;
    if (!scene.answer) return;
    version += 1;
    const ties = scene.drawnTies();
    /* Links go before their ends do, and come after them. */
    const kept = new Set(ties.map(({ id }) => id));
    const cut = update(edges, ties.filter(({ id }) => looks.get(edges)?.has(id) && kept.has(id)), edge);
    const changed = update(nodes, scene.drawnItems(), node);
    if (!update(edges, ties, edge) && !changed && !cut) network.redraw();
  };
  const restyle = () => {
    if (!waiting) queueMicrotask(apply);
    waiting = true;
  };

  /** @type {() => kg.View} */
  const view = () => {
    const { x, y } = network.getViewPosition();
    return { x, y, scale: network.getScale(), width: container.clientWidth, height: container.clientHeight };
  };
  network.on("afterDrawing", (/** @type {CanvasRenderingContext2D} */ context) => {
    const now = view();
    context.save();
    context.scale(1 / now.scale, 1 / now.scale);
    labels.draw(context, now, version);
    context.restore();
  });
  network.on("beforeDrawing", (/** @type {CanvasRenderingContext2D} */ context) => drawOutlines(context, scene, view()));
  network.on("click", (/** @type {any} */ { nodes: [node], edges: [edge], pointer }) => {
    if (labels.note(pointer.canvas, network.getScale())) onothers();
    else if (node !== undefined) onselect({ node });
    else if (edge !== undefined) onselect({ link: edge });
    else onselect(null);
  });
  network.on("hoverNode", (/** @type {any} */ { node, pointer }) => onhover({ node, at: pointer.DOM }));
  network.on("hoverEdge", (/** @type {any} */ { edge, pointer }) => onhover({ link: edge, at: pointer.DOM }));
  for (const event of ["blurNode", "blurEdge"]) network.on(event, () => onhover(null));
  for (const event of ["dragStart", "zoom"])
    network.on(event, () => {
      onhover(null);
      onmove();
    });
  network.on("dragEnd", (/** @type {any} */ { nodes: dragged }) => {
    const positions = network.getPositions(dragged);
    for (const id of dragged) Object.assign(scene.items[id], positions[id]);
    version += 1;
  });

  return {
    restyle,
    /* Places alone, straight to what is drawn: a motion calls this with every frame. */
    replace: () => {
      version += 1;
      for (const { id, x, y } of scene.drawnItems()) {
        const body = network.body.nodes[id];
        if (body) [body.x, body.y] = [x, y];
      }
      network.redraw();
      /* vis-network leaves out what stood outside before, and knows better the next time. */
      clearTimeout(again);
      again = setTimeout(() => network.redraw(), 60);
    },
    view,
    look: ({ x, y, scale }, animation = false) => network.moveTo({ position: { x, y }, scale, animation: animation && { duration: 250 } }),
    spot: (id) => network.canvasToDOM({ x: scene.item(id).x, y: scene.item(id).y }),
    names: labels.placed,
    drawn: () => ({ nodes: scene.drawnItems().map(({ id }) => id), links: scene.drawnTies().map(({ id }) => id) }),
  };
};
