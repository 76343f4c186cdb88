import type { Line } from "../report/words/line.ts";
import { element } from "./element.ts";

/** A line of the report, with a class for each span. */
export function lineView(line: Line): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const span of line) {
    fragment.append(
      typeof span === "string" ? span : element("span", { class: span.style }, span.text),
    );
  }
  return fragment;
}

/** Lines as paragraphs. */
export function linesView(lines: readonly Line[]): readonly HTMLElement[] {
  return lines.map((line) => element("p", { class: "line" }, lineView(line)));
}
