/* An answer is drawn by vis-network, the map of everything on a canvas: two layers of which one is seen. */
import { drawOnCanvas } from "./canvas_renderer.js";
import { drawByVis } from "./vis_renderer.js";

/** @type {kg.Draw} */
export const drawByBoth = (container, scene, options) => {
  /** @type {Map<kg.Draw, {box: HTMLElement, renderer: kg.Renderer}>} */
  const layers = new Map();
  const now = () => {
    const draw = scene.answer ? drawByVis : drawOnCanvas;
    for (const [other, { box }] of layers) box.hidden = other !== draw;
    let layer = layers.get(draw);
    if (!layer) {
      const box = document.createElement("div");
      box.className = "layer";
      container.append(box);
      layer = { box, renderer: draw(box, scene, options) };
      layers.set(draw, layer);
    }
    return layer.renderer;
  };
  return {
    restyle: () => now().restyle(),
    replace: () => now().replace(),
    view: () => now().view(),
    look: (look, animated) => now().look(look, animated),
    spot: (id) => now().spot(id),
    names: () => now().names(),
    drawn: () => now().drawn(),
  };
};
