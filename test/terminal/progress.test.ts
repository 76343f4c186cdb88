import { describe, expect, test } from "vitest";
import type { RunEvent } from "../../src/commands/event.ts";
import { paint } from "../../src/report/words/line.ts";
import { progressAfter, startProgress } from "../../src/terminal/progress.ts";
import { progressScreen } from "../../src/terminal/progress-screen.ts";
import { everyEvent } from "../report/every-event.ts";

const { apply_started, phase_started, step_started, move_started, gate_started } = everyEvent;
const { agent_written, pointer_set, gate_passed, waiting } = everyEvent;

/** What is shown after these events, each a second after the one before; and `later` milliseconds on. */
function shownAfter(
  events: readonly RunEvent[],
  { later = 0, rows = 24, isStopping = false } = {},
): string {
  let now = 0;
  let progress = startProgress(now);
  for (const event of events) {
    now += 1_000;
    progress = progressAfter(progress, event, now);
  }
  const view = { size: { columns: 80, rows }, isStopping };
  return paint(progressScreen(progress, now + later, view), false);
}

const update = { ...step_started, step: "update" as const };
const written = { ...agent_written, key: update.key, write: "update" as const };

describe("the progress of an apply", () => {
  test("shows the phase, the number of finished steps, the time, and each step in flight", () => {
    expect(
      shownAfter([apply_started, phase_started, update, gate_started, move_started]),
    ).toMatchInlineSnapshot(`
      "⠋ Releasing  0/3  5 s
          updating triage  2 s
          gate triage  npx evals
          moving triage prod  3 → 4
      "
    `);
  });

  test("a finished step is no longer in flight, and counts as done", () => {
    const begun = [apply_started, update, move_started, gate_started];
    const pointer = { ...pointer_set, key: move_started.key, pointer: move_started.pointer };
    const said = shownAfter([...begun, written, pointer, gate_passed]);
    expect(said).toMatchInlineSnapshot(`
      "⠋ Starting  2/3  7 s
      "
    `);
  });

  test("a failed step is no longer in flight, and does not count", () => {
    const failed = { ...everyEvent.write_failed, key: update.key, write: "update" as const };
    expect(shownAfter([apply_started, update, failed])).not.toContain("updating");
    expect(shownAfter([apply_started, update, failed])).toContain("  0/");
  });

  test("an alias that is set again during a revert does not count again", () => {
    const pointer = { ...pointer_set, key: move_started.key, pointer: move_started.pointer };
    const back = { ...everyEvent.reverted, key: move_started.key, pointer: move_started.pointer };
    const revert = { ...phase_started, phase: "revert" as const };
    const said = shownAfter([apply_started, pointer, revert, move_started, back, pointer]);
    expect(said).toContain("Reverting  1/3");
  });

  test("a slow step shows its time", () => {
    expect(shownAfter([update], { later: 1_500 })).not.toMatch(/updating .* {2}\d/);
    expect(shownAfter([update], { later: 3_000 })).toMatch(/updating .* {2}3 s/);
  });

  test("waits are counted, and shown while they last", () => {
    const wait = { ...waiting, reason: "rate_limit" as const, ms: 4_000 };
    expect(shownAfter([wait, { ...wait, reason: "retry" as const, ms: 2_500 }])).toMatch(
      /1 retry, 1 rate limit {2}waiting 2\.5 s before the next attempt/,
    );
    expect(shownAfter([wait])).toContain("waiting 4.0 s for the rate limit");
    expect(shownAfter([wait], { later: 4_000 })).not.toContain("waiting");
  });

  test("asked to stop, it shows the work in flight, until it reverts", () => {
    const begun = [apply_started, phase_started, update];
    expect(shownAfter(begun, { isStopping: true })).toContain("finishing work in flight");
    const back = { ...phase_started, phase: "revert" as const };
    expect(shownAfter([...begun, back], { isStopping: true })).toContain("Reverting");
  });

  test("stays small with any number of steps in flight, in any terminal", () => {
    const many = Array.from({ length: 50 }, (_, at) => ({ ...update, key: `k${at}` as never }));
    expect(shownAfter(many).trimEnd().split("\n")).toHaveLength(10);
    expect(shownAfter(many)).toContain("and 42 more");
    expect(shownAfter(many, { rows: 6 }).trimEnd().split("\n")).toHaveLength(4);
  });

  test.each(Object.values(everyEvent).map((event) => [event.kind, event] as const))(
    "%s keeps the display valid",
    (_kind, event) => {
      expect(shownAfter([event])).not.toMatch(/undefined|NaN/);
    },
  );
});
