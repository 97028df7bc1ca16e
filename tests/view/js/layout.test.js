/* Places of nodes and names in the window, and places on a chart. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { bounds, dateTicks, days, numberScale } from "../../../kg/view/files/charts/scales.js";
import { binOf, quantiles } from "../../../kg/view/files/charts/time_bins.js";
import { hitTesting } from "../../../kg/view/files/drawing/hit_testing.js";
import { createScene } from "../../../kg/view/files/drawing/scene.js";
import { convexHull } from "../../../kg/view/files/layout/convex_hull.js";
import { placeLabels } from "../../../kg/view/files/layout/label_placement.js";
import { labelSize, lines } from "../../../kg/view/files/layout/label_size.js";
import { around, reach } from "../../../kg/view/files/layout/viewport.js";
import { layAnswer } from "../../../kg/view/files/layout/answer_layout.js";
import { layMap } from "../../../kg/view/files/layout/window_layout.js";
import { FAMILIES, KINDS, graph, measureWithoutCanvas, numbers, overlap } from "./story.js";

before(measureWithoutCanvas);

const scene = (change = {}) => createScene({ ...graph(), kinds: KINDS, families: FAMILIES, ...change });

const layIntoWindow = (placed, width, height) => {
  placed.notes = layAnswer(placed.drawnItems(), placed.drawnTies(), width, height);
};

/* `count` nodes at places that look random, each tied to the next. */
const large = (count) => {
  const next = numbers(7);
  const { nodes } = graph();
  return {
    nodes: Array.from({ length: count }, (_, at) => ({ ...nodes[0], index: at, name: `Actor ${at}`, links: [at], community: Math.floor(at / 5) })),
    links: Array.from({ length: count - 1 }, (_, at) => ({ source: at, target: at + 1, kind: "said_about", index: at, bend: 0, width: 1 })),
    places: { x: Array.from({ length: count }, () => 900 * next()), y: Array.from({ length: count }, () => 600 * next()), r: new Array(count).fill(8) },
  };
};

test("a small graph stands in the window with no node on another, the same each time", () => {
  const placed = scene(large(40));
  layIntoWindow(placed, 1000, 700);
  for (const item of placed.items) {
    const [left, right, top, bottom] = reach(item, 1);
    assert.ok(item.x - left >= 0 && item.x + right <= 1000 && item.y - top >= 0 && item.y + bottom <= 700, item.label);
  }
  for (const a of placed.items) for (const b of placed.items) if (a.id < b.id) assert.ok(Math.hypot(a.x - b.x, a.y - b.y) > a.size + b.size, `${a.label} on ${b.label}`);
  const few = scene(large(14));
  layIntoWindow(few, 700, 400);
  const boxes = few.items.map((item) => {
    const [left, right, top, bottom] = reach(item, 1);
    return { left: item.x - left, right: item.x + right, top: item.y - top, bottom: item.y + bottom };
  });
  for (const [at, a] of boxes.entries()) for (const b of boxes.slice(at + 1)) assert.ok(!overlap(a, b), "where there is room, no name on another");
  const again = scene(large(40));
  layIntoWindow(again, 1000, 700);
  assert.deepEqual(again.items, placed.items);
});

test("nodes without links stand in a list at the foot", () => {
  const placed = scene();
  layIntoWindow(placed, 1000, 700);
  const [alone] = placed.items.filter((item) => item.alone);
  assert.equal(alone.label, "Tomás Vera");
  assert.equal(alone.side, "right");
  assert.ok(placed.items.every((item) => item === alone || item.y < alone.y));
  assert.deepEqual(placed.notes.map((note) => note.text), ["Not tied to the others"]);
});

test("all that is asked for comes into the window, no closer than names can be read", () => {
  const { items } = scene(large(60));
  const look = around(items, 800, 500);
  for (const item of items) {
    const [x, y] = [(item.x - look.x) * look.scale + 400, (item.y - look.y) * look.scale + 250];
    const [left, right, top, bottom] = reach(item, look.scale);
    assert.ok(x - left >= 0 && x + right <= 800 && y - top >= 0 && y + bottom <= 500, item.label);
  }
  assert.ok(around(items.slice(0, 1), 800, 500).scale <= 1.4);
  assert.deepEqual(around([], 800, 500), { x: 0, y: 0, scale: 1 });
});

test("names never stand on one another, and the chosen one always stands", () => {
  const next = numbers(3);
  const spots = Array.from({ length: 120 }, (_, index) => ({ index, x: 500 * next(), y: 300 * next(), radius: 6, text: `Actor number ${index}`, rank: index, strong: index === 5 ? 1 : 0, side: null, quiet: index === 119 }));
  const placed = placeLabels(spots, { left: 0, right: 500, top: 0, bottom: 300 });
  const boxes = placed.map(({ left, top, wide, high }) => ({ left, right: left + wide, top, bottom: top + high }));
  for (const [at, a] of boxes.entries()) for (const b of boxes.slice(at + 1)) assert.ok(!overlap(a, b));
  assert.equal(placed[0].index, 5, "the chosen first");
  assert.ok(placed.length > 10 && placed.length < 119, "some find no room");
  assert.ok(!placed.some(({ index }) => index === 119), "a faded one keeps quiet");
  const ranks = placed.slice(1, 6).map(({ rank }) => rank);
  assert.deepEqual(ranks, [...ranks].sort((a, b) => b - a), "the most telling choose first");
});

test("a long name takes two lines, broken near its middle", () => {
  assert.deepEqual(lines("Ministry of Health"), ["Ministry of Health"]);
  assert.deepEqual(lines("Ministry of Agriculture and Fisheries"), ["Ministry of Agriculture", "and Fisheries"]);
  assert.deepEqual(lines("w".repeat(40)), ["w".repeat(40)]);
  assert.deepEqual(labelSize("Vera"), { rows: ["Vera"], wide: 28, high: 15 });
});

test("the hull of points holds them all", () => {
  const corners = [{ x: 0, y: 0 }, { x: 4, y: 0 }, { x: 4, y: 3 }, { x: 0, y: 3 }];
  const hull = convexHull([...corners, { x: 2, y: 1 }, { x: 1, y: 2 }]);
  assert.deepEqual(new Set(hull.map(({ x, y }) => `${x} ${y}`)), new Set(corners.map(({ x, y }) => `${x} ${y}`)));
});

test("a graph that is folded shows communities, and what filters leave when it is few", () => {
  const folded = scene({ ...large(50), folding: { active: true, few: 6 } });
  assert.equal(folded.drawnItems().length, 10, "fifty in communities of five");
  assert.ok(folded.drawnItems().every((item) => item.id < 0));
  assert.equal(folded.drawnTies().length, 9);
  folded.folding.opened.add(0);
  assert.equal(folded.drawnItems().filter((item) => item.id >= 0).length, 5);
  folded.folding.pin([7, 8]);
  assert.deepEqual(folded.drawnItems().flatMap((item) => (item.id >= 5 ? [item.id] : [])), [7, 8], "some by themselves");
  folded.seen = { nodes: new Set([1, 2, 3]), links: new Set([1, 2]) };
  assert.deepEqual(folded.drawnItems().map((item) => item.id), [1, 2, 3]);
});

test("what lies under the pointer is the nearest node, or a link close by", () => {
  const { items, drawnTies } = scene();
  const at = hitTesting({ items, ties: drawnTies() });
  assert.deepEqual(at({ x: 3, y: 2 }, 1, true), { node: 0 });
  assert.deepEqual(at({ x: 50, y: 1 }, 1, true), { link: 0 });
  assert.equal(at({ x: 50, y: 1 }, 1, false), null);
  assert.equal(at({ x: 300, y: 300 }, 1, true), null);
});

test("a scale of numbers has round ticks, and is logarithmic over wide ranges", () => {
  const even = numberScale([10, 20, 30], 100, 0);
  assert.ok(even.at(10) > even.at(20) && even.at(20) > even.at(30));
  assert.ok(Math.abs(even.at(10) - even.at(20) - (even.at(20) - even.at(30))) < 1e-9);
  assert.deepEqual(even.ticks, [10, 20, 30]);
  const wide = numberScale([1, 1000], 100, 0);
  assert.ok(Math.abs(wide.at(1) - wide.at(10) - (wide.at(100) - wide.at(1000))) < 1e-9);
  assert.deepEqual(wide.ticks, [1, 10, 100, 1000]);
  const one = numberScale([5], 100, 0);
  assert.ok(one.at(5) > 0 && one.at(5) < 100);
});

test("a date that is not a day may be any of its days", () => {
  assert.deepEqual(days("1970-01-02"), [1, 1]);
  assert.deepEqual(days("1970-02"), [31, 58]);
  assert.deepEqual(days("1970"), [0, 364]);
  assert.equal(days("XXXX-02-01"), null);
  assert.equal(days(null), null);
  assert.deepEqual(dateTicks(0, 4, 2).map(([, text]) => text), ["1970-01-01", "1970-01-03", "1970-01-05"]);
  assert.deepEqual(dateTicks(0, 364, 4).map(([, text]) => text), ["1970-01", "1970-04", "1970-07", "1970-10"]);
  assert.deepEqual(dateTicks(0, 3650, 3).map(([, text]) => text), ["1970", "1974", "1978"]);
});

test("a figure's bounds are open where nothing bounds it", () => {
  assert.deepEqual(bounds({ value: 120, low: 120, high: null }), [120, null]);
  assert.deepEqual(bounds({ value: 80, low: null, high: null }), [80, 80]);
});

test("a star of ninety leaves and sixty loners have a name each, none on another", () => {
  const placed = scene({
    nodes: Array.from({ length: 150 }, (_, at) => ({ ...graph().nodes[0], index: at, name: `Speaker of the office ${at}`, links: [] })),
    links: Array.from({ length: 90 }, (_, at) => ({ source: 0, target: at + 1, kind: "said_about", index: at, bend: 0, width: 1, comparisons: [] })),
    places: { x: new Array(150).fill(0), y: new Array(150).fill(0), r: new Array(150).fill(9) },
  });
  layIntoWindow(placed, 1100, 800);
  const boxes = placed.items.map(({ x, y, size, brief }) => ({ left: x - size, right: x + size + 5 + 7 * brief.length, top: y - 7.5, bottom: y + 7.5 }));
  for (const [at, a] of boxes.entries()) for (const b of boxes.slice(at + 1)) assert.ok(!overlap(a, b));
  assert.ok(boxes.every(({ left, right, top, bottom }) => left >= 0 && right <= 1100 && top >= 0 && bottom <= 800));
});

test("the map keeps the places of the layout", () => {
  const placed = scene();
  placed.notes = [1];
  layMap(placed, 1000, 700);
  assert.deepEqual(placed.notes, []);
  assert.ok(placed.items[3].x > placed.items[0].x);
});

test("days stand in bins of like size, whatever lies far off", () => {
  const days = ["1861", "2050", ...Array.from({ length: 900 }, (_, at) => `2015-${String(1 + (at % 12)).padStart(2, "0")}-${String(1 + (at % 28)).padStart(2, "0")}`)];
  const bins = quantiles(days);
  assert.ok(bins.length > 30 && bins.length <= 84);
  assert.equal(bins.reduce((sum, { count }) => sum + count, 0), days.length);
  assert.ok(Math.max(...bins.map(({ count }) => count)) <= days.length / 20);
  assert.equal(binOf(bins, "1700"), 0);
  assert.equal(binOf(bins, "2099"), bins.length - 1);
  assert.deepEqual(quantiles(["", "soon", "2015-02"]), [{ from: "2015-02", to: "2015-02", count: 1 }]);
});
