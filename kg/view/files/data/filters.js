/* The reader's filters as they are set now: the one place that holds them. */
import { active, clear, passing, publisher, unfiltered } from "./filtering.js";
import { graph } from "./graph.js";

export const state = unfiltered();
export const reset = () => clear(state);
export const anySet = () => active(state);
export const visible = () => passing(graph, state);
/** @type {(statement: kg.Statement) => string} */
export const publisherOf = (statement) => publisher(graph, statement);
