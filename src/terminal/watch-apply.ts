import type { RunEvent } from "../commands/event.ts";
import { spinnerMs } from "../report/text/spinner.ts";
import { openDisplay } from "./display.tsx";
import { progressAfter, startProgress } from "./progress.ts";
import { progressScreen } from "./progress-screen.ts";
import type { Terminal } from "./terminal.ts";
import { paintedRows } from "./typeset.ts";

/** A live display of an apply. */
export type ApplyDisplay = {
  readonly take: (event: RunEvent) => void;
  /** Writes text above it, where it stays. */
  readonly above: (text: string) => void;
  readonly close: () => void;
};

/** Opens a display of an apply that starts now, and animates it until it is closed. */
export function watchApply(terminal: Terminal): ApplyDisplay {
  const display = openDisplay(terminal, {});
  let progress = startProgress(terminal.now());
  const draw = () => {
    const view = { size: display.size(), isStopping: terminal.ended.aborted };
    const lines = progressScreen(progress, terminal.now(), view);
    display.draw(paintedRows(terminal.paint, lines));
  };
  const rest = terminal.every(spinnerMs, draw);
  draw();
  return {
    take: (event) => {
      progress = progressAfter(progress, event, terminal.now());
    },
    above: display.above,
    close: () => {
      rest();
      display.close([]);
    },
  };
}
