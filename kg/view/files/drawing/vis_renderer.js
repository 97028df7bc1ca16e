/* The picture by vis-network, behind the few calls that any renderer has (kg.Renderer): up to the size that it draws
   well. Everything about vis-network stays in this file. */
import { drawOutlines } from "./community_outlines.js";
import { createLabels } from "./labels.js";

/** @type {kg.Draw} */
export const drawByVis = (container, scene, { drawing, onselect, onhover, onmove }) => {
  /** @type {Map<number, any>} */
  const prepared = new Map(drawing?.nodes.map((node) => [node.id, node]));
  /** @type {(item: kg.Item) => {id: number, x: number, y: number, size: number}} */
  const place = ({ id, x, y, size }) => ({ id, x, y, size });
  const nodes = new vis.DataSet(scene.items.map((item) => ({ ...prepared.get(item.id), ...place(item), label: undefined })));
  const edges = new vis.DataSet(drawing?.edges);
  const network = new vis.Network(container, { nodes, edges }, drawing?.options);
  const labels = createLabels(scene);
  let version = 0;

  /* Only what changed goes to vis-network, once for all calls of one turn. */
  /** @type {Record<"nodes" | "links", Map<number, string>>} */
  const looks = { nodes: new Map(), links: new Map() };
  /** @type {(kind: "nodes" | "links", id: number, look: object) => boolean} */
  const changed = (kind, id, look) => {
    const key = JSON.stringify(look);
    if (looks[kind].get(id) === key) return false;
    looks[kind].set(id, key);
    return true;
  };
  /** @type {(item: kg.Item) => object} */
  const nodeLook = (item) => {
    const { hidden, opacity, fill, border, line } = scene.itemLook(item);
    const both = { background: fill, border };
    return { hidden, opacity, borderWidth: line, color: { ...both, highlight: both, hover: both } };
  };
  /** @type {(tie: kg.Tie) => object} */
  const linkLook = (tie) => {
    const { hidden, ink, width, opacity } = scene.tieLook(tie);
    return { hidden, width, color: { color: ink, highlight: ink, hover: ink, inherit: false, opacity } };
  };
  let waiting = false;
  const apply = () => {
    waiting = false;
    version += 1;
    /** @type {<T extends {id: number}>(kind: "nodes" | "links", set: any, list: T[], lookOf: (one: T) => object) => number} */
    const update = (kind, set, list, lookOf) => {
      const fresh = list.map((one) => ({ one, look: lookOf(one) })).filter(({ one, look }) => changed(kind, one.id, look));
      if (fresh.length) set.update(fresh.map(({ one, look }) => ({ id: one.id, ...look })));
      return fresh.length;
    };
    const restyled = update("nodes", nodes, scene.items, nodeLook) + update("links", edges, scene.ties, linkLook);
    if (!restyled) network.redraw();
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
  network.on("click", (/** @type {any} */ { nodes: [node], edges: [edge] }) => {
    if (node !== undefined) onselect({ node });
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

  /** @type {(set: any) => number[]} */
  const visible = (set) => set.get({ filter: (/** @type {any} */ one) => !one.hidden }).map((/** @type {any} */ one) => one.id);
  return {
    restyle,
    replace: () => nodes.update(scene.items.map(place)),
    view,
    look: ({ x, y, scale }, animation = false) => network.moveTo({ position: { x, y }, scale, animation: animation && { duration: 250 } }),
    spot: (id) => network.canvasToDOM(network.getPosition(id)),
    names: labels.placed,
    drawn: () => ({
      nodes: visible(nodes),
      links: visible(edges),
    }),
    canvas: () => /** @type {HTMLCanvasElement} */ (container.querySelector("canvas")),
  };
};
