import { openDisplay } from "./display.tsx";
import { type Key, keysOf } from "./key.ts";
import type { Size, Terminal } from "./terminal.ts";

/** A display that a person works with, key by key, until that comes to an outcome. */
export type Conversation<State extends object, Outcome extends string> = {
  readonly start: (size: Size) => State;
  readonly resized: (state: State, size: Size) => State;
  readonly take: (state: State, key: Key) => State | Outcome;
  readonly rows: (state: State) => readonly string[];
  /** What stays on the screen afterwards. */
  readonly left: (state: State, outcome: Outcome) => readonly string[];
  /** The outcome when the input or the run ends. */
  readonly ended: Outcome;
};

/** Has a conversation. Whatever ends it, the terminal is restored; `interrupted` is told on. */
export function converse<State extends object, Outcome extends string>(
  terminal: Terminal,
  conversation: Conversation<State, Outcome>,
): Promise<{ readonly outcome: Outcome; readonly state: State }> {
  const { start, resized, take, rows, left, ended } = conversation;
  return new Promise((resolve) => {
    const display = openDisplay(terminal, {
      onInput: (input, key) => takeAll(keysOf(input, key)),
      onResize: () => {
        state = resized(state, display.size());
        draw();
      },
    });
    let state = start(display.size());
    let isDone = false;
    const draw = () => display.draw(rows(state));
    const finish = (outcome: Outcome) => {
      isDone = true;
      terminal.ended.removeEventListener("abort", onEnd);
      terminal.input.off("end", onEnd);
      display.close(left(state, outcome));
      if (outcome === "interrupted") terminal.interrupt();
      resolve({ outcome, state });
    };
    const onEnd = () => finish(ended);
    const takeAll = (keys: readonly Key[]) => {
      for (const key of keys) {
        // A paste may go on after the key that ended it.
        if (isDone) return;
        const next = take(state, key);
        if (typeof next === "string") return finish(next);
        state = next;
      }
      draw();
    };
    terminal.ended.addEventListener("abort", onEnd, { once: true });
    terminal.input.once("end", onEnd);
    if (terminal.ended.aborted) onEnd();
    else draw();
  });
}
