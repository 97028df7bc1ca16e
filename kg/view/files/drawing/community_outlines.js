/* An outline around each community, when the reader asks for it. */
import { put } from "../data/grouping.js";
import { convexHull } from "../layout/convex_hull.js";

const MARGIN = 26;
const HUES = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"];

/** @type {(context: CanvasRenderingContext2D, scene: kg.Scene, view: {scale: number}) => void} */
export const drawOutlines = (context, scene, view) => {
  if (!scene.hulls) return;
  /** @type {Map<number, kg.Item[]>} */
  const groups = new Map();
  for (const item of scene.shown()) {
    if (item.community === undefined || item.alone) continue;
    put(groups, item.community, item);
  }
  context.save();
  context.lineJoin = "round";
  for (const [community, items] of [...groups].sort(([a], [b]) => a - b)) {
    if (items.length < 3) continue;
    const points = convexHull(items.flatMap(({ x, y, size }) => [-1, 1].flatMap((sx) => [-1, 1].map((sy) => ({ x: x + sx * (size + MARGIN / 2), y: y + sy * (size + MARGIN / 2) })))));
    context.beginPath();
    for (const [at, { x, y }] of points.entries()) at ? context.lineTo(x, y) : context.moveTo(x, y);
    context.closePath();
    context.fillStyle = context.strokeStyle = HUES[community % HUES.length];
    context.globalAlpha = scene.dark ? 0.22 : 0.1;
    context.lineWidth = MARGIN;
    context.fill();
    context.globalAlpha = scene.dark ? 0.9 : 0.7;
    context.lineWidth = 1.5 / view.scale;
    context.stroke();
    /* A community is called by the most telling of it. */
    const first = items.reduce((best, item) => (item.rank > best.rank ? item : best));
    const top = points.reduce((best, point) => (point.y < best.y ? point : best));
    context.globalAlpha = 1;
    context.font = `${13 / view.scale}px system-ui, sans-serif`;
    context.textAlign = "center";
    context.fillStyle = scene.palette.muted;
    context.fillText(`around ${first.label}`, top.x, top.y - 18 / view.scale);
  }
  context.restore();
};
