/* Mouse, pen and fingers on the canvas: move, zoom, drag a node, choose, hover. */
/** @typedef {{ at: kg.Point, last: kg.Point, moved: boolean, node: number | null, pinch?: undefined }} Held */
/** @typedef {{ pinch: { gap: number, middle: kg.Point } }} Pinch */
/** @typedef {{
 *   view: () => kg.Look, look: (look: kg.Look) => void, world: (x: number, y: number) => kg.Point,
 *   hit: (x: number, y: number, withLinks: boolean) => kg.Hit | null, drag: (id: number, to: kg.Point) => void, may: () => boolean,
 *   onselect: (found: kg.Hit | null, x: number, y: number) => void,
 * } & Omit<kg.Watchers, "onselect">} Handlers */
const STILL = 4; // pixels that a click may wander

/** @type {(canvas: HTMLCanvasElement, how: Handlers) => void} */
export const attachGestures = (canvas, { view, look, world, hit, drag, onselect, onhover, onmove, may }) => {
  /** @type {Map<number, kg.Point>} */
  const fingers = new Map();
  /** @type {Held | Pinch | null} */
  let held = null;
  /** @type {(event: MouseEvent) => kg.Point} */
  const point = (event) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  /* Zooms so that what is under `at` stays under it. */
  /** @type {(at: kg.Point, factor: number) => void} */
  const zoom = (at, factor) => {
    const { x, y, scale } = view();
    const to = Math.min(6, Math.max(0.002, scale * factor));
    const under = world(at.x, at.y);
    look({ x: under.x - (under.x - x) * (scale / to), y: under.y - (under.y - y) * (scale / to), scale: to });
    onmove();
  };
  const spread = () => {
    const [a, b] = [...fingers.values()];
    return { gap: Math.hypot(a.x - b.x, a.y - b.y), middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 } };
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    const at = point(event);
    fingers.set(event.pointerId, at);
    try {
      canvas.setPointerCapture(event.pointerId);
    } catch {
      /* a pointer that is already gone */
    }
    const under = fingers.size === 1 ? hit(at.x, at.y, false) : null;
    held = fingers.size === 1 ? { at, last: at, moved: false, node: under?.node !== undefined && may() ? under.node : null } : { pinch: spread() };
  });
  canvas.addEventListener("pointermove", (event) => {
    const at = point(event);
    if (!held) {
      const found = event.pointerType === "mouse" ? hit(at.x, at.y, may()) : null;
      canvas.style.cursor = found ? "pointer" : "grab";
      onhover(found && { ...found, at });
      return;
    }
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, at);
    if (held.pinch) {
      if (fingers.size < 2) return;
      const now = spread();
      zoom(now.middle, now.gap / (held.pinch.gap || 1));
      held.pinch = now;
      return;
    }
    if (!held.moved && Math.hypot(at.x - held.at.x, at.y - held.at.y) < STILL) return;
    held.moved = true;
    onhover(null);
    if (held.node !== null) drag(held.node, world(at.x, at.y));
    else {
      const { x, y, scale } = view();
      look({ x: x - (at.x - held.last.x) / scale, y: y - (at.y - held.last.y) / scale, scale });
    }
    onmove();
    held.last = at;
  });
  /** @type {(event: PointerEvent) => void} */
  const release = (event) => {
    fingers.delete(event.pointerId);
    if (held && !held.pinch && !held.moved && event.type === "pointerup") onselect(hit(held.at.x, held.at.y, true), held.at.x, held.at.y);
    held = null;
  };
  canvas.addEventListener("pointerup", release);
  canvas.addEventListener("pointercancel", release);
  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      onhover(null);
      zoom(point(event), Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0015)));
    },
    { passive: false },
  );
  canvas.addEventListener("dblclick", (event) => zoom(point(event), 1.6));
};
