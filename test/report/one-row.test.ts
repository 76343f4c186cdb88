import { describe, expect, test } from "vitest";
import { everyRow } from "../../src/report/events/every.ts";
import { planDocument } from "../../src/report/json/report.ts";
import { markdownDocument } from "../../src/report/markdown/markdown.ts";
import { errorsOf } from "../../src/report/run-error.ts";
import { eventLines } from "../../src/report/text/event-lines.ts";
import { lineWords, paint } from "../../src/report/words/line.ts";
import { everyEvent } from "./every-event.ts";
import { jsonDocument } from "./json-document.ts";

const errors = Object.values(everyEvent).filter((event) => errorsOf([event], everyRow).length > 0);

test("there are errors to look at", () => {
  expect(errors.length).toBeGreaterThan(40);
});

describe.each(errors)("$kind", (event) => {
  const [error] = errorsOf([event], everyRow);
  const heads = error?.parts.map(({ head }) => lineWords(head)) ?? [];

  test("text prints the sentence that JSON has as its message", () => {
    const text = paint(eventLines(event, everyRow, "s"), false);
    for (const head of heads) expect(text).toContain(head);
    expect(error?.message.startsWith(heads[0] ?? "")).toBe(true);
    if (heads.length === 0) expect(text).toContain(error?.message);
  });

  test("JSON has it if and only if it changes the exit code", () => {
    const document = jsonDocument(planDocument, [event]);
    expect(document).toMatchObject(
      error?.exit === 0
        ? { errored: false }
        : { errored: true, error: { code: event.kind, message: error?.message } },
    );
  });

  test("Markdown names it under Errors, and what forbids a plan under Refused", () => {
    const document = markdownDocument([event], "apply", everyRow);
    const marks = new Set(error?.parts.map(({ mark }) => mark));
    const isRefused = marks.delete("refused");
    expect(document.includes("#### Errors")).toBe(marks.size > 0);
    if (isRefused && event.kind !== "output_refused") expect(document).toContain("#### Refused");
  });
});
