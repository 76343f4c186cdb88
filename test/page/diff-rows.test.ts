import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitRows, unifiedRows } from "../../src/page/diff-rows.ts";
import { diffPrompts, type Hunk, type Part } from "../../src/report/diff/prompt-diff.ts";

function hunksOf(before: string, after: string): readonly Hunk[] {
  const diff = diffPrompts(before, after);
  if (diff.kind !== "hunks") throw new Error("rewritten");
  return diff.hunks;
}

const textOf = (parts: readonly Part[]) => parts.map(({ text }) => text).join("");
const numbers = Array.from({ length: 20 }, (_, at) => `line ${at + 1}`);

describe("rows of a diff", () => {
  test("side by side: an added line is next to the removed one, with the line numbers of both texts", () => {
    const before = numbers.join("\n");
    const after = [...numbers.slice(0, 9), "ten a", "ten b", ...numbers.slice(10)].join("\n");
    expect(
      splitRows(hunksOf(before, after)).map((row) =>
        row.kind === "gap"
          ? `gap of ${row.lines}`
          : `${row.before?.number ?? "-"} ${row.after?.number ?? "-"} ${row.kind}`,
      ),
    ).toEqual([
      "gap of 6",
      "7 7 same",
      "8 8 same",
      "9 9 same",
      "10 10 changed",
      "- 11 changed",
      "11 12 same",
      "12 13 same",
      "13 14 same",
    ]);
  });

  test("in one column: lines left out between hunks are counted", () => {
    const after = numbers.map((line, at) => (at === 0 || at === 14 ? `${line}!` : line));
    const kinds = unifiedRows(hunksOf(numbers.join("\n"), after.join("\n"))).map((row) =>
      row.kind === "gap" ? row.lines : row.kind[0],
    );
    expect(kinds.join("")).toBe("rasss7sssrasss");
  });

  test("law: every row is the line with its number in its text", () => {
    const text = fc
      .array(fc.constantFrom("a", "b", "c d", "e f g", ""), { minLength: 1, maxLength: 40 })
      .map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const [old, fresh] = [before.split("\n"), after.split("\n")];
        const shown = splitRows(hunksOf(before, after));
        for (const row of shown) {
          if (row.kind === "gap") continue;
          for (const [side, lines] of [
            [row.before, old],
            [row.after, fresh],
          ] as const) {
            if (side !== undefined) expect(textOf(side.parts)).toBe(lines[side.number - 1]);
          }
        }
        const gaps = shown.reduce((sum, row) => sum + (row.kind === "gap" ? row.lines : 0), 0);
        const seen = shown.filter((row) => row.kind !== "gap" && row.after !== undefined).length;
        expect(gaps + seen).toBeLessThanOrEqual(fresh.length);
      }),
    );
  });
});
