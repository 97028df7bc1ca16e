/* On a narrow window card, filters and time share a sheet at the foot; its tabs choose which, and a second tap closes it. */

/** @typedef {"panel" | "left" | "timeline" | "none"} Name */
/** @type {(tabs: HTMLElement) => {show: (name: Name) => void}} */
export const createSheet = (tabs) => {
  const buttons = [...tabs.querySelectorAll("button")];
  /** @type {(name: Name) => void} */
  const show = (name) => {
    document.body.dataset.sheet = name;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.of === name));
  };
  for (const button of buttons)
    button.addEventListener("click", () => {
      const name = /** @type {Name} */ (button.dataset.of);
      show(document.body.dataset.sheet === name ? "none" : name);
    });
  show("panel");
  return { show };
};
