import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { problemPages } from "../../../src/commands/problem-page.ts";
import { everyRow } from "../../../src/report/events/every.ts";
import { errorsOf } from "../../../src/report/run-error.ts";
import { explainHint } from "../../../src/report/text/explain-hint.ts";
import { paint } from "../../../src/report/words/line.ts";
import { everyEvent } from "../every-event.ts";

const page = readFileSync(new URL("../../../docs/problems.md", import.meta.url), "utf8");
const pages = problemPages(page);

test("every code has a page of its own, with words or advice, and no Markdown in it", () => {
  expect(pages.size).toBe(new Set(page.match(/^### .+/gm)).size);
  expect(pages.size).toBeGreaterThan(100);
  for (const [code, { words, advice }] of pages) {
    expect(code).toMatch(/^[a-z_]+$/);
    expect(advice, code).toMatch(/\S/);
    expect(words.join("") + advice, code).not.toMatch(/```|\]\(|^#/m);
  }
});

test.each(Object.values(everyEvent))(
  "$kind points to a page that exists, if it is an error",
  (event) => {
    const errors = errorsOf([event], everyRow);
    const text = paint(explainHint(errors), false);
    const code = /agentvane explain (\w+)\n$/.exec(text)?.[1];
    if (code !== undefined) expect(pages.has(code), code).toBe(true);
    else expect(errors.every(({ exit, saysAll }) => exit === 0 || saysAll === true)).toBe(true);
  },
);
