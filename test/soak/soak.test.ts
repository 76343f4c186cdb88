import fc from "fast-check";
import { test } from "vitest";
import { play } from "./play.ts";
import { type Story, story } from "./story.ts";

const { AGENTVANE_SOAK_RUNS, AGENTVANE_SOAK_SEED, AGENTVANE_SOAK_PATH } = process.env;

/** `npm run test:soak` plays more. A failure prints the seed, and the path to the smallest story that fails. */
const parameters: fc.Parameters<[Story]> = {
  numRuns: Number(AGENTVANE_SOAK_RUNS ?? 250),
  ...(AGENTVANE_SOAK_SEED !== undefined && { seed: Number(AGENTVANE_SOAK_SEED) }),
  ...(AGENTVANE_SOAK_PATH !== undefined && { path: AGENTVANE_SOAK_PATH }),
};

const longestMs = 3_600_000;

test(
  "law: whatever goes wrong, every run keeps its promises, and the next ones reach the end state",
  () => fc.assert(fc.asyncProperty(story, play), parameters),
  longestMs,
);
