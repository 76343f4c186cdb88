import type { Clock } from "../../src/agent/ports.ts";

/** A clock that stands still until somebody waits or is made to. */
export type Time = {
  readonly now: () => number;
  readonly pass: (ms: number) => void;
  /** Waiting on it takes no time, and lets it pass. */
  readonly clock: Clock;
};

/** Starts at a fixed moment, so that every run of a story is the same. */
export function createTime(): Time {
  let now = Date.parse("2026-01-01T00:00:00Z");
  const pass = (ms: number) => {
    now += ms;
  };
  return {
    now: () => now,
    pass,
    clock: { now: () => now, sleep: async (ms) => pass(ms) },
  };
}

/** Counts from 0. */
export function counter(): () => number {
  let next = 0;
  return () => next++;
}
