import { agentTable } from "../agent/agent-table.ts";
import type { AgentKey } from "../agent/identity.ts";
import { targetOf } from "../agent/target.ts";
import type { CreatePlan, UpdatePlan } from "../plan/agent-plan.ts";
import { inOurWords } from "../plan/our-words.ts";
import { createAgent, type Written } from "./create-agent.ts";
import type { WriteKind } from "./event.ts";
import { inParallel } from "./in-parallel.ts";
import type { Run } from "./run.ts";
import { failureOf } from "./step-error.ts";
import { updateAgent } from "./update-agent.ts";

/**
 * Makes and verifies every new version, callees before callers, then completes the new agents that could not
 * be written whole. Stops at the first failure. No alias is touched. Tells whether all of it was done.
 */
export async function build(run: Run): Promise<boolean> {
  const plans = new Map(run.plan.agents.filter(isWritten).map((plan) => [plan.key, plan]));
  for (const wave of run.plan.buildWaves) {
    const members = wave.flatMap((key) => plans.get(key) ?? []);
    const done = await steps(run, members, (plan) =>
      plan.action === "create"
        ? step(run, plan.key, "create", () => createAgent(run, plan))
        : step(run, plan.key, "update", () => updateExisting(run, plan)),
    );
    if (!done) return false;
  }
  const unfinished = [...plans.values()].filter(
    (plan): plan is CreatePlan => plan.action === "create" && plan.completedLater,
  );
  return steps(run, unfinished, (plan) =>
    step(run, plan.key, "complete", () => completeAgent(run, plan)),
  );
}

function isWritten(plan: Run["plan"]["agents"][number]): plan is CreatePlan | UpdatePlan {
  return plan.action === "create" || plan.action === "update";
}

function steps<Item>(
  run: Run,
  items: readonly Item[],
  task: (item: Item) => Promise<boolean>,
): Promise<boolean> {
  const mayGoOn = () => run.options.stopped() === undefined;
  return inParallel(items, run.options.parallelism, mayGoOn, task);
}

async function step(
  run: Run,
  key: AgentKey,
  write: WriteKind,
  act: () => Promise<Written>,
): Promise<boolean> {
  const start = run.clock.now();
  try {
    const { agent, sent, recovered } = await act();
    const { id, version } = agent;
    const ms = run.clock.now() - start;
    run.emit({ kind: "agent_written", key, write, id, version, sent, recovered, ms });
    return true;
  } catch (error) {
    run.emit({ kind: "write_failed", key, write, failure: failureOf(error) });
    return false;
  }
}

function updateExisting(run: Run, plan: UpdatePlan): Promise<Written> {
  const { key, remote, target, stamp } = plan;
  return updateAgent(run, { key, from: remote, target, stamp, previous: remote.version });
}

/** The second write of a new agent: now everything it hands off to exists. */
function completeAgent(run: Run, { key, definition, stamp }: CreatePlan): Promise<Written> {
  const built = run.built.get(key);
  if (built === undefined) throw new Error(`agent ${key} is completed before it is created`);
  const current = inOurWords(built.agent, run.words);
  const target = targetOf(agentTable, definition, current, []);
  return updateAgent(run, { key, from: built.agent, target, stamp, previous: undefined });
}
