/* Light or dark: as the system has it, until the button or the address says otherwise. */

/** @typedef {"dark" | "light"} Name */
/* `change` is told at the start and at every change, `pressed` when the reader chose. */
/** @type {(button: HTMLButtonElement, change: (dark: boolean) => void, pressed: () => void) => {chosen: () => Name | null, choose: (name: Name | null) => void}} */
export const followTheme = (button, change, pressed) => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  /** @type {Name | null} */
  let chosen = null;
  const set = () => {
    const dark = chosen === null ? system.matches : chosen === "dark";
    root.dataset.theme = dark ? "dark" : "light";
    button.textContent = dark ? "Light" : "Dark";
    change(dark);
  };
  system.addEventListener("change", set);
  button.addEventListener("click", () => {
    chosen = root.dataset.theme === "dark" ? "light" : "dark";
    set();
    pressed();
  });
  set();
  return {
    chosen: () => chosen,
    choose: (name) => {
      if (name === chosen) return;
      chosen = name;
      set();
    },
  };
};
