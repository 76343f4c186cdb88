import { diffArrays, diffWordsWithSpace } from "diff";
import { look, spellLook, spellSpacesAtEnd } from "./look-alike.ts";

/** A stretch of a line; `changed` if it differs from the paired line. */
export type Part = { readonly text: string; readonly changed: boolean };

/** One line of a hunk; its number counts from 1 in its own text, before or after. */
export type Row = {
  readonly kind: "same" | "removed" | "added";
  readonly number: number;
  readonly parts: readonly Part[];
};

/** Changed lines with their context. */
export type Hunk = readonly Row[];

/** The differences of two texts, line by line; `rewritten` if they have too little in common for hunks. */
export type PromptDiff =
  | { readonly kind: "hunks"; readonly hunks: readonly Hunk[] }
  | {
      readonly kind: "rewritten";
      readonly before: readonly string[];
      readonly after: readonly string[];
    };

/** Context lines around a change. */
const context = 3;

/**
 * The work grows with the square of the edits: different texts of 20,000 short lines take minutes without a limit. Time
 * is not limited, so that the same texts always have the same differences.
 */
const lineLimits = { maxEditLength: 600 };
const wordLimits = { maxEditLength: 120 };

/** Longest line that is compared word by word. */
const longestWordDiff = 2048;

/** The differences of two texts, with limited work. */
export function diffPrompts(before: string, after: string): PromptDiff {
  const [old, fresh] = [before.split("\n"), after.split("\n")];
  const head = countEqual(old, fresh, (lines, at) => lines[at]);
  const [oldRest, freshRest] = [old.slice(head), fresh.slice(head)];
  const tail = countEqual(oldRest, freshRest, (lines, at) => lines[lines.length - 1 - at]);
  const [removed, added] = [
    oldRest.slice(0, oldRest.length - tail),
    freshRest.slice(0, freshRest.length - tail),
  ];
  const edits = diffArrays([...removed], [...added], lineLimits);
  if (edits === undefined) return { kind: "rewritten", before: removed, after: added };
  const shownHead = fresh.slice(Math.max(0, head - context), head);
  const shownTail = fresh.slice(fresh.length - tail).slice(0, context);
  const first = head - shownHead.length;
  const rows = [
    ...sameRows(shownHead, first + 1),
    ...changedRows(edits, head + 1),
    ...sameRows(shownTail, fresh.length - tail + 1),
  ];
  return { kind: "hunks", hunks: hunksOf(toldApartRows(rows)) };
}

/** Changed lines that look the same as their counterpart, with the difference escaped. */
function toldApartRows(rows: readonly Row[]): readonly Row[] {
  const looks = (side: Row["kind"]) =>
    new Set(rows.filter(({ kind }) => kind === side).map((row) => look(textOf(row))));
  const [removed, added] = [looks("removed"), looks("added")];
  return rows.map((row) => {
    if (row.kind === "same") return row;
    const seen = look(textOf(row));
    if (!removed.has(seen) || !added.has(seen)) return spacesAtEndSpelled(row);
    return { ...row, parts: [{ text: spellLook(textOf(row)), changed: true }] };
  });
}

function textOf({ parts }: Row): string {
  return parts.map(({ text }) => text).join("");
}

function spacesAtEndSpelled(row: Row): Row {
  const last = row.parts.at(-1);
  if (last === undefined || !/[ \t]$/.test(last.text)) return row;
  return {
    ...row,
    parts: [...row.parts.slice(0, -1), { ...last, text: spellSpacesAtEnd(last.text) }],
  };
}

type Edit = {
  readonly value: readonly string[];
  readonly added: boolean;
  readonly removed: boolean;
};

function countEqual<Item>(
  left: readonly Item[],
  right: readonly Item[],
  at: (items: readonly Item[], index: number) => Item | undefined,
): number {
  const most = Math.min(left.length, right.length);
  let count = 0;
  while (count < most && at(left, count) === at(right, count)) count += 1;
  return count;
}

function sameRows(lines: readonly string[], from: number): readonly Row[] {
  return lines.map((line, at) => ({
    kind: "same",
    number: from + at,
    parts: [{ text: line, changed: false }],
  }));
}

function changedRows(edits: readonly Edit[], from: number): readonly Row[] {
  const rows: Row[] = [];
  let [oldNumber, freshNumber] = [from, from];
  edits.forEach((edit, at) => {
    const { value } = edit;
    if (edit.removed) {
      const partner = edits[at + 1]?.added === true ? edits[at + 1] : undefined;
      rows.push(...pairedRows("removed", value, partner?.value ?? [], oldNumber));
      oldNumber += value.length;
    } else if (edit.added) {
      const partner = edits[at - 1]?.removed === true ? edits[at - 1] : undefined;
      rows.push(...pairedRows("added", value, partner?.value ?? [], freshNumber));
      freshNumber += value.length;
    } else {
      rows.push(...sameRows(value, freshNumber));
      oldNumber += value.length;
      freshNumber += value.length;
    }
  });
  return rows;
}

function pairedRows(
  kind: "removed" | "added",
  lines: readonly string[],
  partners: readonly string[],
  from: number,
): readonly Row[] {
  return lines.map((line, at) => {
    const partner = partners[at];
    const parts = partner === undefined ? undefined : partsOf(line, partner);
    return { kind, number: from + at, parts: parts ?? [{ text: line, changed: false }] };
  });
}

/** A line in parts, compared with its partner; undefined if they have too little in common. */
function partsOf(line: string, partner: string): readonly Part[] | undefined {
  const longest = Math.max(line.length, partner.length);
  const parts = longest > longestWordDiff ? endsOf(line, partner) : wordsOf(line, partner);
  if (parts === undefined) return undefined;
  const kept = parts.reduce((sum, { text, changed }) => sum + (changed ? 0 : text.length), 0);
  return kept * 3 >= longest ? parts : undefined;
}

function wordsOf(line: string, partner: string): readonly Part[] | undefined {
  return diffWordsWithSpace(partner, line, wordLimits)
    ?.filter(({ removed }) => !removed)
    .map(({ value, added }) => ({ text: value, changed: added }));
}

/** The same start, the changed middle, the same end. No character is split. */
function endsOf(line: string, partner: string): readonly Part[] {
  const [own, other] = [[...line], [...partner]];
  const head = countEqual(own, other, (characters, at) => characters[at]);
  const [ownRest, otherRest] = [own.slice(head), other.slice(head)];
  const tail = countEqual(ownRest, otherRest, (each, at) => each[each.length - 1 - at]);
  return [
    { text: own.slice(0, head).join(""), changed: false },
    { text: ownRest.slice(0, ownRest.length - tail).join(""), changed: true },
    { text: own.slice(own.length - tail).join(""), changed: false },
  ].filter(({ text }) => text !== "");
}

/** Starts a new hunk where more lines are equal than the context of two changes. */
function hunksOf(rows: readonly Row[]): readonly Hunk[] {
  const changed = rows.flatMap(({ kind }, at) => (kind === "same" ? [] : [at]));
  const hunks: { from: number; to: number }[] = [];
  for (const at of changed) {
    const last = hunks.at(-1);
    if (last !== undefined && at - last.to <= 2 * context + 1) last.to = at;
    else hunks.push({ from: at, to: at });
  }
  return hunks.map(({ from, to }) => rows.slice(Math.max(0, from - context), to + context + 1));
}
