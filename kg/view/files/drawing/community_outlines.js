/* An outline around each community, when the reader asks for it, called by the most telling of it. */
import { put } from "../data/grouping.js";
import { convexHull } from "../layout/convex_hull.js";

const MARGIN = 26;
const NAMED = 8; // members of a community that has a name on the map
const HUES = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"];

/* Of each community that has three or more of what is drawn: its hull in the plane, its colour, its name. */
/** @typedef {{points: kg.Point[], hue: string, name: string, count: number}} Outline */
/** @type {(scene: kg.Scene) => Outline[]} */
export const outlines = (scene) => {
  if (!scene.hulls) return [];
  /** @type {Map<number, kg.Item[]>} */
  const groups = new Map();
  for (const item of scene.shown()) if (item.community !== undefined && !item.alone && !item.apart) put(groups, item.community, item);
  return [...groups].sort(([a], [b]) => a - b).filter(([, items]) => items.length >= 3).map(([community, items]) => ({
    points: convexHull(items.flatMap(({ x, y, size }) => [-1, 1].flatMap((sx) => [-1, 1].map((sy) => ({ x: x + sx * (size + MARGIN / 2), y: y + sy * (size + MARGIN / 2) }))))),
    hue: HUES[community % HUES.length],
    name: scene.answer || items.length >= NAMED ? `around ${items.reduce((best, item) => (item.rank > best.rank ? item : best)).label}` : "",
    count: items.length,
  }));
};

/** @type {(context: CanvasRenderingContext2D, scene: kg.Scene, view: {scale: number}) => void} */
export const drawOutlines = (context, scene, view) => {
  context.save();
  context.lineJoin = "round";
  for (const { points, hue } of outlines(scene)) {
    context.beginPath();
    for (const [at, { x, y }] of points.entries()) at ? context.lineTo(x, y) : context.moveTo(x, y);
    context.closePath();
    context.fillStyle = context.strokeStyle = hue;
    context.globalAlpha = scene.dark ? 0.22 : 0.1;
    context.lineWidth = MARGIN;
    context.fill();
    context.globalAlpha = scene.dark ? 0.9 : 0.7;
    context.lineWidth = 1.5 / view.scale;
    context.stroke();
  }
  context.restore();
};
