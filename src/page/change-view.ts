import type { Excerpt, PageChange, PageValue } from "../report/html/data.ts";
import { type DiffLayout, diffView, plainLines } from "./diff-view.ts";
import { element } from "./element.ts";

const classes = { "+": "added", "-": "removed", "~": "changed" } as const;
const verbs = { "+": "set", "-": "unset", "~": "changed" } as const;

/** One property that changes. */
export function changeView(change: PageChange, layout: DiffLayout): HTMLElement {
  const { path, sign, origin, value } = change;
  return element(
    "section",
    { class: "change" },
    element(
      "h4",
      {},
      element("span", { class: `mark ${classes[sign]}`, "aria-hidden": "true" }, sign),
      element("code", { dir: "auto" }, path),
      element("span", { class: "unseen" }, ` ${verbs[sign]}`),
      origin === "" ? undefined : element("span", { class: "warning" }, origin),
    ),
    ...valueView(value, layout),
  );
}

function valueView(value: PageValue, layout: DiffLayout): readonly HTMLElement[] {
  switch (value.kind) {
    case "short":
      return shortView(value.before, value.after);
    case "whole":
      return excerptView(value.side, value.text);
    case "rewritten":
      return [...excerptView("removed", value.before), ...excerptView("added", value.after)];
    case "diff":
      return [scroller(diffView(value.hunks, layout))];
  }
}

/** A tool without settings has no value, only a name. */
function shortView(before: string | null, after: string | null): readonly HTMLElement[] {
  if (before === null && after === null) return [];
  const view = element(
    "p",
    { class: "short" },
    before === null ? undefined : element("del", { dir: "auto" }, before),
    before === null || after === null ? undefined : element("span", { class: "arrow" }, "→"),
    after === null ? undefined : element("ins", { dir: "auto" }, after),
  );
  return [view];
}

function excerptView(side: "added" | "removed", { lines, more }: Excerpt): readonly HTMLElement[] {
  return [
    scroller(plainLines(side, lines)),
    ...(more > 0 ? [element("p", { class: "faint" }, `… and ${more} more lines`)] : []),
  ];
}

/** Content wider than the page has its own scroll bar, which the keyboard can reach. */
function scroller(content: HTMLElement): HTMLElement {
  return element("div", { class: "scroller" }, content);
}
