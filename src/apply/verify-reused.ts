import type { ReusePlan } from "../plan/agent-plan.ts";
import { inParallel } from "./in-parallel.ts";
import { mayGoOn, type Run } from "./run.ts";
import { failureOf, StepError } from "./step-error.ts";
import { contentDifferences } from "./verify.ts";

/** Reads every reused version again and compares it as after a write. Returns whether all are right. */
export async function verifyReused(run: Run): Promise<boolean> {
  const reused = run.plan.agents.filter((plan): plan is ReusePlan => plan.action === "reuse");
  return inParallel(
    reused,
    run.options.parallelism,
    () => mayGoOn(run),
    (plan) => step(run, plan),
  );
}

async function step(run: Run, { key, id, version, target }: ReusePlan): Promise<boolean> {
  const start = run.clock.now();
  run.emit({ kind: "step_started", key, step: "verify" });
  try {
    const paths = contentDifferences(run, await run.reader.agent(id, version), target).map(
      ({ path }) => path,
    );
    if (paths.length > 0) throw new StepError({ kind: "not_taken", version, paths });
    run.emit({ kind: "version_verified", key, id, version, ms: run.clock.now() - start });
    return true;
  } catch (error) {
    run.emit({ kind: "verify_failed", key, failure: failureOf(error) });
    return false;
  }
}
