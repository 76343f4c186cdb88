import { choice } from "./choice.ts";

/** The switch between the colours of the system and the other ones; it lasts as long as the page is open. */
export function themeSwitch(): HTMLElement {
  return choice("Colours", { auto: "Auto", light: "Light", dark: "Dark" }, "auto", (theme) => {
    document.documentElement.dataset.theme = theme;
  });
}
