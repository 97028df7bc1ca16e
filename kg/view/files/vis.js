/* The page drawn by vis-network. */
import { create } from "./drawing_vis.js";
import { start } from "./shell.js";

Object.assign(globalThis, { Shell: start(create) });
