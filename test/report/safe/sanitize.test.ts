import { expect, test } from "vitest";
import { sanitizedLine } from "../../../src/report/safe/sanitize.ts";

test.each([
  ["a family", "👩\u200d👩\u200d👧\u200d👦"],
  ["a couple with a variation selector", "❤\ufe0f\u200d🔥"],
  ["a skin tone", "👩🏽\u200d🚀"],
  ["Persian", "می\u200cخواهم"],
  ["Hindi", "क्\u200dष"],
  ["Malayalam", "ന്\u200d\u0d2e"],
])("a joiner that belongs to the spelling stays: %s", (_name, text) => {
  expect(sanitizedLine(text)).toBe(text);
});

test.each([
  ["between Latin letters", "pay\u200dpal", "pay\\u{200d}pal"],
  ["at an end", "می\u200c", "می\\u{200c}"],
  ["behind an emoji alone", "👩\u200d", "👩\\u{200d}"],
  ["between an emoji and a letter", "👩\u200dx", "👩\\u{200d}x"],
  ["twice", "👩\u200d\u200d👩", "👩\\u{200d}\\u{200d}👩"],
  ["no joiner at all", "می\u200bخواهم", "می\\u{200b}خواهم"],
])("one that hides is spelled out: %s", (_name, text, shown) => {
  expect(sanitizedLine(text)).toBe(shown);
});
