import type { FileDigest, Gate } from "../agent/definition.ts";
import type { AgentKey } from "../agent/identity.ts";
import type { AgentPlan } from "./agent-plan.ts";
import type { PointerMove } from "./pointer-move.ts";

/** One command that must succeed for one agent before anything is released. */
export type GateRun = {
  readonly key: AgentKey;
  readonly command: string;
  /** Undefined: as long as the run lasts. */
  readonly timeoutMs: number | undefined;
  /** The files that the command names. */
  readonly files: readonly FileDigest[];
};

/**
 * The agents that a release is about: those that get a version, or of which an alias moves on to one that was built
 * before and may not have been judged.
 */
export function releasedKeys(
  plans: readonly AgentPlan[],
  moves: readonly PointerMove[],
): readonly AgentKey[] {
  const moving = new Set(
    moves
      .filter(({ stage, to }) => stage === "alias" && to.kind !== "removed")
      .map(({ key }) => key),
  );
  return plans.filter((plan) => isBuilt(plan) || moving.has(plan.key)).map(({ key }) => key);
}

/** The gates that a release has to pass, for each of its agents. */
export function gateRuns(
  gates: readonly Gate[],
  released: readonly AgentKey[],
): readonly GateRun[] {
  return gates.flatMap(({ run, agents, timeoutMs, files = [] }) =>
    released
      .filter((key) => agents.length === 0 || agents.includes(key))
      .map((key) => ({ key, command: run, timeoutMs, files })),
  );
}

/** Whether a gate is about an agent. */
export function isGated(gates: readonly Gate[], key: AgentKey): boolean {
  return gates.some(({ agents }) => agents.length === 0 || agents.includes(key));
}

function isBuilt({ action }: AgentPlan): boolean {
  switch (action) {
    case "create":
    case "update":
    case "rename":
    case "reuse":
      return true;
    case "noop":
    case "adopt":
    case "delete":
    case "orphan":
    case "forget":
      return false;
  }
}
