import { expect, test } from "vitest";
import { type Line, paint, styled } from "../../src/report/words/line.ts";
import { cut, typesetter } from "../../src/terminal/typeset.ts";

const item = (details: readonly Line[]) => ({
  heading: ["heading"],
  hasDetails: true,
  details: () => details,
  kinds: [],
  searched: () => "",
});
const plain = (row: string) => row.replace(/\u001b\[[\d;]*m/g, "");

test.each([false, true])("long rows continue at one indent, in colour: %s", (colour) => {
  const typeset = typesetter((lines) => paint(lines, colour), 40);
  const rows = typeset(item([[styled("added", `    + ${"word ".repeat(30).trim()}`)]])).map(plain);
  expect(rows.length).toBeGreaterThan(3);
  expect(rows[0]).toMatch(/^ {10}\+ word/);
  for (const row of rows.slice(1)) expect(row).toMatch(/^ {12}word/);
});

test.each([
  ["what fits", "abc", 3, "abc"],
  ["what is too long", "abcdef", 4, "abc…"],
  ["wide letters, of which half a one is none", "顧客対応", 6, "顧客…"],
  ["wide letters that fit", "顧客対応", 8, "顧客対応"],
  ["an emoji of several, which a terminal may show as several", "👩\u200d👩\u200d👧 x", 4, "👩…"],
])("%s", (_name, row, columns, expected) => {
  expect(cut(row, columns).replaceAll("\u200d", "")).toBe(expected);
});

test("a cut row ends its colour", () => {
  expect(cut(`\u001b[32m${"x".repeat(9)}\u001b[0m`, 4)).toMatch(/x\u001b\[39m…$|x\u001b\[0m…$/);
});
