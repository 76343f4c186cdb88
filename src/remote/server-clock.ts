import type { Clock } from "../agent/ports.ts";
import type { RequestNote } from "./request-note.ts";

/** The server's time, learned from the Date headers of its answers. */
export type ServerClock = {
  readonly learn: (note: RequestNote) => void;
  /** This machine's time until an answer has a Date header. */
  readonly now: () => number;
};

/** Starts with this machine's time. */
export function createServerClock(clock: Clock): ServerClock {
  let ahead = 0;
  return {
    learn: (note) => {
      const time = note.kind === "answered" ? Date.parse(note.date ?? "") : Number.NaN;
      if (!Number.isNaN(time)) ahead = time - clock.now();
    },
    now: () => clock.now() + ahead,
  };
}
