import { element } from "./element.ts";

/** A setting with a few values, as radio buttons. */
export function choice<Value extends string>(
  label: string,
  options: Readonly<Record<Value, string>>,
  chosen: NoInfer<Value>,
  choose: (value: NoInfer<Value>) => void,
): HTMLFieldSetElement {
  const name = label.toLowerCase().replaceAll(" ", "-");
  const buttons = Object.entries<string>(options).map(([value, text]) => {
    const input = element("input", { type: "radio", name, value });
    input.checked = value === chosen;
    input.addEventListener("change", () => choose(value as Value));
    return element("label", {}, input, element("span", {}, text));
  });
  return element(
    "fieldset",
    { class: "choice control" },
    element("legend", { class: "unseen" }, label),
    ...buttons,
  );
}

/** A toggle button. */
export function toggle(
  text: string,
  pressed: boolean,
  press: (pressed: boolean) => void,
): HTMLButtonElement {
  const button = element("button", { type: "button", class: "toggle control" }, text);
  const show = (is: boolean) => button.setAttribute("aria-pressed", String(is));
  show(pressed);
  button.addEventListener("click", () => {
    const is = button.getAttribute("aria-pressed") !== "true";
    show(is);
    press(is);
  });
  return button;
}
