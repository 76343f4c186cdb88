import { isApiError } from "../agent/api-error.ts";
import { newestVersion, type RemoteAgent } from "../agent/remote-agent.ts";
import type { OrphanPlan } from "../plan/agent-plan.ts";
import { inParallel } from "./in-parallel.ts";
import { mayGoOn, type Run } from "./run.ts";
import { failureOf, StepError } from "./step-error.ts";

/**
 * Deletes the agents that the plan deletes, after everything else, callers before callees. A delete cannot be undone,
 * so each agent is read again first: one that was edited since the plan stays. Returns whether all are gone.
 */
export async function prune(run: Run): Promise<boolean> {
  const leaving = new Map(
    run.plan.agents
      .filter((plan): plan is OrphanPlan => plan.action === "delete")
      .map((plan) => [plan.id, plan]),
  );
  for (const wave of run.plan.deletionWaves) {
    const members = wave.flatMap((id) => leaving.get(id) ?? []);
    const whole = await inParallel(
      members,
      run.options.parallelism,
      () => mayGoOn(run),
      (plan) => step(run, plan),
    );
    if (!whole) return false;
  }
  return true;
}

async function step(run: Run, { key, id, remote }: OrphanPlan): Promise<boolean> {
  run.emit({ kind: "step_started", key, step: "delete" });
  try {
    if (await isStill(run, remote)) await run.writer.remove(id);
    run.emit({ kind: "agent_deleted", key, id });
    return true;
  } catch (error) {
    run.emit({ kind: "delete_failed", key, id, failure: failureOf(error) });
    return false;
  }
}

async function isStill(run: Run, planned: RemoteAgent): Promise<boolean> {
  try {
    const now = await run.reader.agent(planned.id);
    if (newestVersion(now) === newestVersion(planned) && now.version === planned.version)
      return true;
    throw new StepError({
      kind: "changed_meanwhile",
      expected: planned.version,
      found: newestVersion(now),
    });
  } catch (error) {
    if (isApiError(error, "missing")) return false;
    throw error;
  }
}
