/* The page drawn by vis-network: the entry from which its modules are joined. */
import { start } from "./app/page.js";
import { drawByVis } from "./drawing/vis_renderer.js";

start(drawByVis);
