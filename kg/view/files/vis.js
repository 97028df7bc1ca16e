/* The page whose answers are drawn by vis-network: the entry from which its modules are joined. */
import { loadVis } from "./drawing/vis_script.js";
import { start } from "./app/page.js";
import { drawByBoth } from "./drawing/both_renderers.js";

await loadVis();
start(drawByBoth);
