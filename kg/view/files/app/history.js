/* The address always tells this view, and every step of the reader is one that the browser's Back undoes. In a frame
   without an address of its own there is none to tell. */

const QUICK = 700; // milliseconds within which further steps of one kind are one: a slider that is drawn
const LOOK = "look"; // moving about is one step, however long it takes

/** @type {(read: () => string, restore: () => void) => {remember: (kind: string) => void, forget: (kind: string) => void}} */
export const createHistory = (read, restore) => {
  let last = { kind: "start", at: 0 };
  const bare = () => location.hash.replace(/^#/, "");
  const follow = () => {
    last = { kind: "start", at: 0 };
    if (bare() !== read()) restore();
  };
  addEventListener("popstate", follow);
  addEventListener("hashchange", follow);
  const steps = {
    /* What is closed again was no step: Back leads to what was before it was opened. */
    forget: (/** @type {string} */ kind) => {
      if (last.kind === kind && read() !== bare()) history.back();
      else steps.remember(kind);
    },
    remember: (/** @type {string} */ kind) => {
      const fragment = read();
      if (fragment === bare()) return;
      const now = performance.now();
      const further = kind === last.kind && (kind === LOOK || now - last.at < QUICK);
      last = { kind, at: now };
      try {
        history[further || kind === "start" ? "replaceState" : "pushState"](null, "", fragment ? `#${fragment}` : "#");
      } catch {
        /* a sandboxed frame */
      }
    },
  };
  return steps;
};
