import type { PlanOutline } from "../report/plan-outline.ts";
import { openDisplay } from "./display.tsx";
import { type Key, keysOf } from "./key.ts";
import type { Question } from "./question.ts";
import { type Book, type Outcome, readOn, shown, startReading } from "./reading.ts";
import { readingScreen, settingFor } from "./reading-screen.ts";
import type { Terminal } from "./terminal.ts";
import { paintedRows } from "./typeset.ts";

/**
 * Lets a person walk through a plan and answer the question below it. `isOpen`: the list is there from the start;
 * else a key brings it. A yes is only what was typed as such; the end of input, of the run, and Escape are a no.
 */
export function readPlan(
  terminal: Terminal,
  {
    outline,
    question,
    isOpen,
  }: { outline: PlanOutline; question: Question | undefined; isOpen: boolean },
): Promise<Outcome> {
  const book: Book = { outline, question };
  const { paint } = terminal;
  let reading = startReading(isOpen);
  return new Promise((resolve) => {
    const display = openDisplay(terminal, {
      onInput: (input, key) => take(keysOf(input, key)),
      onResize: () => {
        setting = settingFor(book, display.size(), paint);
        reading = shown(book, reading, setting.sheet);
        draw();
      },
    });
    let setting = settingFor(book, display.size(), paint);
    let isDone = false;
    const draw = () => display.draw(readingScreen(book, reading, setting));
    const finish = (outcome: Outcome) => {
      isDone = true;
      terminal.ended.removeEventListener("abort", onEnd);
      terminal.input.off("end", onEnd);
      display.close(
        question === undefined ? [] : paintedRows(paint, [[], [question.text, reading.answer]]),
      );
      if (outcome === "interrupted") terminal.interrupt();
      resolve(outcome);
    };
    const onEnd = () => finish(question === undefined ? "left" : "no");
    const take = (keys: readonly Key[]) => {
      for (const key of keys) {
        if (isDone) return;
        const next = readOn(book, reading, key, setting.sheet);
        if (typeof next === "string") return finish(next);
        reading = next;
      }
      draw();
    };
    terminal.ended.addEventListener("abort", onEnd, { once: true });
    terminal.input.once("end", onEnd);
    draw();
  });
}
