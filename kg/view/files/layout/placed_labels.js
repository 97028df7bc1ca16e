/* Which names stand where at a zoom: made anew only when the zoom, the part in view or a look changes. */
import * as Frame from "./viewport.js";
import * as Labels from "./label_placement.js";

const WHOLE = 3000;

export const create = (scene) => {
  let known = { key: "", names: [] };
  /* `view`: {x, y, scale, width, height}. Above WHOLE nodes only those in view are asked, the most telling first. */
  const names = (context, view, version) => {
    const large = scene.items.length > WHOLE;
    const part = large ? `${Math.round((view.x * view.scale) / 200)} ${Math.round((view.y * view.scale) / 200)}` : "";
    const key = `${view.scale.toPrecision(5)} ${version} ${part} ${view.width} ${view.height}`;
    if (known.key === key) return known.names;
    const all = scene.drawnItems();
    let items = all;
    if (large) {
      const [wide, high] = [view.width / view.scale / 2 + 200 / view.scale, view.height / view.scale / 2 + 200 / view.scale];
      items = items.filter((item) => Math.abs(item.x - view.x) < wide && Math.abs(item.y - view.y) < high);
      if (items.length > WHOLE) items = [...items].sort((a, b) => b.rank - a.rank).slice(0, WHOLE);
    }
    const spots = items.map((item) => ({
      index: item.id, x: item.x * view.scale, y: item.y * view.scale, radius: item.size * view.scale + 2, text: item.label,
      rank: item.rank + (scene.bright && scene.bright.nodes.has(item.id) ? 1e6 : 0), side: item.side,
      strong: scene.chosen.nodes.has(item.id) ? 1 : 0, quiet: scene.faded(item.id),
    }));
    known = { key, names: Labels.arrange(context, spots, Frame.bounds(all, view.scale)) };
    return known.names;
  };
  /* Draws them; the context is at the origin of the plane, in pixels of the screen. */
  const draw = (context, view, version) => {
    context.save();
    context.textBaseline = "middle";
    context.font = Labels.font(false);
    context.fillStyle = scene.palette.muted;
    if (!scene.bright) for (const { x, y, text } of scene.notes) context.fillText(text, x * view.scale, y * view.scale);
    context.restore();
    Labels.draw(context, names(context, view, version), scene.palette);
  };
  return { draw, placed: () => known.names };
};
