/* Sections of the panel: a heading with a list that may be long, and the buttons that lead down to each. */
import { button, h } from "../elements.js";

/** @typedef {[head: HTMLElement, list: HTMLElement] | null} Section */
const PAGE = 40;

/* A long list shows its beginning, and the rest on demand: 10,000 cards at once would freeze the page. */
/** @type {<T>(items: T[], render: (item: T) => HTMLElement, first: number) => HTMLElement} */
const list = (items, render, first) => {
  const box = h("div.list");
  /** @type {(from: number, to: number) => void} */
  const more = (from, to) => {
    box.append(...items.slice(from, to).map(render));
    const left = items.length - to;
    if (left <= 0) return;
    const next = button(left > PAGE ? `Show ${PAGE} more of ${left}` : `Show ${left} more`, () => {
      next.remove();
      more(to, to + PAGE);
    }, { class: "wide" });
    box.append(next);
  };
  more(0, first);
  return box;
};
/** @type {<T>(title: string, items: T[], render: (item: T) => HTMLElement, first?: number) => Section} */
export const section = (title, items, render, first = PAGE) =>
  items.length > 0 ? [h("h3", { tabindex: -1 }, `${title} `, h("span.count", {}, items.length)), list(items, render, first)] : null;
/* Buttons that lead down to each section: a long list above must not hide the one below. */
/** @type {(sections: Section[]) => kg.Content} */
export const contents = (sections) => {
  const found = sections.filter((section) => section !== null);
  if (found.length < 2) return null;
  /** @type {(section: [HTMLElement, HTMLElement]) => void} */
  const go = ([head]) => {
    head.scrollIntoView({ block: "start" });
    head.focus({ preventScroll: true });
  };
  return h("div.actions", {}, found.map((part) => button(part[0].textContent ?? "", () => go(part), { class: "jump" })));
};
