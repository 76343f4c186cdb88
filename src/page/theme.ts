import { choice } from "./choice.ts";

/** The switch between light, dark and the system's colours; it lasts as long as the page is open. */
export function themeSwitch(): HTMLElement {
  return choice("Colours", { auto: "Auto", light: "Light", dark: "Dark" }, "auto", (theme) => {
    document.documentElement.dataset.theme = theme;
  });
}
