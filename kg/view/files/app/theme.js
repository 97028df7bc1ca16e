/* Light or dark: as the system has it, until the button says otherwise. */

/* `change` is told at the start and at every change. */
/** @type {(button: HTMLButtonElement, change: (dark: boolean) => void) => void} */
export const followTheme = (button, change) => {
  const root = document.documentElement;
  const set = (/** @type {boolean} */ dark) => {
    root.dataset.theme = dark ? "dark" : "light";
    button.textContent = dark ? "Light" : "Dark";
    change(dark);
  };
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", () => set(system.matches));
  button.addEventListener("click", () => set(root.dataset.theme !== "dark"));
  set(system.matches);
};
