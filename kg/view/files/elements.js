/* Elements from data. Text goes in as text nodes only: names and sentences come from strangers and never become markup. */
const SVG = "http://www.w3.org/2000/svg";

/** @type {<E extends Element>(element: E, children: kg.Content[]) => E} */
const append = (element, children) => {
  for (const child of /** @type {(Node | string | number | boolean | null | undefined)[]} */ (/** @type {any[]} */ (children).flat(Infinity))) {
    if (child === null || child === undefined || child === false || child === "") continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
};

/* h("button.link", {type: "button", onclick: f}, "text"): tag, classes, attributes (on… are listeners), children. */
/** @type {<S extends string>(selector: S, attributes?: Record<string, any>, ...children: kg.Content[]) => kg.ElementOf<S>} */
export const h = (selector, attributes = {}, ...children) => {
  const [tag, ...classes] = selector.split(".");
  const element = /** @type {any} */ (document.createElement(tag));
  if (classes.length) element.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || (value === false && !name.startsWith("aria-"))) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true && !name.startsWith("aria-") ? "" : String(value));
  }
  return append(element, children);
};

/** @type {(tag: string, attributes?: Record<string, any>, ...children: kg.Content[]) => SVGElement} */
export const svg = (tag, attributes = {}, ...children) => {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return append(element, children);
};

/** @type {<E extends Element>(element: E, ...children: kg.Content[]) => E} */
export const fill = (element, ...children) => {
  element.replaceChildren();
  return append(element, children);
};

/* A box with more in it than it shows is a stop of the keyboard, since not every browser scrolls it otherwise; one that
   shows all is none. How much it shows is known once it is laid out, and changes with the window. */
const watching = new ResizeObserver((seen) => {
  for (const entry of seen) {
    const target = /** @type {HTMLElement} */ (entry.target);
    if (!target.isConnected) watching.unobserve(target);
    else if (target.scrollHeight > target.clientHeight) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
/** @type {<E extends HTMLElement>(element: E) => E} */
export const scrolling = (element) => {
  watching.observe(element);
  return element;
};

/** @type {(text: string, onclick: () => void, attributes?: Record<string, any>) => HTMLButtonElement} */
export const button = (text, onclick, attributes = {}) => h("button", { type: "button", onclick, ...attributes }, text);

/* A link only to the web: javascript:, data: and what does not parse stay text. */
/** @type {(text: string, url: string) => HTMLElement} */
export const link = (text, url) => {
  let address = null;
  try {
    address = new URL(url);
  } catch {
    /* not an address */
  }
  if (!address || !["http:", "https:"].includes(address.protocol)) return h("span", {}, text);
  return h("a", { href: address.href, target: "_blank", rel: "noopener noreferrer" }, text);
};
