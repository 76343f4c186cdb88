import { fetchingText } from "../../report/text/fetching.ts";
import { spinnerMs } from "../../report/text/spinner.ts";
import { paint } from "../../report/words/line.ts";
import type { Viewing } from "../viewing.ts";

/** Most reads are finished before this time; milliseconds. */
const patienceMs = 500;

/** A line in the terminal that shows the progress of a read once it takes a while. */
export type FetchingLine = {
  /** Removes the line before other output; it returns by itself. */
  readonly hide: () => void;
  readonly end: () => void;
};

/** Starts such a line. Loading a display library would take longer than reading most servers. */
export function showFetching({ colour, write, answered }: Viewing): FetchingLine {
  const [start, before] = [Date.now(), answered()];
  let isShown = false;
  const draw = () => {
    const ms = Date.now() - start;
    if (ms < patienceMs) return;
    isShown = true;
    const [line = ""] = paint([fetchingText(answered() - before, ms)], colour).split("\n");
    write(`${takeAway}${line}`);
  };
  const timer = setInterval(draw, spinnerMs).unref();
  const hide = () => {
    if (isShown) write(takeAway);
    isShown = false;
  };
  return {
    hide,
    end: () => {
      clearInterval(timer);
      hide();
    },
  };
}

/** Moves to the first column and clears the line (ECMA-48, EL). */
const takeAway = "\r\u001b[2K";
