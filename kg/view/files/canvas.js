/* The page drawn by a canvas of our own. */
import { create } from "./drawing/canvas_renderer.js";
import { start } from "./app/page.js";

Object.assign(globalThis, { Shell: start(create) });
