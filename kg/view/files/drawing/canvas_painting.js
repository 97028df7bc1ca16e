/* Nodes and links onto a 2D context whose unit is the plane's. Links of one look go out in one stroke. */
import { drawOutlines } from "./community_outlines.js";

/** @typedef {(x0: number, x1: number, y0: number, y1: number) => boolean} InView */
const FAR = 2.2; // pixels under which a node is a mere square
const CROWD = 6000; // nodes, or a quarter of the links, from which on painting saves
const FAR_IN_CROWD = 3.2;

/** @type {Record<kg.Shape, (c: CanvasRenderingContext2D, x: number, y: number, r: number) => void>} */
const outline = {
  dot: (c, x, y, r) => c.arc(x, y, r, 0, 2 * Math.PI),
  square: (c, x, y, r) => c.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8),
  triangle: (c, x, y, r) => {
    c.moveTo(x, y - r * 1.1);
    c.lineTo(x + r * 1.1, y + r * 0.8);
    c.lineTo(x - r * 1.1, y + r * 0.8);
    c.closePath();
  },
  diamond: (c, x, y, r) => {
    c.moveTo(x, y - r * 1.1);
    c.lineTo(x + r * 1.1, y);
    c.lineTo(x, y + r * 1.1);
    c.lineTo(x - r * 1.1, y);
    c.closePath();
  },
  hexagon: (c, x, y, r) => {
    for (let turn = 0; turn < 6; turn += 1) {
      const angle = (Math.PI / 3) * turn;
      turn ? c.lineTo(x + r * Math.cos(angle), y + r * Math.sin(angle)) : c.moveTo(x + r, y);
    }
    c.closePath();
  },
};

/* Where a link bends: the control point of a quadratic curve. */
/** @type {(a: kg.Point, b: kg.Point, bend: number) => [number, number]} */
export const control = (a, b, bend) => [(a.x + b.x) / 2 + (b.y - a.y) * bend, (a.y + b.y) / 2 - (b.x - a.x) * bend];

/** @type {(context: CanvasRenderingContext2D, scene: kg.Scene, ties: kg.Tie[], view: kg.View, inView: InView) => void} */
const links = (context, scene, ties, view, inView) => {
  /** @type {Map<string, {ink: string, opacity: number, width: number, dashes: number[], ties: [kg.Tie, kg.Item, kg.Item][]}>} */
  const looks = new Map();
  for (const tie of ties) {
    const [a, b] = [scene.item(tie.from), scene.item(tie.to)];
    if (!inView(Math.min(a.x, b.x), Math.max(a.x, b.x), Math.min(a.y, b.y), Math.max(a.y, b.y))) continue;
    const look = scene.tieLook(tie);
    const width = Math.round(look.width * 2) / 2;
    const key = `${look.ink} ${look.opacity} ${width} ${tie.dashes}`;
    const alike = looks.get(key);
    if (alike) alike.ties.push([tie, a, b]);
    else looks.set(key, { ...look, width, dashes: tie.dashes, ties: [[tie, a, b]] });
  }
  const many = ties.length > 4000;
  const arrows = !many || view.scale > 0.5;
  for (const { ink, opacity, width, dashes, ties: alike } of [...looks.values()].sort((p, q) => p.opacity - q.opacity)) {
    context.globalAlpha = opacity;
    context.strokeStyle = context.fillStyle = ink;
    /* Thin, but never so thin that the picture looks as if nothing were tied. */
    context.lineWidth = Math.max(Math.min(width, width * 0.7 / view.scale), ties.length > 4 * CROWD ? 0 : 0.4 / view.scale);
    context.setLineDash(many && view.scale < 0.3 ? [] : dashes);
    context.beginPath();
    for (const [tie, a, b] of alike) {
      context.moveTo(a.x, a.y);
      if (tie.bend) context.quadraticCurveTo(...control(a, b, tie.bend), b.x, b.y);
      else context.lineTo(b.x, b.y);
    }
    context.stroke();
    if (!arrows) continue;
    context.beginPath();
    for (const [tie, a, b] of alike) {
      if (!tie.arrow) continue;
      const [cx, cy] = tie.bend ? control(a, b, tie.bend) : [a.x, a.y];
      const angle = Math.atan2(b.y - cy, b.x - cx);
      const [x, y] = [b.x - Math.cos(angle) * (b.size + 1), b.y - Math.sin(angle) * (b.size + 1)];
      const reach = 5 + width * 2;
      context.moveTo(x, y);
      for (const side of [-0.4, 0.4]) context.lineTo(x - reach * Math.cos(angle + side), y - reach * Math.sin(angle + side));
      context.closePath();
    }
    context.fill();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
};

/** @type {(context: CanvasRenderingContext2D, scene: kg.Scene, items: kg.Item[], view: kg.View) => void} */
const nodes = (context, scene, items, view) => {
  /** @type {Map<string, ReturnType<kg.Scene["itemLook"]> & {shape: kg.Shape, group: boolean, items: kg.Item[]}>} */
  const groups = new Map();
  const far = items.length > CROWD ? FAR_IN_CROWD : FAR;
  for (const item of items) {
    const look = scene.itemLook(item);
    const key = `${item.shape} ${look.fill} ${look.opacity} ${look.border} ${look.line} ${item.id < 0}`;
    const alike = groups.get(key);
    if (alike) alike.items.push(item);
    else groups.set(key, { ...look, shape: item.shape, group: item.id < 0, items: [item] });
  }
  for (const look of groups.values()) {
    context.globalAlpha = look.group ? look.opacity * 0.75 : look.opacity;
    context.fillStyle = look.fill;
    context.strokeStyle = look.border;
    context.lineWidth = Math.min(look.line, look.line / view.scale);
    context.beginPath();
    for (const item of look.items) {
      if (item.size * view.scale < far) context.rect(item.x - item.size, item.y - item.size, 2 * item.size, 2 * item.size);
      else {
        if (look.shape === "dot") context.moveTo(item.x + item.size, item.y);
        outline[look.shape](context, item.x, item.y, item.size);
      }
    }
    context.fill();
    if (view.scale > 0.25 || look.group || look.line > 2) context.stroke();
  }
  context.globalAlpha = 1;
};

/** @type {(context: CanvasRenderingContext2D, scene: kg.Scene, drawn: {items: kg.Item[], ties: kg.Tie[]}, view: kg.View) => void} */
export const paintScene = (context, scene, { items, ties }, view) => {
  const [wide, high] = [view.width / view.scale / 2, view.height / view.scale / 2];
  const [left, right, top, bottom] = [view.x - wide, view.x + wide, view.y - high, view.y + high];
  /** @type {InView} */
  const inView = (x0, x1, y0, y1) => x1 >= left && x0 <= right && y1 >= top && y0 <= bottom;
  drawOutlines(context, scene, view);
  links(context, scene, ties, view, inView);
  const seen = items.filter(({ x, y, size }) => inView(x - size, x + size, y - size, y + size));
  nodes(context, scene, seen, view);
};
