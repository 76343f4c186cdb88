import { fetchingText } from "../../report/text/fetching.ts";
import { spinnerMs } from "../../report/text/spinner.ts";
import { paint } from "../../report/words/line.ts";
import type { Viewing } from "../viewing.ts";

/** Most reading is over before anybody wonders. */
const patienceMs = 500;

/** A line on the terminal that says how reading goes on, once that takes a while. */
export type FetchingLine = {
  /** Takes it away for what is to be written; it comes back by itself. */
  readonly hide: () => void;
  readonly end: () => void;
};

/** Begins such a line. A library for displays would take longer to load than most servers take to be read. */
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

/** Back to the first column, and nothing in the line (ECMA-48, EL). */
const takeAway = "\r\u001b[2K";
