/* Names beside the nodes: placed anew only when the zoom, the part in view or a look changes, and written on a canvas. */
import { placeLabels } from "../layout/label_placement.js";
import { font, labelSize } from "../layout/label_size.js";
import { bounds } from "../layout/viewport.js";
import { control } from "./canvas_painting.js";
import { outlines } from "./community_outlines.js";

const WHOLE = 3000;

/** @type {(context: CanvasRenderingContext2D, placed: kg.Label[], palette: kg.Scene["palette"]) => void} */
const write = (context, placed, { ink, paper, chosen, muted }) => {
  context.save();
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = paper;
  for (const { rows, strong, small, side, faint, left, top, wide, high, middle, x } of placed) {
    context.font = font(Boolean(strong) && side === null, small);
    context.fillStyle = strong ? chosen : faint ? muted : ink;
    const line = high / rows.length;
    const align = middle ? "center" : left > x ? "left" : "right";
    context.textAlign = align;
    const from = align === "center" ? left + wide / 2 : align === "left" ? left : left + wide;
    for (const [at, row] of rows.entries()) context.strokeText(row, from, top + line * (at + 0.5));
    for (const [at, row] of rows.entries()) context.fillText(row, from, top + line * (at + 0.5));
  }
  context.restore();
};

/** @type {(context: CanvasRenderingContext2D, figures: Figures[], names: kg.Label[], scene: kg.Scene) => void} */
const writeFigures = (context, figures, names, scene) => {
  context.save();
  context.font = font(false);
  context.textBaseline = "middle";
  context.textAlign = "center";
  context.lineWidth = 4;
  context.strokeStyle = scene.palette.paper;
  const taken = names.flatMap(({ left, top, wide, high, x, y, radius }) => [{ left, right: left + wide, top, bottom: top + high }, { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }]);
  for (const { text, kind, x, y: middle } of figures) {
    const half = context.measureText(text).width / 2;
    /* In the middle of the link, or a little up or down where a name stands there. */
    const y = [0, -16, 16, -30, 30].map((step) => middle + step).find((at) => !taken.some((other) => x - half < other.right && other.left < x + half && at - 8 < other.bottom && other.top < at + 8));
    if (y === undefined) continue;
    const box = { left: x - half, right: x + half, top: y - 8, bottom: y + 8 };
    taken.push(box);
    context.fillStyle = scene.inkOf(kind);
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  }
  context.restore();
};

/* What each community is called stands above or below its outline, the largest first, where nothing else is written. */
/** @type {(context: CanvasRenderingContext2D, names: kg.Label[], scene: kg.Scene, scale: number) => void} */
const writeCommunities = (context, names, scene, scale) => {
  const taken = names.map(({ left, top, wide, high }) => ({ left, right: left + wide, top, bottom: top + high }));
  context.save();
  context.font = font(false);
  context.textBaseline = "middle";
  context.textAlign = "center";
  context.fillStyle = scene.palette.muted;
  for (const { points, name } of outlines(scene).filter((one) => one.name).sort((a, b) => b.count - a.count)) {
    const half = context.measureText(name).width / 2;
    const [highest, lowest] = points.reduce(([up, down], point) => [point.y < up.y ? point : up, point.y > down.y ? point : down], [points[0], points[0]]);
    const spots = [{ x: highest.x * scale, y: highest.y * scale - 10 }, { x: lowest.x * scale, y: lowest.y * scale + 10 }];
    const spot = spots.find(({ x, y }) => !taken.some((other) => x - half < other.right && other.left < x + half && y - 8 < other.bottom && other.top < y + 8));
    if (!spot) continue;
    taken.push({ left: spot.x - half, right: spot.x + half, top: spot.y - 8, bottom: spot.y + 8 });
    context.fillText(name, spot.x, spot.y);
  }
  context.restore();
};

/* What was compared stands on its link, where no name does. */
/** @typedef {{text: string, kind: string, x: number, y: number}} Figures */
/** @typedef {{ draw: (context: CanvasRenderingContext2D, view: kg.View, version: number) => void, placed: () => kg.Label[], note: (point: kg.Point, scale: number) => kg.Note | undefined }} Labels */
/** @type {(scene: kg.Scene) => Labels} */
export const createLabels = (scene) => {
  let known = { key: "", labels: /** @type {kg.Label[]} */ ([]), figures: /** @type {Figures[]} */ ([]) };
  /** @type {(view: kg.View) => Figures[]} */
  const figures = (view) => {
    if (!scene.answer) return [];
    return scene.drawnTies().flatMap((tie) => {
      if (!tie.figures || (scene.bright && !scene.bright.links.has(tie.id))) return [];
      const [a, b] = [scene.item(tie.from), scene.item(tie.to)];
      const [cx, cy] = tie.bend ? control(a, b, tie.bend) : [(a.x + b.x) / 2, (a.y + b.y) / 2];
      return [{ text: tie.figures, kind: tie.kind, x: ((a.x + b.x) / 4 + cx / 2) * view.scale, y: ((a.y + b.y) / 4 + cy / 2) * view.scale }];
    });
  };
  /* Above WHOLE nodes only those in view are asked, the most telling first. */
  /** @type {(view: kg.View, version: number) => kg.Label[]} */
  const labels = (view, version) => {
    const large = scene.items.length > WHOLE;
    const part = large ? `${Math.round((view.x * view.scale) / 200)} ${Math.round((view.y * view.scale) / 200)}` : "";
    const key = `${view.scale.toPrecision(5)} ${version} ${part} ${view.width} ${view.height}`;
    if (known.key === key) return known.labels;
    const all = scene.drawnItems();
    let items = all;
    if (large) {
      const [wide, high] = [view.width / view.scale / 2 + 200 / view.scale, view.height / view.scale / 2 + 200 / view.scale];
      items = items.filter((item) => Math.abs(item.x - view.x) < wide && Math.abs(item.y - view.y) < high);
      if (items.length > WHOLE) items = [...items].sort((a, b) => b.rank - a.rank).slice(0, WHOLE);
    }
    /** @type {kg.Spot[]} */
    const spots = items.map((item) => ({
      index: item.id, x: item.x * view.scale, y: item.y * view.scale, radius: item.size * view.scale + 2, text: item.brief ?? item.label,
      rank: item.rank + (scene.bright?.nodes.has(item.id) ? 1e6 : 0), side: item.side, small: item.small,
      strong: scene.chosen.nodes.has(item.id) ? 1 : 0, quiet: (scene.faded(item.id) && !scene.answer) || item.brief === " ", faint: scene.faded(item.id),
    }));
    known = { key, labels: placeLabels(spots, bounds(all, view.scale)), figures: figures(view) };
    return known.labels;
  };
  return {
    /* The context is at the origin of the plane, in pixels of the screen. */
    draw: (context, view, version) => {
      context.save();
      context.textBaseline = "middle";
      context.font = font(false);
      for (const { x, y, text, up = 0, middle = false, opens } of scene.notes) {
        if (scene.bright && !opens) continue;
        context.fillStyle = opens ? scene.palette.chosen : scene.palette.muted;
        context.textAlign = middle ? "center" : "left";
        context.fillText(text, x * view.scale, y * view.scale - up);
      }
      context.restore();
      const names = labels(view, version);
      writeFigures(context, known.figures, names, scene);
      writeCommunities(context, names, scene, view.scale);
      write(context, names, scene.palette);
    },
    placed: () => known.labels,
    /* The words that stand under a point of the plane, if a click on them opens something. */
    note: (point, scale) => scene.notes.find(({ x, y, text, middle, opens }) => {
      const { wide } = labelSize(text);
      const left = (point.x - x) * scale + (middle ? wide / 2 : 0);
      return opens && left > -6 && left < wide + 6 && Math.abs(point.y - y) * scale < 12;
    }),
  };
};
