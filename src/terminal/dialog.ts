import { openDisplay } from "./display.tsx";
import { type Key, keysOf } from "./key.ts";
import type { Size, Terminal } from "./terminal.ts";

/** A display that a user controls by keys, until a key or the terminal ends it. */
export type Dialog<State extends object, End extends string> = {
  readonly start: (size: Size) => State;
  readonly resized: (state: State, size: Size) => State;
  readonly take: (state: State, key: Key) => State | End;
  readonly rows: (state: State) => readonly string[];
  /** What stays on the screen afterwards. */
  readonly left: (state: State, end: End) => readonly string[];
  /** The result if the input or the run ends. */
  readonly ended: End;
};

/** Runs a dialog. The terminal is always restored; `interrupted` is passed on. */
export function runDialog<State extends object, End extends string>(
  terminal: Terminal,
  dialog: Dialog<State, End>,
): Promise<{ readonly end: End; readonly state: State }> {
  const { start, resized, take, rows, left, ended } = dialog;
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
    const finish = (end: End) => {
      isDone = true;
      terminal.ended.removeEventListener("abort", onEnd);
      terminal.input.off("end", onEnd);
      display.close(left(state, end));
      if (end === "interrupted") terminal.interrupt();
      resolve({ end, state });
    };
    const onEnd = () => finish(ended);
    const takeAll = (keys: readonly Key[]) => {
      for (const key of keys) {
        // A pasted text may continue after the key that ended the dialog.
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
