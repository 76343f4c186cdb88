import type { Hunk, Row } from "./prompt-diff.ts";

/** What changed inside one line, by stretches. */
export type ChangedWords = {
  /** The line's number in the new text. */
  readonly line: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
};

/** The changed words of all lines that are compared word by word. */
export function changedWords(hunks: readonly Hunk[]): readonly ChangedWords[] {
  return hunks.flatMap((hunk) => pairsOf(hunk).flatMap(([old, fresh]) => wordsOf(old, fresh)));
}

/** Each removed line with the added line at the same position of the following run of added lines. */
function pairsOf(hunk: Hunk): readonly (readonly [Row, Row])[] {
  const pairs: [Row, Row][] = [];
  let removed: Row[] = [];
  let paired = 0;
  for (const row of hunk) {
    if (row.kind === "removed") {
      if (paired > 0) [removed, paired] = [[], 0];
      removed.push(row);
    } else if (row.kind === "same") {
      [removed, paired] = [[], 0];
    } else {
      const partner = removed[paired];
      if (partner !== undefined) pairs.push([partner, row]);
      paired += 1;
    }
  }
  return pairs;
}

/** Nothing for lines that changed as a whole, whose words are not compared. */
function wordsOf(old: Row, fresh: Row): readonly ChangedWords[] {
  const [before, after] = [changedParts(old), changedParts(fresh)];
  return before.length + after.length === 0 ? [] : [{ line: fresh.number, before, after }];
}

function changedParts({ parts }: Row): readonly string[] {
  return parts.flatMap(({ text, changed }) => (changed ? [text] : []));
}
