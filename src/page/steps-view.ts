import type { PageData } from "../report/html/data.ts";
import { element } from "./element.ts";
import { linesView } from "./line-view.ts";

/** The steps of an apply, made when they are opened or printed. */
export type StepsView = { readonly root: HTMLElement; readonly unfold: () => () => void };

/** The steps of an apply, in order; undefined if there are none. */
export function stepsView({ title, items }: PageData["steps"]): StepsView | undefined {
  if (items.length === 0) return undefined;
  const list = element("ol", { class: "steps" });
  const count = items.length === 1 ? "1 step" : `${items.length} steps`;
  const summary = element("summary", {}, count);
  const details = element("details", {}, summary, list);
  const build = () => {
    if (list.childElementCount > 0) return;
    list.append(...items.map((lines) => element("li", {}, ...linesView(lines))));
  };
  summary.addEventListener("click", build);
  const root = element(
    "section",
    { id: "steps", "aria-labelledby": "steps-title" },
    element("h2", { id: "steps-title" }, title),
    details,
  );
  const unfold = () => {
    const wasOpen = details.open;
    build();
    details.open = true;
    return () => {
      details.open = wasOpen;
    };
  };
  return { root, unfold };
}
