/* The picture as the page knows it: a scene and the renderer that paints it, with fitting, moving and saving, which are
   the same for every renderer. */
import { around } from "../layout/viewport.js";
import { layAnswer } from "../layout/answer_layout.js";
import { layMap } from "../layout/window_layout.js";
import { glide, gliding } from "../layout/motion.js";
import { createScene } from "./scene.js";
import { writeSvg } from "./svg_renderer.js";

/** @type {(container: HTMLElement, draw: kg.Draw, graph: kg.Graph, watchers: Omit<kg.Watchers, "onmove"> & {onlooked: () => void}) => kg.Picture} */
export const createPicture = (container, draw, graph, { onselect, onhover, onlooked, onothers }) => {
  const scene = createScene(graph);
  let untouched = true;
  const renderer = draw(container, scene, {
    drawing: graph.drawing, onselect, onhover, onothers,
    onmove: () => touched(),
  });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let resting;
  const touched = () => {
    untouched = false;
    clearTimeout(resting);
    resting = setTimeout(onlooked, 300);
  };
  /* The view that has all of what is drawn, and the box of it in the plane. */
  const whole = () => {
    const items = scene.drawnItems();
    const [wide, high] = [container.clientWidth, container.clientHeight];
    if (scene.answer) return { fitting: { x: wide / 2, y: high / 2, scale: 1 }, left: 0, top: 0, wide, high };
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const { x, y } of items) [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
    return { fitting: around(items, wide, high), left, top, wide: right - left || 1, high: bottom - top || 1 };
  };
  const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  /** @type {(some?: Iterable<number> | null, animate?: boolean) => void} */
  const fit = (some = null, animate = true) => {
    if (!gliding()) lookAtAll(some, animate); // what glides comes into the window by itself
  };
  /** @type {(some: Iterable<number> | null, animate: boolean) => void} */
  const lookAtAll = (some, animate) => {
    const items = scene.shown(some);
    if (!items.length) return;
    /* An answer is set into the window as it is. */
    if (scene.answer && some === null) renderer.look({ x: container.clientWidth / 2, y: container.clientHeight / 2, scale: 1 }, animate && !still());
    else renderer.look(around(items, container.clientWidth, container.clientHeight), animate && !still());
    untouched = some === null;
  };
  /** @type {kg.Picture["looked"]} */
  const looked = () => {
    if (untouched || !scene.drawnItems().length) return null;
    const { fitting, left, top, wide, high } = whole();
    const { x, y, scale } = renderer.view();
    return [(x - left) / wide, (y - top) / high, scale / fitting.scale];
  };
  /** @type {kg.Picture["lookAt"]} */
  const lookAt = (look) => {
    if (!look || !scene.drawnItems().length) return fit(null, false);
    const { fitting, left, top, wide, high } = whole();
    renderer.look({ x: left + look[0] * wide, y: top + look[1] * high, scale: Math.min(6, Math.max(0.002, fitting.scale * look[2])) });
    untouched = false;
    return undefined;
  };
  /** @type {(factor: number) => void} */
  const zoom = (factor) => {
    const { x, y, scale } = renderer.view();
    renderer.look({ x, y, scale: Math.min(6, Math.max(0.002, scale * factor)) });
    touched();
  };
  /** @type {(right: number, down: number) => void} */
  const move = (right, down) => {
    const { x, y, scale } = renderer.view();
    renderer.look({ x: x - right / scale, y: y - down / scale, scale });
    touched();
  };
  /** @type {(id: number) => void} */
  const focus = (id) => {
    if (gliding()) return;
    const { scale } = renderer.view();
    const spot = renderer.spot(id);
    const inside = spot.x > 60 && spot.y > 30 && spot.x < container.clientWidth - 60 && spot.y < container.clientHeight - 50;
    const near = Math.max(scale, 0.5);
    if (!inside || near !== scale) renderer.look({ x: scene.item(id).x, y: scene.item(id).y, scale: near }, !still());
  };
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

  /* Everything that is drawn to its place: at once, or from where it stood. */
  /** @type {(moving?: boolean) => void} */
  const anew = (moving = false) => {
    const before = new Map(moving ? scene.drawnItems().map(({ id, x, y }) => [id, { x, y }]) : []);
    const [width, height] = [container.clientWidth, container.clientHeight];
    if (scene.answer) scene.notes = layAnswer(scene.drawnItems(), scene.drawnTies(), width, height, scene.others);
    else layMap(scene, width, height);
    renderer.restyle();
    lookAtAll(null, false);
    if (scene.answer && moving && !still()) glide(scene.drawnItems(), before, renderer.replace);
    else renderer.replace();
  };
  /** @type {{key: string} | null} */
  let drawn = null;

  return {
    /* Another set of actors is laid out anew, with a short motion; another set of links alone leaves all in its place. */
    show: (visible) => {
      const answer = visible.few;
      scene.others = answer && visible.around !== null && visible.others > 0 ? { around: visible.around, count: visible.others } : null;
      const key = `${answer} ${scene.others?.count ?? ""} ${answer ? [...visible.nodes].sort((a, b) => a - b).join(" ") : ""}`;
      const first = drawn === null;
      const other = drawn?.key !== key;
      const before = scene.answer;
      scene.seen = visible;
      scene.answer = answer;
      if (other) anew(!first && before === answer);
      else renderer.restyle();
      drawn = { key };
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
      if (scene.hulls === hulls && scene.byLinks === byLinks) return;
      scene.hulls = hulls;
      if (scene.byLinks !== byLinks) {
        scene.sizeBy(byLinks);
        anew();
      } else renderer.restyle();
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
    fit, looked, lookAt, zoom, move, focus, scene,
    view: renderer.view,
    svg: (told) => writeSvg(scene, renderer.view(), renderer.names(), told),
    spot: renderer.spot, names: () => renderer.names().map(({ index, left, top, wide, high }) => ({ index, left, top, wide, high })),
    state: () => ({ scale: renderer.view().scale, ...renderer.drawn() }),
  };
};
