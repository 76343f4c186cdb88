import type { FileDigest, Gate } from "../agent/definition.ts";
import type { AgentKey, Version } from "../agent/identity.ts";
import type { AgentPlan } from "./agent-plan.ts";
import { groupBy } from "./group-by.ts";
import type { PointerMove } from "./pointer-move.ts";

/** One command that must succeed for one agent before anything is released. */
export type GateRun = Released & {
  readonly command: string;
  /** Undefined: as long as the run lasts. */
  readonly timeoutMs: number | undefined;
  /** The files that the command names. */
  readonly files: readonly FileDigest[];
};

/** A version that a release is about. */
export type Released = {
  readonly key: AgentKey;
  /** Where an alias moves that is pinned elsewhere; undefined for the version that has the definition. */
  readonly pinned: Version | undefined;
};

/**
 * The versions that a release is about: those that agents get, and those to which an alias moves, which may have been
 * built before and not judged.
 */
export function releasedVersions(
  plans: readonly AgentPlan[],
  moves: readonly PointerMove[],
): readonly Released[] {
  const moving = groupBy(
    moves.filter(({ stage, to }) => stage === "alias" && to.kind !== "removed"),
    ({ key }) => key,
  );
  return plans.flatMap((plan) => {
    const own = isBuilt(plan) ? [undefined] : [];
    const targets = (moving.get(plan.key) ?? []).map(({ to }) =>
      to.kind === "existing" && to.version !== definedVersion(plan) ? to.version : undefined,
    );
    return [...new Set([...own, ...targets])].map((pinned) => ({ key: plan.key, pinned }));
  });
}

/** The version that has the definition; undefined where it is still to be built. */
function definedVersion(plan: AgentPlan): Version | undefined {
  if (plan.action === "reuse") return plan.version;
  return isBuilt(plan) || plan.action === "create" ? undefined : plan.remote.version;
}

/** The gates that a release has to pass, for each of its agents. */
export function gateRuns(
  gates: readonly Gate[],
  released: readonly Released[],
): readonly GateRun[] {
  return gates.flatMap(({ run, agents, timeoutMs, files = [] }) =>
    released
      .filter(({ key }) => agents.length === 0 || agents.includes(key))
      .map((each) => ({ ...each, command: run, timeoutMs, files })),
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
