import { agentTable } from "../agent/agent-table.ts";
import type { AgentKey } from "../agent/identity.ts";
import { secretRowNames } from "../agent/secret-rows.ts";
import { targetOf } from "../agent/target.ts";
import type { AgentPlan, CreatePlan, ForgetPlan, UpdatePlan } from "../plan/agent-plan.ts";
import { withConfigReferences } from "../plan/config-references.ts";
import { createAgent, type Written } from "./create-agent.ts";
import type { WriteKind } from "./event.ts";
import { inParallel } from "./in-parallel.ts";
import { mayGoOn, type Run } from "./run.ts";
import { failureOf } from "./step-error.ts";
import { updateAgent } from "./update-agent.ts";

type WrittenPlan = CreatePlan | UpdatePlan | ForgetPlan;

/**
 * Builds and verifies every new version, callees before callers, then completes the new agents that could not be
 * written at once. Stops at the first failure. Moves no alias. Returns whether everything succeeded.
 */
export async function build(run: Run): Promise<boolean> {
  const plans = new Map(run.plan.agents.filter(isWritten).map((plan) => [plan.key, plan]));
  for (const wave of run.plan.buildWaves) {
    const members = wave.flatMap((key) => plans.get(key) ?? []);
    if (!(await steps(run, members, (plan) => write(run, plan)))) return false;
  }
  const unfinished = [...plans.values()].filter(
    (plan): plan is CreatePlan => plan.action === "create" && plan.completedLater,
  );
  return steps(run, unfinished, (plan) =>
    step(run, plan.key, "complete", () => completeAgent(run, plan)),
  );
}

function isWritten(plan: AgentPlan): plan is WrittenPlan {
  return ["create", "update", "rename", "forget"].includes(plan.action);
}

function steps<Item>(
  run: Run,
  items: readonly Item[],
  task: (item: Item) => Promise<boolean>,
): Promise<boolean> {
  return inParallel(items, run.options.parallelism, () => mayGoOn(run), task);
}

function write(run: Run, plan: WrittenPlan): Promise<boolean> {
  const { key } = plan;
  switch (plan.action) {
    case "create":
      return step(run, key, "create", () => createAgent(run, plan));
    case "update":
    case "rename": {
      const { remote: from, target, stamp, withheld } = plan;
      const mark = { kind: "tagged", stamp } as const;
      return step(run, key, "update", () =>
        updateAgent(run, { key, from, target, mark, withheld, previous: from.version }),
      );
    }
    case "forget": {
      const { remote: from, target } = plan;
      const mark = { kind: "untagged" } as const;
      const withheld = secretRowNames(agentTable);
      return step(run, key, "forget", () =>
        updateAgent(run, { key, from, target, mark, withheld, previous: from.version }),
      );
    }
  }
}

async function step(
  run: Run,
  key: AgentKey,
  write: WriteKind,
  act: () => Promise<Written>,
): Promise<boolean> {
  const start = run.clock.now();
  run.emit({ kind: "step_started", key, step: write });
  try {
    const { agent, sent, recovered } = await act();
    const { id, version } = agent;
    const ms = run.clock.now() - start;
    run.emit({ kind: "agent_written", key, write, id, version, sent, recovered, ms });
    return true;
  } catch (error) {
    const failure = failureOf(error);
    // Whether this run fails, or plans again with the other agent, is decided in the revert.
    if (failure.kind === "created_twice") run.supersededBy.push({ key, id: failure.id });
    else {
      run.failures.push(failure);
      run.emit({ kind: "write_failed", key, write, failure });
    }
    return false;
  }
}

/** The second write of a new agent, when everything that it hands off to exists. */
function completeAgent(run: Run, { key, definition, stamp }: CreatePlan): Promise<Written> {
  const built = run.built.get(key);
  if (built === undefined) throw new Error(`agent ${key} is completed before it is created`);
  const current = withConfigReferences(built.agent, run.references);
  const target = targetOf(agentTable, definition, current, []);
  const mark = { kind: "tagged", stamp } as const;
  return updateAgent(run, {
    key,
    from: built.agent,
    target,
    mark,
    withheld: [],
    previous: undefined,
  });
}
