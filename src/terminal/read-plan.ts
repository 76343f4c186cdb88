import type { PlanOutline } from "../report/text/plan-outline.ts";
import type { Question } from "../report/text/question.ts";
import { converse } from "./converse.ts";
import { type Book, type Outcome, type Reading, readOn, shown, startReading } from "./reading.ts";
import { readingScreen, type Setting, settingFor } from "./reading-screen.ts";
import type { Terminal } from "./terminal.ts";
import { paintedRows } from "./typeset.ts";

/**
 * Lets a person walk through a plan and answer the question below it. `isOpen`: the list is there from the start;
 * else a key brings it. A yes is only what was typed as such; the end of input, of the run, and Escape are a no.
 */
export async function readPlan(
  terminal: Terminal,
  outline: PlanOutline,
  { question, isOpen }: { readonly question: Question | undefined; readonly isOpen: boolean },
): Promise<Outcome> {
  const book: Book = { outline, question };
  const { paint } = terminal;
  type State = { readonly reading: Reading; readonly setting: Setting };
  const { outcome } = await converse<State, Outcome>(terminal, {
    start: (size) => ({
      reading: startReading(isOpen),
      setting: settingFor(book, size, paint),
    }),
    resized: ({ reading }, size) => {
      const setting = settingFor(book, size, paint);
      return { setting, reading: shown(book, reading, setting.sheet) };
    },
    take: ({ reading, setting }, key) => {
      const next = readOn(book, reading, key, setting.sheet);
      return typeof next === "string" ? next : { setting, reading: next };
    },
    rows: ({ reading, setting }) => readingScreen(book, reading, setting),
    left: ({ reading }) =>
      question === undefined ? [] : paintedRows(paint, [[], [question.text, reading.answer]]),
    ended: question === undefined ? "left" : "no",
  });
  return outcome;
}
