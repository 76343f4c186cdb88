import { handoffsOf } from "../agent/definition.ts";
import type { AgentId, AgentKey, AliasName } from "../agent/identity.ts";
import { handsOffTo, type RemoteAgent } from "../agent/remote-agent.ts";
import { tagsOf } from "../agent/tags.ts";
import type { AgentPlan, OrphanPlan } from "./agent-plan.ts";
import type { PointerMove } from "./pointer-move.ts";
import type { CallingAgent, Refusal } from "./refusal.ts";

/** A version of any visible agent that somebody can reach: by naming no version, or by an alias. */
export type LiveVersion = { readonly agent: RemoteAgent; readonly by: "default" | AliasName };

/** The plan for agents whose key left the configuration. */
export function planOrphans(
  orphans: readonly { readonly key: AgentKey; readonly remote: RemoteAgent }[],
  prune: boolean,
  live: readonly LiveVersion[],
): readonly OrphanPlan[] {
  return orphans.map(({ key, remote }) => ({
    action: prune ? "delete" : "orphan",
    key,
    id: remote.id,
    name: remote.name,
    remote,
    protect: tagsOf(remote)?.protect === "true",
    aliases: live.flatMap(({ agent, by }) =>
      prune && agent.id === remote.id && by !== "default"
        ? [{ alias: by, version: agent.version }]
        : [],
    ),
    notes: [],
  }));
}

/**
 * What forbids deletions: protection, and versions that will still hand off to a deleted agent when the rest
 * of the plan is done. Versions that the plan itself takes out of use do not count.
 */
export function deletionRefusals(
  plans: readonly AgentPlan[],
  moves: readonly PointerMove[],
  live: readonly LiveVersion[],
): readonly Refusal[] {
  const deleted = plans.filter((plan): plan is OrphanPlan => plan.action === "delete");
  const leaving = new Set(deleted.map((plan) => plan.id));
  const remaining = live.filter(
    (version) => !leaving.has(version.agent.id) && !isSuperseded(version, plans, moves),
  );
  return deleted.flatMap((plan): Refusal[] => {
    const { key, id } = plan;
    if (plan.protect) return [{ kind: "protected", key, id }];
    const standing = remaining
      .filter(({ agent }) => handsOffTo(agent, id))
      .map(({ agent: { id: caller, name, version } }) => ({ id: caller, name, version }));
    const by = uniqueCallers([...standing, ...plannedCallers(plans, id)]);
    return by.length > 0 ? [{ kind: "still_used", key, id, by }] : [];
  });
}

/** What an alias leaves stays in use where another pointer goes there, such as the memory of that alias. */
function isSuperseded(
  { agent, by }: LiveVersion,
  plans: readonly AgentPlan[],
  moves: readonly PointerMove[],
): boolean {
  const owner = plans.find((each) => "id" in each && each.id === agent.id);
  if (by !== "default") {
    const own = moves.filter(({ key }) => key === owner?.key);
    const isTaken = own.some(({ to }) => to.kind === "existing" && to.version === agent.version);
    return !isTaken && own.some(({ pointer }) => pointer === by);
  }
  switch (owner?.action) {
    case "update":
    case "rename":
      return true;
    case "reuse":
      return owner.version !== agent.version;
    case "create":
    case "noop":
    case "adopt":
    case "delete":
    case "orphan":
    case "forget":
    case undefined:
      return false;
  }
}

/** Agents whose coming version names the deleted one by its id. */
function plannedCallers(plans: readonly AgentPlan[], id: AgentId): readonly CallingAgent[] {
  return plans.flatMap((plan): CallingAgent[] => {
    if (plan.action !== "create" && plan.action !== "update" && plan.action !== "rename") return [];
    const handoffs = handoffsOf(plan.action === "create" ? plan.definition : plan.target);
    if (!handoffs.some((ref) => "id" in ref && ref.id === id)) return [];
    return [{ id: plan.key, name: plan.name, version: undefined }];
  });
}

function uniqueCallers(callers: readonly CallingAgent[]): readonly CallingAgent[] {
  return [...new Map(callers.map((each) => [`${each.id} ${each.version}`, each])).values()];
}
