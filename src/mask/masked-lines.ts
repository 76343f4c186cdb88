import type { Mask } from "./mask.ts";

/** Takes a stream of text in chunks of any size and passes on its lines; `end` passes on the last line. */
export type LineSink = { readonly push: (chunk: string) => void; readonly end: () => void };

/** A longer line is passed on in parts. */
const longestLine = 64 * 1024;

/** The end of a long line that is kept back. No spelling of a secret is longer. */
const keptBack = 16 * 1024;

/**
 * Masks a stream before it is split into lines. Complete lines are masked together, so that a secret of several lines
 * is found as one if its lines arrive together; otherwise each of its lines is found by itself.
 */
export function maskedLines(mask: () => Mask, onLine: (line: string) => void): LineSink {
  let pending = "";
  const tellAll = (text: string) => {
    for (const line of mask()
      .text(text)
      .split(/\r\n|\n|\r/))
      onLine(line);
  };
  const tellPart = () => {
    const end = pending.length - keptBack;
    const inside = mask()
      .find(pending)
      .find(([from, to]) => from < end && end < to);
    const cut = inside === undefined ? end : inside[1];
    tellAll(pending.slice(0, cut));
    pending = pending.slice(cut);
  };
  return {
    push: (chunk) => {
      pending += chunk;
      // A chunk may end between the two characters of a line break.
      const end = Math.max(pending.lastIndexOf("\n"), pending.slice(0, -1).lastIndexOf("\r")) + 1;
      if (end > 0) {
        tellAll(pending.slice(0, end).replace(/(?:\r\n|\n|\r)$/, ""));
        pending = pending.slice(end);
      }
      while (pending.length > longestLine) tellPart();
    },
    end: () => {
      if (pending !== "") tellAll(pending.replace(/\r$/, ""));
      pending = "";
    },
  };
}
