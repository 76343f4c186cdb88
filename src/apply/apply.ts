import type { Plan } from "../plan/plan.ts";
import { build } from "./build.ts";
import { prune } from "./prune.ts";
import { putAllBack } from "./put-back.ts";
import { release } from "./release.ts";
import { type ApplyOptions, type ApplyTools, type Run, startRun } from "./run.ts";
import { settle } from "./settle.ts";

/**
 * Carries a plan out: builds and verifies every version, then moves the aliases, then deletes. Nothing of a
 * later phase starts before the earlier one is whole. When building or releasing fails, or a stop is asked
 * for, every pointer that moved is put back. What happened is told in events; it never rejects for trouble
 * with the API.
 */
export async function applyPlan(
  plan: Plan,
  options: ApplyOptions,
  tools: ApplyTools,
): Promise<void> {
  const run = startRun(plan, options, tools);
  const start = run.clock.now();
  announce(run);
  const released = await buildAndRelease(run);
  const finished = released && (await prune(run));
  const by = options.stopped();
  if (!finished && by !== undefined) run.emit({ kind: "apply_stopped", by });
  run.emit({ kind: "apply_finished", released, ms: run.clock.now() - start });
}

async function buildAndRelease(run: Run): Promise<boolean> {
  const isBuilt = (await build(run)) && (await settle(run));
  const { whole, moved } = isBuilt ? await release(run) : { whole: false, moved: [] };
  if (!whole) await putAllBack(run, moved);
  return whole;
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
    writes: count("create", "update") + completions,
    moves: plan.releaseWaves.flat().length,
    deletions: count("delete"),
  });
}
