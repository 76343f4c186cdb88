import type { Mask } from "./mask.ts";

/** Takes a stream of text in pieces of any size and hands on its lines; `end` hands on the last one. */
export type LineSink = { readonly push: (chunk: string) => void; readonly end: () => void };

/** A line that goes on for longer than this is handed on in parts. */
const longestLine = 64 * 1024;

/** No spelling of a secret is longer than this part of a line that is kept back. */
const keptBack = 16 * 1024;

/**
 * Masks a stream before it is split into lines. Whole lines are masked together, so that a secret of several lines is
 * found as one where they come at once, and each of its lines wherever they come.
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
      // A line break may come in two halves.
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
