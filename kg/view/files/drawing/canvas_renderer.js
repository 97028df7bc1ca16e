/* The picture on a 2D canvas, behind the same few calls: for graphs above what vis-network draws well. A graph that takes
   long to paint is painted once, larger than the window, and that sheet is moved while the reader moves. */
import { paintScene } from "./canvas_painting.js";
import { hitTesting } from "./hit_testing.js";
import { createLabels } from "./labels.js";
import { attachGestures } from "./pointer_gestures.js";

const SLOW = 9; // milliseconds a frame may take before the sheet is used
const MARGIN = 0.35; // how much larger than the window the sheet is on each side

/** @type {kg.Draw} */
export const drawOnCanvas = (container, scene, { onselect, onhover, onmove, onothers }) => {
  const canvas = document.createElement("canvas");
  const sheet = document.createElement("canvas");
  container.append(canvas);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }));
  const labels = createLabels(scene);
  let [width, height, ratio] = [0, 0, 1];
  let at = { x: 0, y: 0, scale: 1 };
  /** @type {(kg.Look & {wide: number, high: number, version: number}) | null} */
  let painted = null; // where the sheet was painted
  let cost = 0;
  let version = 0;
  let asked = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let sharpen;
  /** @type {{from: kg.Look, to: kg.Look, start: number} | null} */
  let glide = null;
  /** @type {{items: kg.Item[], ties: kg.Tie[]} | null} */
  let visible = null;
  /** @type {ReturnType<typeof hitTesting> | null} */
  let index = null;

  const view = () => ({ ...at, width, height });
  const shown = () => {
    visible ||= { items: scene.drawnItems(), ties: scene.drawnTies() };
    return visible;
  };
  /** @type {(target: CanvasRenderingContext2D, where: kg.Look, wide: number, high: number) => void} */
  const paint = (target, where, wide, high) => {
    target.setTransform(1, 0, 0, 1, 0, 0);
    target.fillStyle = scene.palette.paper;
    target.fillRect(0, 0, target.canvas.width, target.canvas.height);
    target.setTransform(ratio * where.scale, 0, 0, ratio * where.scale, ratio * (wide / 2 - where.x * where.scale), ratio * (high / 2 - where.y * where.scale));
    paintScene(target, scene, shown(), { ...where, width: wide, height: high });
    target.setTransform(ratio, 0, 0, ratio, ratio * (wide / 2 - where.x * where.scale), ratio * (high / 2 - where.y * where.scale));
  };
  const whole = () => {
    const start = performance.now();
    paint(context, at, width, height);
    labels.draw(context, view(), version);
    cost = performance.now() - start;
    painted = null;
  };
  const fresh = () => {
    const start = performance.now();
    const [wide, high] = [width * (1 + 2 * MARGIN), height * (1 + 2 * MARGIN)];
    [sheet.width, sheet.height] = [Math.round(wide * ratio), Math.round(high * ratio)];
    const target = /** @type {CanvasRenderingContext2D} */ (sheet.getContext("2d", { alpha: false }));
    paint(target, at, wide, high);
    labels.draw(target, { ...at, width: wide, height: high }, version);
    painted = { ...at, wide, high, version };
    cost = performance.now() - start;
  };
  const moveSheet = () => {
    if (!painted) return;
    const zoom = at.scale / painted.scale;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = scene.palette.paper;
    context.fillRect(0, 0, canvas.width, canvas.height);
    const left = width / 2 + (painted.x - at.x) * at.scale - (painted.wide / 2) * zoom;
    const top = height / 2 + (painted.y - at.y) * at.scale - (painted.high / 2) * zoom;
    context.drawImage(sheet, left * ratio, top * ratio, painted.wide * zoom * ratio, painted.high * zoom * ratio);
  };
  const frame = () => {
    asked = false;
    if (!width || !height) return;
    if (glide) step();
    if (cost <= SLOW) whole();
    else if (painted && painted.version === version && moving()) {
      moveSheet();
      clearTimeout(sharpen);
      sharpen = setTimeout(() => {
        fresh();
        request();
      }, 130);
    } else {
      if (!painted || painted.version !== version || painted.x !== at.x || painted.y !== at.y || painted.scale !== at.scale) fresh();
      moveSheet();
      if (cost <= SLOW) painted = null;
    }
    if (glide) request();
  };
  const request = () => {
    if (!asked) requestAnimationFrame(frame);
    asked = true;
  };
  let lastMove = 0;
  const moving = () => performance.now() - lastMove < 120;
  /** @type {kg.Renderer["look"]} */
  const look = ({ x, y, scale }, animated = false) => {
    if (animated && cost < 60) {
      glide = { from: at, to: { x, y, scale }, start: performance.now() };
    } else {
      glide = null;
      at = { x, y, scale };
    }
    lastMove = performance.now();
    request();
  };
  const step = () => {
    if (!glide) return;
    const { from, to, start } = glide;
    const share = Math.min(1, (performance.now() - start) / 250);
    const eased = share * (2 - share);
    at = { x: from.x + (to.x - from.x) * eased, y: from.y + (to.y - from.y) * eased, scale: from.scale * (to.scale / from.scale) ** eased };
    lastMove = performance.now();
    if (share === 1) glide = null;
  };
  const resize = () => {
    [width, height, ratio] = [container.clientWidth, container.clientHeight, Math.min(2, devicePixelRatio || 1)];
    [canvas.width, canvas.height] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    painted = null;
    request();
  };
  new ResizeObserver(resize).observe(container);
  resize();

  /** @type {(x: number, y: number) => kg.Point} */
  const world = (x, y) => ({ x: at.x + (x - width / 2) / at.scale, y: at.y + (y - height / 2) / at.scale });
  /** @type {(id: number) => kg.Point} */
  const spot = (id) => {
    const item = scene.item(id);
    return { x: (item.x - at.x) * at.scale + width / 2, y: (item.y - at.y) * at.scale + height / 2 };
  };
  /** @type {(x: number, y: number, withLinks: boolean) => kg.Hit | null} */
  const hit = (x, y, withLinks) => {
    index ||= hitTesting(shown());
    return index(world(x, y), at.scale, withLinks);
  };
  const changed = () => {
    version += 1;
    [visible, index, painted] = [null, null, null];
    request();
  };

  attachGestures(canvas, {
    view: () => at, look, world, hit, onhover, onmove, onothers,
    onselect: (found, x, y) => (labels.note(world(x, y), at.scale) ? onothers() : onselect(found)),
    drag: (id, to) => {
      Object.assign(scene.item(id), to);
      version += 1;
      [index, painted] = [null, null];
      request();
    },
    may: () => cost < 40,
  });

  return {
    restyle: changed, replace: changed, view, look, spot, names: labels.placed,
    drawn: () => ({
      nodes: shown().items.filter((item) => item.id >= 0).map((item) => item.id),
      links: shown().ties.filter((tie) => tie.id >= 0).map((tie) => tie.id),
      groups: shown().items.flatMap(({ group }) => (group === undefined ? [] : [group])),
    }),
  };
};
