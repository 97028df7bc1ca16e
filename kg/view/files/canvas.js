/* The page drawn on a canvas of our own: the entry from which its modules are joined. */
import { start } from "./app/page.js";
import { drawOnCanvas } from "./drawing/canvas_renderer.js";

start(drawOnCanvas);
