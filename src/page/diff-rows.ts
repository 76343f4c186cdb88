import type { Hunk, Part, Row } from "../report/diff/prompt-diff.ts";

/** One line of one side; undefined if only the other side has this line. */
export type Side = { readonly number: number; readonly parts: readonly Part[] } | undefined;

/** A pair of lines, or the unchanged lines between two hunks. */
export type SplitRow =
  | { readonly kind: "same" | "changed"; readonly before: Side; readonly after: Side }
  | { readonly kind: "gap"; readonly lines: number };

/** A line of a diff in one column; `number` is its line number in its own text. */
export type UnifiedRow = Row | { readonly kind: "gap"; readonly lines: number };

/** Hunks as one column, with the number of lines that are left out between them. */
export function unifiedRows(hunks: readonly Hunk[]): readonly UnifiedRow[] {
  let next = 1;
  return hunks.flatMap((hunk): UnifiedRow[] => {
    const lines = gapBefore(hunk, next);
    next = nextAfter(hunk, next);
    return lines > 0 ? [{ kind: "gap", lines }, ...hunk] : [...hunk];
  });
}

/** Hunks as two columns: a removed line is next to the one that replaced it. */
export function splitRows(hunks: readonly Hunk[]): readonly SplitRow[] {
  const rows: SplitRow[] = [];
  /** How many lines longer the new text is, up to here. */
  let longer = 0;
  let removed: Row[] = [];
  let added: Row[] = [];
  const flush = () => {
    for (let at = 0; at < Math.max(removed.length, added.length); at += 1) {
      rows.push({ kind: "changed", before: removed[at], after: added[at] });
    }
    longer += added.length - removed.length;
    [removed, added] = [[], []];
  };
  for (const row of unifiedRows(hunks)) {
    switch (row.kind) {
      case "removed":
        if (added.length > 0) flush();
        removed.push(row);
        break;
      case "added":
        added.push(row);
        break;
      case "gap":
        flush();
        rows.push(row);
        break;
      case "same":
        flush();
        rows.push({
          kind: "same",
          before: { number: row.number - longer, parts: row.parts },
          after: row,
        });
        break;
    }
  }
  flush();
  return rows;
}

/** Lines of the new text between the last hunk and this one. */
function gapBefore(hunk: Hunk, next: number): number {
  const first = hunk.find(({ kind }) => kind !== "removed");
  return first === undefined ? 0 : first.number - next;
}

function nextAfter(hunk: Hunk, next: number): number {
  const last = hunk.findLast(({ kind }) => kind !== "removed");
  return last === undefined ? next : last.number + 1;
}
