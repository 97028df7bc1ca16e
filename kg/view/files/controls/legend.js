/* The column at the left: what the shapes and lines mean, and filters on all of it. */
import { anySet, publisherOf, reset, state } from "../data/filters.js";
import { certainties, families, kinds, links, nodes, statements, voices } from "../data/graph.js";
import { count } from "../data/wording.js";
import { button, fill, h, svg } from "../elements.js";
import { createPathFields } from "./path_fields.js";

/** @typedef {"families" | "kinds" | "voices" | "certainties" | "publishers"} SetName */
/** @typedef {{icon?: (name: string) => SVGElement, label: (name: string) => string}} Look */

/** @type {(family: string) => SVGElement} */
const shape = (family) => {
  const { shape: name, colour } = families[family];
  const paint = { fill: colour, class: "outlined" };
  const drawn = {
    dot: () => svg("circle", { cx: 8, cy: 8, r: 6, ...paint }),
    square: () => svg("rect", { x: 2.5, y: 2.5, width: 11, height: 11, ...paint }),
    triangle: () => svg("path", { d: "M8 1.5 L15 14 L1 14 Z", ...paint }),
    diamond: () => svg("path", { d: "M8 1 L15 8 L8 15 L1 8 Z", ...paint }),
    hexagon: () => svg("path", { d: "M4.5 2 L11.5 2 L15 8 L11.5 14 L4.5 14 L1 8 Z", ...paint }),
  }[name]();
  return svg("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" }, drawn);
};
/** @type {(kind: string) => SVGElement} */
const stroke = (kind) =>
  svg("svg", { viewBox: "0 0 26 10", width: 26, height: 10, "aria-hidden": "true" }, svg("line", { x1: 0, y1: 5, x2: 26, y2: 5, class: `stroke ${kind}`, "stroke-dasharray": (kinds[kind].dashes || []).join(" ") || "none" }));

/** @type {<T>(list: T[], of: (one: T) => string) => Map<string, number>} */
const tally = (list, of) => {
  const found = new Map();
  for (const one of list) found.set(of(one), (found.get(of(one)) || 0) + 1);
  return found;
};
/** @type {(title: string, open: boolean, ...children: kg.Content[]) => HTMLElement} */
const section = (title, open, ...children) => h("details.group", { open }, h("summary", {}, h("h2", {}, title)), ...children);

/** @type {(element: HTMLElement, how: {refresh: (how?: {fit?: boolean}) => void, path: (from: number, to: number) => boolean, style: () => void, find: kg.Find}) => {sync: (shown: kg.Shown) => void}} */
export const createLegend = (element, { refresh, path, style, find }) => {
  /** @type {{box: HTMLInputElement, set: SetName, name: string}[]} */
  const boxes = [];
  /** @type {(set: SetName, names: string[], numbers: Map<string, number>, look: Look) => HTMLElement[]} */
  const checks = (set, names, numbers, { icon, label }) =>
    names.filter((name) => numbers.has(name)).map((name) => {
      const box = h("input", { type: "checkbox", checked: true, "data-set": set, "data-name": name });
      box.addEventListener("change", () => {
        box.checked ? state[set].delete(name) : state[set].add(name);
        refresh();
      });
      boxes.push({ box, set, name });
      return h("label", {}, box, icon?.(name), h("span.name", {}, label(name)), h("span.count", {}, (numbers.get(name) ?? 0).toLocaleString("en")));
    });
  /** @type {(title: string, open: boolean, set: SetName, names: string[], numbers: Map<string, number>, look: Look) => kg.Content} */
  const group = (title, open, set, names, numbers, look) => {
    const rows = checks(set, names, numbers, look);
    return rows.length > 0 && section(title, open, rows);
  };

  const sure = statements.some((statement) => statement.confidence !== null);
  const least = h("output.count", {}, "0.00");
  const slider = h("input", { type: "range", id: "confidence", min: 0, max: 1, step: 0.05, value: 0, "aria-label": "Least confidence" });
  slider.addEventListener("input", () => {
    state.confidence = Number(slider.value);
    refresh();
  });

  /** @type {(name: "low" | "high", words: string) => HTMLInputElement} */
  const bound = (name, words) => {
    const input = h("input", { type: "number", step: "any", placeholder: words, "aria-label": `Figures ${words}`, "data-bound": name });
    input.addEventListener("input", () => {
      state[name] = input.value === "" || !Number.isFinite(Number(input.value)) ? null : Number(input.value);
      refresh();
    });
    return input;
  };
  const [low, high] = [bound("low", "from"), bound("high", "to")];
  const numbers = statements.some((statement) => statement.figures.length > 0);
  const published = tally(statements, publisherOf);

  const way = createPathFields({ path, find });

  /** @type {(id: string, words: string, change: (on: boolean) => void) => HTMLElement} */
  const tick = (id, words, change) => {
    const box = h("input", { type: "checkbox", id });
    box.addEventListener("change", () => change(box.checked));
    return h("label", {}, box, h("span.name", {}, words));
  };
  /* Asides are nodes on wish. */
  /** @type {(name: "places" | "publishers", words: string) => HTMLElement} */
  const wish = (name, words) => {
    const row = tick(`wish_${name}`, words, (on) => {
      on ? state.wished.add(name) : state.wished.delete(name);
      refresh({ fit: true });
    });
    wishes.push([name, /** @type {HTMLInputElement} */ (row.querySelector("input"))]);
    return row;
  };
  /** @type {["places" | "publishers", HTMLInputElement][]} */
  const wishes = [];
  /** @type {["hulls" | "byLinks", HTMLInputElement][]} */
  const styles = [];
  /** @type {(id: string, words: string, name: "hulls" | "byLinks") => HTMLElement} */
  const look = (id, words, name) => {
    const row = tick(id, words, (on) => {
      state[name] = on;
      style();
    });
    styles.push([name, /** @type {HTMLInputElement} */ (row.querySelector("input"))]);
    return row;
  };

  const clear = button("Clear filters", () => {
    reset();
    refresh({ fit: true });
  }, { id: "clear" });
  const showing = h("p", { id: "showing", role: "status" });

  fill(
    element,
    h("div.now", {}, showing, clear),
    group("Actors", true, "families", Object.keys(families), tally(nodes, (node) => node.family), { icon: shape, label: (name) => families[name].plural }),
    group("Links", true, "kinds", Object.keys(kinds), tally(links, (link) => link.kind), { icon: stroke, label: (name) => kinds[name].label }),
    group("Statements", true, "voices", Object.keys(voices), tally(statements, (statement) => statement.kind), { label: (name) => voices[name] }),
    statements.length > 0 && h("p.key", {}, h("mark.source", {}, "who says it"), " ", h("mark.cue", {}, "the cue"), " ", h("mark.content", {}, "what is said")),
    group("How firmly", false, "certainties", Object.keys(certainties), tally(statements, (statement) => statement.certainty), { label: (name) => certainties[name] }),
    sure && section("Confidence", false, h("label.slide", {}, "at least", slider, least)),
    numbers && section("Figures", false, h("div.pair-of-inputs", {}, low, high), h("p.muted", {}, "Statements with a figure that may lie in this range.")),
    group("Publishers", false, "publishers", [...published.keys()].sort(), published, { label: (name) => name }),
    links.length > 0 && section("Picture", true, wish("places", "places as nodes"), wish("publishers", "publishers as nodes"), look("hulls", "outline communities", "hulls"), look("by_links", "size by number of links", "byLinks")),
    links.length > 0 && section("Path between two actors", false, way),
  );

  /* Puts every control to what the state says now. */
  /** @type {(shown: kg.Shown) => void} */
  const sync = (shown) => {
    for (const { box, set, name } of boxes) box.checked = !state[set].has(name);
    for (const [name, box] of wishes) box.checked = state.wished.has(name);
    for (const [name, box] of styles) box.checked = state[name];
    slider.value = String(state.confidence);
    least.textContent = state.confidence.toFixed(2);
    if (document.activeElement !== low) low.value = String(state.low ?? "");
    if (document.activeElement !== high) high.value = String(state.high ?? "");
    clear.hidden = !anySet();
    showing.textContent = `${shown.nodes.size.toLocaleString("en")} of ${count(nodes.length, "actor")} · ${shown.links.size.toLocaleString("en")} of ${count(links.length, "link")} · ${shown.statements.size.toLocaleString("en")} of ${count(statements.length, "statement")}`;
  };
  return { sync };
};
