import { agentTable } from "../agent/agent-table.ts";
import { isAbout } from "../agent/check.ts";
import { type DesiredAgent, type DesiredProject, handoffsOf } from "../agent/definition.ts";
import { needsSecondWrite } from "../agent/held-back.ts";
import type { AgentId, AgentKey, AgentRef } from "../agent/identity.ts";
import { isList } from "../agent/json.ts";
import type { AgentPlan, CreatePlan, UpdatePlan } from "./agent-plan.ts";
import { buildOrder } from "./build-order.ts";
import { isGated } from "./gated.ts";
import { groupBy } from "./group-by.ts";
import { type PointerMove, stages } from "./pointer-move.ts";
import { inWaves } from "./waves.ts";

/** Plans with what depends on the other agents filled in, and the order in which they are written. */
export type OrderedPlans = {
  readonly plans: readonly AgentPlan[];
  readonly waves: readonly (readonly AgentKey[])[];
};

/** Adds second writes, handoffs that are not known yet, and the warning that a callee is live at once. */
export function orderPlans(plans: readonly AgentPlan[], desired: DesiredProject): OrderedPlans {
  const written = plans.filter(isWritten);
  const fresh = new Set(written.filter(isCreate).map((plan) => plan.key));
  const order = buildOrder(
    written.map((plan) => ({
      key: plan.key,
      isNew: isCreate(plan),
      handoffs: wantedHandoffs(plan),
      needsSecondWrite: isCreate(plan) && needsSecondWrite(agentTable, plan.definition),
    })),
  );
  const callers = callersByKey(desired.agents);
  const completed = plans.map((plan): AgentPlan => {
    if (!isWritten(plan)) return plan;
    const unknownHandoffs = knownKeys(wantedHandoffs(plan)).filter((key) => fresh.has(key));
    if (isCreate(plan)) {
      return { ...plan, unknownHandoffs, completedLater: order.completedLater.has(plan.key) };
    }
    const handedOffBy = callers.get(plan.key) ?? [];
    const isLive = handedOffBy.length > 0 || isGatedBare(plan, desired);
    const notes: AgentPlan["notes"] = isLive
      ? [...plan.notes, { kind: "live_at_once", handedOffBy }]
      : plan.notes;
    return { ...plan, notes, unknownHandoffs };
  });
  return { plans: completed, waves: order.waves };
}

/** Pointer moves in waves, stage after stage: in each, those of an agent after those of its callees. */
export function orderMoves(
  moves: readonly PointerMove[],
  desired: readonly DesiredAgent[],
): readonly (readonly PointerMove[])[] {
  const graph = new Map(
    desired.map((agent) => [agent.key, knownKeys(handoffsOf(agent.definition))]),
  );
  const waves = inWaves(graph);
  return stages
    .flatMap((stage) => {
      const byAgent = groupBy(
        moves.filter((move) => move.stage === stage),
        (move) => move.key,
      );
      return waves.map((keys) => keys.flatMap((key) => byAgent.get(key) ?? []));
    })
    .filter((wave) => wave.length > 0);
}

/** Deletions in waves, callers before callees: what is left when one fails hands off to nothing that is gone. */
export function orderDeletions(plans: readonly AgentPlan[]): readonly (readonly AgentId[])[] {
  const graph = new Map(
    plans.flatMap((plan): [AgentId, AgentId[]][] => {
      if (plan.action !== "delete") return [];
      const { id, handoffs } = plan.remote;
      return [[id, isList(handoffs) ? handoffs.map((callee) => callee as AgentId) : []]];
    }),
  );
  return inWaves(graph).toReversed();
}

/** Gates and checks hold back aliases; an agent without one is in use as soon as it is written. */
function isGatedBare({ key }: AgentPlan, { agents, gates, checks }: DesiredProject): boolean {
  const aliases = agents.find((agent) => agent.key === key)?.aliases;
  const isJudged = isGated(gates, key) || checks.some((check) => isAbout(check, key));
  return isJudged && aliases?.size === 0;
}

function callersByKey(
  desired: readonly DesiredAgent[],
): ReadonlyMap<AgentKey, readonly AgentKey[]> {
  const calls = desired.flatMap(({ key, definition }) =>
    knownKeys(handoffsOf(definition)).map((callee) => ({ caller: key, callee })),
  );
  const others = calls.filter(({ caller, callee }) => caller !== callee);
  const byCallee = groupBy(others, ({ callee }) => callee);
  return new Map([...byCallee].map(([key, each]) => [key, each.map(({ caller }) => caller)]));
}

function isCreate(plan: AgentPlan): plan is CreatePlan {
  return plan.action === "create";
}

function isWritten(plan: AgentPlan): plan is CreatePlan | UpdatePlan {
  return plan.action === "create" || plan.action === "update" || plan.action === "rename";
}

function wantedHandoffs(plan: CreatePlan | UpdatePlan): readonly AgentRef[] {
  return handoffsOf(plan.action === "create" ? plan.definition : plan.target);
}

function knownKeys(refs: readonly AgentRef[]): readonly AgentKey[] {
  return refs.flatMap((ref) => ("key" in ref ? [ref.key] : []));
}
