/* The page drawn by vis-network. */
import { create } from "./drawing/vis_renderer.js";
import { start } from "./app/page.js";

Object.assign(globalThis, { Shell: start(create) });
