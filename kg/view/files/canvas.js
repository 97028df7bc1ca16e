/* The page drawn by a canvas of our own. */
import { create } from "./drawing_canvas.js";
import { start } from "./shell.js";

Object.assign(globalThis, { Shell: start(create) });
