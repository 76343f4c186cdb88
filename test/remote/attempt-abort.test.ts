import { afterEach, describe, expect, test } from "vitest";
import { type AttemptAbort, createAttemptAborts } from "../../src/remote/attempt-abort.ts";

const never = { timeoutMs: 60_000, endsWithRun: true, signal: undefined };
const open: AttemptAbort[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

function aborts(run = new AbortController()) {
  const create = createAttemptAborts(run.signal);
  const abort = (watched: Partial<Parameters<typeof create>[0]>) => {
    const made = create({ ...never, ...watched });
    open.push(made);
    return made;
  };
  return { run, abort };
}

describe("the signal of an attempt", () => {
  test("aborts with the run only if the attempt ends with the run", () => {
    const { run, abort } = aborts();
    const [reading, writing] = [abort({}), abort({ endsWithRun: false })];
    run.abort();
    expect([reading.signal.aborted, reading.cause()]).toEqual([true, "cancelled"]);
    expect([writing.signal.aborted, writing.cause()]).toEqual([false, undefined]);
  });

  test("is aborted from the start if the run has ended", () => {
    const { run, abort } = aborts();
    run.abort();
    expect(abort({}).signal.aborted).toBe(true);
    expect(abort({ endsWithRun: false }).signal.aborted).toBe(false);
  });

  test("aborts when the caller cancels, for writes too", () => {
    const call = new AbortController();
    const attempt = aborts().abort({ endsWithRun: false, signal: call.signal });
    call.abort();
    expect([attempt.signal.aborted, attempt.cause()]).toEqual([true, "cancelled"]);
  });

  test("is aborted from the start if the caller has cancelled", () => {
    expect(aborts().abort({ signal: AbortSignal.abort() }).cause()).toBe("cancelled");
  });

  test("aborts after its own time, and a later cancel still counts", async () => {
    const { run, abort } = aborts();
    const attempt = abort({ timeoutMs: 1 });
    await new Promise((resolve) => attempt.signal.addEventListener("abort", resolve));
    expect(attempt.cause()).toBe("timed_out");
    run.abort();
    expect(attempt.cause()).toBe("cancelled");
  });

  test("is not aborted after it was closed", () => {
    const call = new AbortController();
    const { run, abort } = aborts();
    const attempt = abort({ signal: call.signal });
    attempt.close();
    run.abort();
    call.abort();
    expect([attempt.signal.aborted, attempt.cause()]).toEqual([false, undefined]);
  });
});

test("Node does not warn about listeners, however many signals are open", async () => {
  const warnings: Error[] = [];
  const note = (warning: Error) => warnings.push(warning);
  process.on("warning", note);
  const { run, abort } = aborts();
  for (let at = 0; at < 50; at += 1) abort({});
  run.abort();
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", note);
  expect(warnings).toEqual([]);
  expect(open.every(({ signal }) => signal.aborted)).toBe(true);
});
