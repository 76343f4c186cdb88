import type { AgentId, AgentKey } from "../../agent/identity.ts";
import type { JsonObject } from "../../agent/json.ts";
import type { AgentPlan } from "../../plan/agent-plan.ts";
import type { Plan } from "../../plan/plan.ts";
import type { PointerMove } from "../../plan/pointer-move.ts";

/**
 * The requests of an apply, in order: those of one wave run at the same time, and a wave starts after the previous one
 * is complete.
 */
export function operationsOf(plan: Plan): readonly JsonObject[] {
  const byKey = new Map(plan.agents.map((agent) => [agent.key, agent]));
  const waves = [
    ...plan.buildWaves.map((keys) => keys.map((key) => writeOf(key, byKey.get(key)))),
    plan.agents.flatMap((agent) =>
      agent.action === "create" && agent.completedLater
        ? [{ operation: "complete", agent: agent.key }]
        : [],
    ),
    plan.agents.flatMap((agent) =>
      agent.action === "reuse"
        ? [{ operation: "verify", agent: agent.key, version: agent.version }]
        : [],
    ),
    plan.gates.map(({ key }) => ({ operation: "gate", agent: key })),
    ...plan.releaseWaves.map((moves) => moves.map(moveOf)),
    ...plan.deletionWaves.map((ids) => deletionsOf(plan, ids)),
  ].filter((wave) => wave.length > 0);
  return waves.flatMap((wave, at) => wave.map((operation) => ({ wave: at + 1, ...operation })));
}

function deletionsOf({ agents }: Plan, ids: readonly AgentId[]): readonly JsonObject[] {
  return agents.flatMap((agent) =>
    agent.action === "delete" && ids.includes(agent.id)
      ? [{ operation: "delete", agent: agent.key, id: agent.id }]
      : [],
  );
}

function writeOf(key: AgentKey, plan: AgentPlan | undefined): JsonObject {
  const operation = plan?.action === "rename" ? "update" : (plan?.action ?? "update");
  return { operation, agent: key };
}

function moveOf({ key, pointer, from, to }: PointerMove): JsonObject {
  const common = { agent: key, alias: pointer, from: from ?? null };
  switch (to.kind) {
    case "built":
      return { operation: "point", ...common, to: to.expected, built: true };
    case "existing":
      return { operation: "point", ...common, to: to.version };
    case "removed":
      return { operation: "unpoint", ...common, to: null };
  }
}
