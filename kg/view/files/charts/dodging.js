/* Where the names of points stand on a chart: beside them, or dodged with a line that leads back. Points never move. */

/* Sizes to try in turn: whole, then less of it. */
/** @typedef {{x: number, y: number, sizes: [wide: number, high: number][]}} Wish */
/** @typedef {{left: number, top: number, wide: number, high: number, size: number, led: boolean} | null} Spot */

/** @type {(a: kg.Box, b: kg.Box) => boolean} */
const touches = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const STEPS = [0, -16, 16, -32, 32, -50, 50, -68, 68, -90, 90];

/* A place for each wish, or null where there is none; the first choose first. `frame` holds them; `taken` is to be kept free. */
/** @type {(wishes: Wish[], frame: kg.Box, taken: kg.Box[]) => Spot[]} */
export const dodge = (wishes, frame, taken) => {
  const boxes = [...taken];
  /** @type {(x: number, y: number, wide: number, high: number, size: number) => Spot} */
  const place = (x, y, wide, high, size) => {
    for (const away of [9, 24, 52, 90])
      for (const step of STEPS)
        for (const left of [x + away, x - away - wide, ...(step ? [x - wide / 2] : [])]) {
          const top = y - high / 2 + step;
          const box = { left, right: left + wide, top, bottom: top + high };
          if (box.left < frame.left || box.right > frame.right || box.top < frame.top || box.bottom > frame.bottom) continue;
          if (boxes.some((other) => touches(box, other))) continue;
          boxes.push(box);
          return { left, top, wide, high, size, led: away > 9 || Math.abs(step) > 16 };
        }
    return null;
  };
  return wishes.map(({ x, y, sizes }) => {
    for (const [size, [wide, high]] of sizes.entries()) {
      const spot = place(x, y, wide, high, size);
      if (spot) return spot;
    }
    return null;
  });
};
