import fc from "fast-check";
import { expect, test } from "vitest";
import { toldApart } from "../../../src/report/diff/look-alike.ts";
import { diffPrompts } from "../../../src/report/diff/prompt-diff.ts";

test.each([
  ["composed and decomposed", "caf\u00e9", "cafe\u0301", "caf\u00e9", "cafe\\u{301}"],
  ["a space that does not break", "a b", "a\u00a0b", "a b", "a\\u{a0}b"],
  ["spaces at the end", "a", "a  ", "a", "a\\u{20}\\u{20}"],
  ["a tab at the end of a line", "a\nb", "a\t\nb", "a\nb", "a\\t\nb"],
  ["a ligature", "fish", "\ufb01sh", "fish", "\\u{fb01}sh"],
  [
    "Korean letters in parts",
    "\uac01",
    "\u1100\u1161\u11a8",
    "\uac01",
    "\\u{1100}\\u{1161}\\u{11a8}",
  ],
  ["texts that look different", "caf\u00e9 ", "tea", "caf\u00e9 ", "tea"],
  ["equal texts", "cafe\u0301", "cafe\u0301", "cafe\u0301", "cafe\u0301"],
])("%s", (_name, left, right, shownLeft, shownRight) => {
  expect(toldApart(left, right)).toEqual([shownLeft, shownRight]);
  expect(toldApart(right, left)).toEqual([shownRight, shownLeft]);
});

test("law: different texts are never shown as the same, whatever they hold", () => {
  const part = fc.constantFrom(
    "e",
    "\u0301",
    "\u00e9",
    " ",
    "\u00a0",
    "\t",
    "\n",
    "fi",
    "\ufb01",
    "\u2003",
  );
  const text = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, text, (left, right) => {
      const [one, other] = toldApart(left, right);
      expect(one === other).toBe(left === right);
    }),
  );
});

test("in a diff, lines that only look the same are told apart, and spaces at the end are seen", () => {
  const rows = (before: string, after: string) => {
    const diff = diffPrompts(before, after);
    if (diff.kind !== "hunks") throw new Error("no hunks");
    return diff.hunks
      .flat()
      .map(({ kind, parts }) => `${kind} ${parts.map(({ text }) => text).join("")}`);
  };
  expect(rows("same\ncaf\u00e9", "same\ncafe\u0301")).toEqual([
    "same same",
    "removed caf\u00e9",
    "added cafe\\u{301}",
  ]);
  expect(rows("a b c\nend", "a b c d  \nend")).toEqual([
    "removed a b c",
    "added a b c d\\u{20}\\u{20}",
    "same end",
  ]);
});
