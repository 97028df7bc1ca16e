/* Names beside nodes, at one size on the screen whatever the zoom, never on one another or on a node.
   The most telling nodes choose first; a name that finds no room waits until the reader zooms in. */
const FONT = 12.5;
const HEIGHT = 15;
const LINE = 24;
const GAP = 4;
const CELL = 64;
const CROWD = 300;
const family = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
export const font = (strong) => `${strong ? "600 " : ""}${FONT}px ${family}`;
const widths = new Map();

const width = (context, text, strong) => {
  const key = `${strong ? 1 : 0}${text}`;
  if (!widths.has(key)) {
    context.save();
    context.font = font(strong);
    widths.set(key, context.measureText(text).width);
    context.restore();
  }
  return widths.get(key);
};

/* A long name in two lines, broken at the space nearest to its middle. */
const lines = (text) => {
  if (text.length <= LINE) return [text];
  const middle = text.length / 2;
  let at = -1;
  for (let space = text.indexOf(" "); space >= 0; space = text.indexOf(" ", space + 1)) if (at < 0 || Math.abs(space - middle) < Math.abs(at - middle)) at = space;
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
};

/* Boxes in a grid of cells, to ask quickly whether a new one would touch any. */
const Grid = () => {
  const cells = new Map();
  const keys = (box) => {
    const found = [];
    for (let x = Math.floor(box.left / CELL); x <= Math.floor(box.right / CELL); x += 1)
      for (let y = Math.floor(box.top / CELL); y <= Math.floor(box.bottom / CELL); y += 1) found.push(`${x},${y}`);
    return found;
  };
  const touches = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return {
    add: (box) => {
      for (const key of keys(box)) cells.has(key) ? cells.get(key).push(box) : cells.set(key, [box]);
    },
    free: (box, self) => keys(box).every((key) => (cells.get(key) || []).every((b) => b.of === self || !touches(box, b))),
  };
};

const measuring = document.createElement("canvas").getContext("2d");
const sizes = new Map();
/* The room that a name needs on the screen, in one line or two. */
export const size = (text) => {
  if (!sizes.has(text)) {
    const rows = lines(text);
    sizes.set(text, { rows, wide: Math.max(...rows.map((row) => width(measuring, row, false))), high: rows.length * HEIGHT });
  }
  return sizes.get(text);
};

/* `spots`: {index, x, y, radius, text, rank, strong, side, quiet} in screen pixels → the same with left and top of the
   name. Names stay within `bounds` where they can, so that none is cut when the whole is in the window. */
export const arrange = (context, spots, bounds) => {
  const grid = Grid();
  /* In a crowd the names of the most telling stand over the small nodes around them, and not too many of them. */
  const crowd = spots.length > CROWD;
  const most = crowd ? Math.max(25, ((bounds.right - bounds.left) * (bounds.bottom - bounds.top)) / 16_000) : Infinity;
  for (const { index, x, y, radius } of spots)
    if (!crowd || radius > 9) grid.add({ of: index, left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });
  const placed = [];
  for (const spot of [...spots].sort((a, b) => b.strong - a.strong || b.rank - a.rank || a.index - b.index)) {
    if (spot.quiet) continue;
    if (placed.length >= most && !spot.strong) break;
    const { x, y, radius, index } = spot;
    const { rows, high } = size(spot.text);
    const wide = spot.strong ? Math.max(...rows.map((row) => width(context, row, true))) : size(spot.text).wide;
    const places = [
      [x - wide / 2, y + radius + 2],
      [x + radius + GAP, y - high / 2],
      [x - radius - GAP - wide, y - high / 2],
      [x - wide / 2, y - radius - 2 - high],
      [x + radius * 0.7, y + radius * 0.7],
      [x - radius * 0.7 - wide, y + radius * 0.7],
      [x + radius * 0.7, y - radius * 0.7 - high],
      [x - radius * 0.7 - wide, y - radius * 0.7 - high],
    ];
    if (spot.side === "right") places.unshift(places.splice(1, 1)[0]);
    const outside = ([left, top]) => left < bounds.left - 1 || left + wide > bounds.right + 1 || top < bounds.top - 1 || top + high > bounds.bottom + 1;
    const inside = places.filter((place) => !outside(place));
    for (const [left, top] of spot.strong ? [...inside, ...places.filter(outside)] : inside) {
      const box = { of: `${index} name`, left: left - 2, right: left + wide + 2, top, bottom: top + high };
      if (!grid.free(box, spot.strong ? index : null)) continue;
      grid.add(box);
      placed.push({ ...spot, left, top, wide, high, rows, middle: left === x - wide / 2 });
      break;
    }
  }
  return placed;
};

export const draw = (context, placed, { ink, paper }) => {
  context.save();
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = paper;
  context.fillStyle = ink;
  for (const { rows, strong, left, top, wide, middle, x } of placed) {
    context.font = font(strong);
    const align = middle ? "center" : left > x ? "left" : "right";
    context.textAlign = align;
    const from = align === "center" ? left + wide / 2 : align === "left" ? left : left + wide;
    rows.forEach((row, at) => context.strokeText(row, from, top + HEIGHT * (at + 0.5)));
    rows.forEach((row, at) => context.fillText(row, from, top + HEIGHT * (at + 0.5)));
  }
  context.restore();
};
