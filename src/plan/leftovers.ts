import type { AgentId, AgentKey, AliasName } from "../agent/identity.ts";
import { isList } from "../agent/json.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { tagsOf } from "../agent/tags.ts";
import type { AgentPlan, LeftoverPlan } from "./agent-plan.ts";
import type { AliasMove } from "./alias-move.ts";
import type { Refusal } from "./refusal.ts";

/** A version of any visible agent that somebody can reach: by naming no version, or by an alias. */
export type LiveVersion = { readonly agent: RemoteAgent; readonly by: "default" | AliasName };

/** The plan for agents whose key left the configuration. */
export function planLeftovers(
  orphans: readonly { readonly key: AgentKey; readonly remote: RemoteAgent }[],
  prune: boolean,
): readonly LeftoverPlan[] {
  return orphans.map(({ key, remote }) => ({
    action: prune ? "delete" : "orphan",
    key,
    id: remote.id,
    name: remote.name,
    remote,
    protect: tagsOf(remote)?.protect === "true",
    notes: [],
  }));
}

/**
 * What forbids deletions: protection, and live versions that will still hand off to a deleted agent when
 * the rest of the plan is done. Versions that the plan itself takes out of use do not count.
 */
export function deletionRefusals(
  plans: readonly AgentPlan[],
  moves: readonly AliasMove[],
  live: readonly LiveVersion[],
): readonly Refusal[] {
  const deleted = plans.filter((plan): plan is LeftoverPlan => plan.action === "delete");
  const leaving = new Set(deleted.map((plan) => plan.id));
  const remaining = live.filter(
    (version) => !leaving.has(version.agent.id) && !isSuperseded(version, plans, moves),
  );
  return deleted.flatMap((plan): Refusal[] => {
    const { key, id } = plan;
    if (plan.protect) return [{ kind: "protected", key, id }];
    const by = remaining
      .filter(({ agent }) => handsOffTo(agent, id))
      .map(({ agent }) => ({ id: agent.id, name: agent.name, version: agent.version }));
    return by.length > 0 ? [{ kind: "still_used", key, id, by }] : [];
  });
}

function isSuperseded(
  { agent, by }: LiveVersion,
  plans: readonly AgentPlan[],
  moves: readonly AliasMove[],
): boolean {
  const plan = plans.find((each) => each.action === "update" && each.id === agent.id);
  if (by === "default") return plan !== undefined;
  const owner = plans.find((each) => "id" in each && each.id === agent.id);
  return moves.some(
    (move) => move.key === owner?.key && move.alias === by && move.to.kind !== "existing",
  );
}

function handsOffTo(agent: RemoteAgent, id: AgentId): boolean {
  return isList(agent.handoffs) && agent.handoffs.includes(id);
}
