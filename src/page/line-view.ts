import type { Line } from "../report/words/line.ts";
import { element } from "./element.ts";

/** A line of the report, its spans told apart by class. */
export function lineView(line: Line): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const span of line) {
    fragment.append(
      typeof span === "string" ? span : element("span", { class: span.style }, span.text),
    );
  }
  return fragment;
}

/** Lines below each other. */
export function linesView(lines: readonly Line[]): readonly HTMLElement[] {
  return lines.map((line) => element("p", { class: "line" }, lineView(line)));
}
