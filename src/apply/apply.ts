import type { Plan } from "../plan/plan.ts";
import { build } from "./build.ts";
import { check } from "./check.ts";
import { confirmDefaults } from "./confirm-defaults.ts";
import type { Phase } from "./event.ts";
import { gate } from "./gate.ts";
import { prune } from "./prune.ts";
import { release } from "./release.ts";
import { removeDuplicates } from "./remove-duplicates.ts";
import { removeOwnDuplicates } from "./remove-own-duplicates.ts";
import { revertAll } from "./revert.ts";
import { type ApplyOptions, type ApplyTools, mayGoOn, type Run, startRun } from "./run.ts";
import { verifyReused } from "./verify-reused.ts";
import { waitUntilListed } from "./wait-until-listed.ts";

/**
 * The phases up to the release. Each returns whether it succeeded, and the next one starts only then. Until the end of
 * the last phase everything can be reverted, and is if one of them fails.
 */
const phasesToRelease: readonly (readonly [Phase, (run: Run) => Promise<boolean>])[] = [
  ["build", build],
  ["await_listing", waitUntilListed],
  ["verify", verifyReused],
  ["gate", async (run) => (await gate(run)) && check(run)],
  ["release", release],
  ["confirm", confirmDefaults],
];

/** `superseded`: another run created the same agents first; the plan is made again with its agents. */
export type ApplyEnd = "released" | "failed" | "superseded";

/**
 * Carries out a plan as a saga: builds and verifies every version, then moves the pointers, then deletes. If something
 * fails before the release is complete, or the run is asked to stop, every moved pointer is reverted; after that point
 * nothing is. Everything is reported as events; it never rejects because of the API.
 */
export async function applyPlan(
  plan: Plan,
  options: ApplyOptions,
  tools: ApplyTools,
): Promise<ApplyEnd> {
  const run = startRun(plan, options, tools);
  const start = run.clock.now();
  announce(run);
  const unfinished = await goToRelease(run);
  const released = unfinished === undefined;
  const isWhole = released && (await begin(run, "prune", deleteAll));
  if (!released && (await goBack(run, unfinished)) === "superseded") {
    run.emit({ kind: "apply_superseded", agents: run.supersededBy });
    return "superseded";
  }
  const by = options.stopped();
  if (!isWhole && by !== undefined) run.emit({ kind: "apply_stopped", by });
  run.emit({ kind: "apply_finished", released, ms: run.clock.now() - start });
  return released ? "released" : "failed";
}

/** The phase that failed; undefined if all succeeded. */
async function goToRelease(run: Run): Promise<Phase | undefined> {
  for (const [phase, way] of phasesToRelease) if (!(await begin(run, phase, way))) return phase;
  return undefined;
}

/** Deletes agents that are no longer wanted, and those that interrupted applies left. */
async function deleteAll(run: Run): Promise<boolean> {
  const arePruned = await prune(run);
  return (await removeDuplicates(run)) && arePruned;
}

function begin<Result>(run: Run, phase: Phase, way: (run: Run) => Promise<Result>) {
  run.emit({ kind: "phase_started", phase });
  return way(run);
}

/** Created agents stay for the next run, which must find them in a list, once, as after a successful run. */
async function goBack(run: Run, unfinished: Phase): Promise<"failed" | "superseded"> {
  await begin(run, "revert", revertAll);
  if (unfinished === "build") await begin(run, "await_listing", waitUntilListed);
  const areGone = await removeOwnDuplicates(run);
  const { supersededBy, failures, options, emit } = run;
  if (supersededBy.length === 0) return "failed";
  // A run that was asked to stop ends with that, and the next one uses the agents that were created first.
  if (areGone && !mayGoOn(run)) return "failed";
  // The same for a run that failed for another reason: without it, it would have continued with those agents.
  if (areGone && options.mayBeSuperseded === true) {
    return failures.length === 0 ? "superseded" : "failed";
  }
  for (const { key, id } of supersededBy) {
    emit({ kind: "write_failed", key, write: "create", failure: { kind: "created_twice", id } });
  }
  return "failed";
}

function announce({ plan, options, emit }: Run): void {
  const count = (...actions: readonly string[]) =>
    plan.agents.filter(({ action }) => actions.includes(action)).length;
  const completions = plan.agents.filter(
    (agent) => agent.action === "create" && agent.completedLater,
  ).length;
  emit({
    kind: "apply_started",
    release: options.release,
    writes: count("create", "update", "rename", "forget") + completions,
    moves: plan.releaseWaves.flat().length,
    deletions: count("delete"),
  });
}
