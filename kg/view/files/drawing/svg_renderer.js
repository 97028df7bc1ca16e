/* The picture as SVG: the same scene in lines and letters, sharp at any size, to be edited elsewhere. */
import { outlines } from "./community_outlines.js";

/** @type {(text: string | number) => string} */
const escaped = (text) => String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
/** @type {(number: number) => number} */
const round = (number) => Math.round(number * 10) / 10;
/** @type {(name: string, attributes: Record<string, string | number | null>, inner?: string) => string} */
const tag = (name, attributes, inner = "") =>
  `<${name}${Object.entries(attributes).filter(([, value]) => value !== null && value !== "").map(([key, value]) => ` ${key}="${escaped(value ?? "")}"`).join("")}${inner === "" ? "/>" : `>${inner}</${name}>`}`;
/** @type {(points: [number, number][]) => string} */
const polygon = (points) => `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join("L")}Z`;
/** @type {(x: number, y: number, r: number, turns: number, from: number) => [number, number][]} */
const around = (x, y, r, turns, from) => Array.from({ length: turns }, (_, at) => [x + r * Math.cos(from + (2 * Math.PI * at) / turns), y + r * Math.sin(from + (2 * Math.PI * at) / turns)]);

/** @type {(shape: kg.Shape, x: number, y: number, r: number) => string} */
const outline = (shape, x, y, r) =>
  ({
    dot: () => "",
    square: () => polygon([[x - r * 0.9, y - r * 0.9], [x + r * 0.9, y - r * 0.9], [x + r * 0.9, y + r * 0.9], [x - r * 0.9, y + r * 0.9]]),
    triangle: () => polygon([[x, y - r * 1.1], [x + r * 1.1, y + r * 0.8], [x - r * 1.1, y + r * 0.8]]),
    diamond: () => polygon(around(x, y, r * 1.1, 4, -Math.PI / 2)),
    hexagon: () => polygon(around(x, y, r, 6, 0)),
  })[shape]();

/* What lines and shapes mean, in rows as wide as the picture. */
/** @type {(told: kg.Caption, width: number, palette: kg.Scene["palette"]) => {parts: string[], high: number}} */
const legend = ({ key, shapes }, width, palette) => {
  let [x, y] = [14, 10];
  const step = (/** @type {number} */ room) => {
    if (x + room > width - 14 && x > 14) [x, y] = [14, y + 20];
    const left = x;
    x += room;
    return left;
  };
  const lines = key.map(({ text, ink, dashes }) => {
    const left = step(58 + text.length * 7);
    return tag("line", { x1: left, x2: left + 28, y1: y, y2: y, stroke: ink, "stroke-width": 2, "stroke-dasharray": dashes.join(" ") }) + tag("text", { x: left + 34, y: y + 4 }, escaped(text));
  });
  const forms = shapes.map(({ text, shape, colour }) => {
    const left = step(44 + text.length * 7);
    const paint = { fill: colour, stroke: palette.outline };
    const form = shape === "dot" ? tag("circle", { cx: left + 7, cy: y, r: 6, ...paint }) : tag("path", { d: outline(shape, left + 7, y, 6), ...paint });
    return form + tag("text", { x: left + 20, y: y + 4 }, escaped(text));
  });
  return { parts: [...lines, ...forms], high: key.length + shapes.length ? y + 10 : 0 };
};

/* `view`: {x, y, scale, width, height}; `names` as they were placed; around it what `told` says. */
/** @type {(scene: kg.Scene, view: kg.View, names: kg.Label[], told: kg.Caption) => string} */
export const writeSvg = (scene, view, names, told) => {
  const { palette } = scene;
  /** @type {(item: kg.Item) => [number, number]} */
  const at = (item) => [(item.x - view.x) * view.scale + view.width / 2, (item.y - view.y) * view.scale + view.height / 2];
  const bold = view.scale;
  const links = scene.drawnTies().map((tie) => {
    const [a, b] = [scene.item(tie.from), scene.item(tie.to)];
    const [[x1, y1], [x2, y2]] = [at(a), at(b)];
    const look = scene.tieLook(tie);
    const [cx, cy] = [(x1 + x2) / 2 + (y2 - y1) * tie.bend, (y1 + y2) / 2 - (x2 - x1) * tie.bend];
    const path = tag("path", {
      d: `M${round(x1)} ${round(y1)}${tie.bend ? `Q${round(cx)} ${round(cy)} ` : "L"}${round(x2)} ${round(y2)}`, fill: "none", stroke: look.ink,
      "stroke-width": round(Math.max(0.4, look.width * Math.min(1, bold))), "stroke-dasharray": tie.dashes.map((dash) => round(dash * bold)).join(" "), opacity: look.opacity,
    });
    if (!tie.arrow) return path;
    const angle = Math.atan2(y2 - (tie.bend ? cy : y1), x2 - (tie.bend ? cx : x1));
    const [tx, ty, reach] = [x2 - Math.cos(angle) * (b.size * bold + 1), y2 - Math.sin(angle) * (b.size * bold + 1), (5 + look.width * 2) * bold];
    return path + tag("path", { d: polygon([[tx, ty], ...[-0.4, 0.4].map((side) => /** @type {[number, number]} */ ([tx - reach * Math.cos(angle + side), ty - reach * Math.sin(angle + side)]))]), fill: look.ink, opacity: look.opacity });
  });
  const nodes = scene.drawnItems().map((item) => {
    const [x, y] = at(item);
    const look = scene.itemLook(item);
    const paint = { fill: look.fill, stroke: look.border, "stroke-width": round(look.line * Math.min(1, bold)), opacity: look.opacity };
    const hint = tag("title", {}, escaped(item.label));
    if (item.shape === "dot") return tag("circle", { cx: round(x), cy: round(y), r: round(item.size * bold), ...paint }, hint);
    return tag("path", { d: outline(item.shape, x, y, item.size * bold), ...paint }, hint);
  });
  const shift = [view.width / 2 - view.x * view.scale, view.height / 2 - view.y * view.scale];
  const labels = names.flatMap(({ rows, left, top, wide, high, strong, small, side, faint }) =>
    rows.map((row, line) => tag("text", { x: round(left + wide / 2 + shift[0]), y: round(top + (high / rows.length) * (line + 0.78) + shift[1]), "text-anchor": "middle", "font-weight": strong && side === null ? 600 : null, fill: strong ? palette.chosen : faint ? palette.muted : null, "font-size": small ? 11 : null }, escaped(row))),
  );
  const notes = scene.notes.filter(({ opens }) => opens || !scene.bright).map(({ x, y, text, up = 0, middle = false }) => tag("text", { x: round(x * view.scale + shift[0]), y: round(y * view.scale + shift[1] - up + 4), "text-anchor": middle ? "middle" : null, fill: palette.muted, stroke: "none" }, escaped(text)));
  /** @type {(attributes: Record<string, string | number>, parts: string[]) => string} */
  const group = (attributes, parts) => tag("g", attributes, parts.join("\n") || " ");
  const figures = scene.answer ? scene.drawnTies().filter((tie) => tie.figures).map((tie) => {
    const [[x1, y1], [x2, y2]] = [at(scene.item(tie.from)), at(scene.item(tie.to))];
    return tag("text", { x: round((x1 + x2) / 2 + ((y2 - y1) * tie.bend) / 2), y: round((y1 + y2) / 2 - ((x2 - x1) * tie.bend) / 2 + 4), "text-anchor": "middle", fill: scene.inkOf(tie.kind) }, escaped(tie.figures ?? ""));
  }) : [];
  const key = legend(told, view.width, palette);
  const [head, foot] = [40, key.high + 30];
  const high = view.height + head + foot;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${view.width}" height="${high}" viewBox="0 0 ${view.width} ${high}" font-family="system-ui, Segoe UI, Roboto, DejaVu Sans, sans-serif" font-size="12">`,
    tag("title", {}, escaped(told.title)),
    tag("rect", { width: "100%", height: "100%", fill: palette.paper }),
    tag("text", { id: "title", x: 14, y: 26, "font-size": 18, "font-weight": 600, fill: palette.ink }, escaped(told.title)),
    `<svg y="${head}" width="${view.width}" height="${view.height}" viewBox="0 0 ${view.width} ${view.height}">`,
    ...(scene.hulls ? [group({ id: "outlines" }, outlines(scene).map(({ points, hue, name }) => tag("path", { d: polygon(points.map((point) => [(point.x - view.x) * view.scale + view.width / 2, (point.y - view.y) * view.scale + view.height / 2])), fill: hue, "fill-opacity": 0.12, stroke: hue }, tag("title", {}, escaped(name)))))] : []),
    group({ id: "links" }, links),
    group({ id: "figures", stroke: palette.paper, "stroke-width": 4, "paint-order": "stroke" }, figures),
    group({ id: "nodes" }, nodes),
    group({ id: "names", fill: palette.ink, stroke: palette.paper, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" }, [...labels, ...notes]),
    "</svg>",
    tag("g", { id: "key", transform: `translate(0 ${view.height + head + 8})`, fill: palette.ink }, key.parts.join("\n") || " "),
    tag("text", { id: "source", x: 14, y: high - 12, "font-size": 12, fill: palette.muted }, escaped(told.under)),
    "</svg>\n",
  ].join("\n");
};
