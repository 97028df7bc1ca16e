/* The picture as the page knows it: a scene and the renderer that paints it, with fitting, moving and saving, which are
   the same for every renderer. */
import { around } from "../layout/viewport.js";
import { layIntoWindow } from "../layout/window_layout.js";
import { createScene } from "./scene.js";
import { writeSvg } from "./svg_renderer.js";

/** @type {(container: HTMLElement, draw: kg.Draw, graph: kg.Graph, watchers: Pick<kg.Watchers, "onselect" | "onhover">) => kg.Picture} */
export const createPicture = (container, draw, graph, { onselect, onhover }) => {
  const scene = createScene(graph);
  let untouched = true;
  layIntoWindow(scene, container.clientWidth, container.clientHeight);
  const renderer = draw(container, scene, {
    drawing: graph.drawing, onselect, onhover,
    onmove: () => {
      untouched = false;
    },
  });
  const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  /** @type {(some?: Iterable<number> | null, animate?: boolean) => void} */
  const fit = (some = null, animate = true) => {
    const items = scene.shown(some);
    if (!items.length) return;
    renderer.look(around(items, container.clientWidth, container.clientHeight), animate && !still());
    untouched = some === null;
  };
  /** @type {(factor: number) => void} */
  const zoom = (factor) => {
    const { x, y, scale } = renderer.view();
    renderer.look({ x, y, scale: Math.min(6, Math.max(0.002, scale * factor)) });
    untouched = false;
  };
  /** @type {(right: number, down: number) => void} */
  const move = (right, down) => {
    const { x, y, scale } = renderer.view();
    renderer.look({ x: x - right / scale, y: y - down / scale, scale });
    untouched = false;
  };
  /** @type {(id: number) => void} */
  const focus = (id) => {
    const { scale } = renderer.view();
    const spot = renderer.spot(id);
    const inside = spot.x > 60 && spot.y > 30 && spot.x < container.clientWidth - 60 && spot.y < container.clientHeight - 50;
    const near = Math.max(scale, 0.5);
    if (!inside || near !== scale) renderer.look({ x: scene.item(id).x, y: scene.item(id).y, scale: near }, !still());
  };
  /** @type {() => Promise<Blob>} */
  const png = () =>
    new Promise((resolve, reject) => {
      const source = renderer.canvas();
      const copy = document.createElement("canvas");
      [copy.width, copy.height] = [source.width, source.height];
      const context = /** @type {CanvasRenderingContext2D} */ (copy.getContext("2d"));
      context.fillStyle = scene.palette.paper;
      context.fillRect(0, 0, copy.width, copy.height);
      context.drawImage(source, 0, 0);
      copy.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The picture is too large to be saved."))), "image/png");
    });

  /* Another shape of window: set anew into it, unless the reader has moved about. */
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  let size = `${container.clientWidth} ${container.clientHeight}`;
  new ResizeObserver(() => {
    const now = `${container.clientWidth} ${container.clientHeight}`;
    if (now === size) return;
    size = now;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (!untouched) return;
      anew();
    }, 120);
  }).observe(container);

  const anew = () => {
    layIntoWindow(scene, container.clientWidth, container.clientHeight);
    renderer.replace();
    renderer.restyle();
    fit(null, false);
  };

  return {
    show: (visible) => {
      scene.seen = visible;
      renderer.restyle();
    },
    highlight: (some, chosen = { nodes: new Set(), links: new Set() }) => {
      scene.bright = some;
      scene.chosen = chosen;
      renderer.restyle();
    },
    theme: (dark) => {
      scene.theme(dark);
      renderer.restyle();
    },
    /* How the picture is drawn, by the reader's choice: {hulls, links}. */
    style: ({ hulls, byLinks }) => {
      scene.hulls = hulls;
      scene.sizeBy(byLinks);
      anew();
    },
    /* Opens a community, or folds it again; draws some nodes by themselves wherever they belong. */
    unfold: (group, open = true) => {
      open ? scene.folding.opened.add(group) : scene.folding.opened.delete(group);
      renderer.restyle();
      if (open) fit(scene.folding.groups[group].members);
    },
    pin: (ids) => {
      scene.folding.pin(ids);
      renderer.restyle();
    },
    fit, zoom, move, focus, png, scene,
    view: renderer.view,
    svg: (title) => writeSvg(scene, renderer.view(), renderer.names(), title),
    spot: renderer.spot, names: () => renderer.names().map(({ index, left, top, wide, high }) => ({ index, left, top, wide, high })),
    state: () => ({ scale: renderer.view().scale, ...renderer.drawn() }),
  };
};
