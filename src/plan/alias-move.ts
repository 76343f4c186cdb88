import type { DesiredAgent } from "../agent/definition.ts";
import type { AgentKey, AliasName, Version } from "../agent/identity.ts";
import type { RemoteAlias } from "../agent/remote-agent.ts";
import type { AgentPlan } from "./agent-plan.ts";
import type { Refusal } from "./refusal.ts";

/** Where an alias is to go. `built`: to the version that this apply makes, whatever number it gets. */
export type MoveTarget =
  | { readonly kind: "built"; readonly expected: Version }
  | { readonly kind: "existing"; readonly version: Version }
  | { readonly kind: "removed" };

/** One alias of one agent that is to stand elsewhere than it does. */
export type AliasMove = {
  readonly key: AgentKey;
  readonly alias: AliasName;
  /** Undefined where the agent has no such alias yet. */
  readonly from: Version | undefined;
  readonly to: MoveTarget;
};

/** The moves of one agent, or what forbids them. Aliases that the file does not name are left alone. */
export function aliasMoves(
  agent: DesiredAgent,
  plan: AgentPlan,
  standing: readonly RemoteAlias[],
): { readonly moves: readonly AliasMove[]; readonly refusals: readonly Refusal[] } {
  const moves: AliasMove[] = [];
  const refusals: Refusal[] = [];
  for (const [alias, wanted] of agent.aliases) {
    const from = standing.find((each) => each.alias === alias)?.version;
    const common = { key: agent.key, alias, from };
    if (wanted === null) {
      if (from !== undefined) moves.push({ ...common, to: { kind: "removed" } });
    } else if (wanted === "latest") {
      const to = latestOf(plan);
      if (to.kind === "built" || to.version !== from) moves.push({ ...common, to });
    } else {
      const versions = versionsOf(plan);
      if (!versions.includes(wanted)) {
        const { key, at } = agent;
        refusals.push({ kind: "unknown_version", key, alias, version: wanted, versions, at });
      } else if (wanted !== from) {
        moves.push({ ...common, to: { kind: "existing", version: wanted } });
      }
    }
  }
  return { moves, refusals };
}

function latestOf(plan: AgentPlan): Exclude<MoveTarget, { kind: "removed" }> {
  if (plan.action === "create") {
    return { kind: "built", expected: (plan.completedLater ? 1 : 0) as Version };
  }
  if (plan.action === "update") return { kind: "built", expected: plan.expected };
  return { kind: "existing", version: plan.remote.version };
}

function versionsOf(plan: AgentPlan): readonly Version[] {
  if (plan.action === "create") return [];
  return [...new Set([plan.remote.version, ...plan.remote.versions])].sort(
    (left, right) => left - right,
  );
}
