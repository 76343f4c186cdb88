import type { Hunk, Part } from "../report/diff/prompt-diff.ts";
import { type Side, splitRows, unifiedRows } from "./diff-rows.ts";
import { element } from "./element.ts";

/** The layout of diffs. */
export type DiffLayout = "unified" | "split";

type LineKind = "same" | "removed" | "added";

const signs: { readonly [Name in LineKind]: string } = { same: "", removed: "−", added: "+" };

/** The changed lines of a text, with the changed words marked. */
export function diffView(hunks: readonly Hunk[], layout: DiffLayout): HTMLElement {
  const rows = layout === "split" ? splitTable(hunks) : unifiedTable(hunks);
  return element("table", { class: `diff ${layout}` }, ...rows);
}

/** Lines of one kind, such as a new text. */
export function plainLines(kind: "removed" | "added", lines: readonly string[]): HTMLElement {
  const rows = lines.map((line, at) =>
    element("tr", {}, ...cells(kind, { number: at + 1, parts: [{ text: line, changed: false }] })),
  );
  return element(
    "table",
    { class: "diff unified" },
    ...head(["Line", "Change", "Text"]),
    element("tbody", {}, ...rows),
  );
}

function unifiedTable(hunks: readonly Hunk[]): readonly HTMLElement[] {
  const rows = unifiedRows(hunks).map((row) =>
    row.kind === "gap" ? gap(row.lines, 3) : element("tr", {}, ...cells(row.kind, row)),
  );
  return [...head(["Line", "Change", "Text"]), element("tbody", {}, ...rows)];
}

function splitTable(hunks: readonly Hunk[]): readonly HTMLElement[] {
  const rows = splitRows(hunks).map((row) => {
    if (row.kind === "gap") return gap(row.lines, 6);
    const [left, right] =
      row.kind === "same" ? (["same", "same"] as const) : (["removed", "added"] as const);
    return element("tr", {}, ...cells(left, row.before), ...cells(right, row.after));
  });
  const titles = ["Line before", "Change", "Before", "Line after", "Change", "After"];
  return [...head(titles), element("tbody", {}, ...rows)];
}

/** Widths of the columns, and their titles for screen readers. */
function head(titles: readonly string[]): readonly HTMLElement[] {
  const columns = titles.map((_, at) => element("col", { class: columnClasses[at % 3] }));
  const cell = (title: string) => element("th", { scope: "col" }, title);
  return [
    element("colgroup", {}, ...columns),
    element("thead", { class: "unseen" }, element("tr", {}, ...titles.map(cell))),
  ];
}

const columnClasses = ["number", "sign", "text"] as const;

function cells(kind: LineKind, side: Side): readonly HTMLElement[] {
  if (side === undefined) return [element("td", { class: "none", colspan: 3 })];
  return [
    element("td", { class: `number ${kind}` }, String(side.number)),
    element("td", { class: `sign ${kind}` }, signs[kind]),
    element(
      "td",
      { class: `text ${kind}`, dir: "auto" },
      ...side.parts.map((part) => partView(kind, part)),
    ),
  ];
}

function partView(kind: LineKind, { text, changed }: Part): Node | string {
  if (!changed || kind === "same") return text;
  return element(kind === "added" ? "ins" : "del", {}, text);
}

function gap(lines: number, columns: number): HTMLElement {
  const text = lines === 1 ? "1 unchanged line" : `${lines} unchanged lines`;
  return element("tr", { class: "gap" }, element("td", { colspan: columns }, `⋯ ${text}`));
}
