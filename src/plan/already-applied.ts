import type { AgentKey, AliasName, Version } from "../agent/identity.ts";
import { provesItself, tagsOf } from "../agent/tags.ts";
import { hasDrifted } from "./agent-drift.ts";
import type { AgentPlan } from "./agent-plan.ts";
import type { AgentOperation, ApprovedPlan, Route } from "./approved-plan.ts";
import { isNoOp } from "./has-changes.ts";
import type { Plan } from "./plan.ts";
import { previousAliasOf } from "./previous-alias.ts";

/**
 * The agents for which the result of what was approved stands already. `now` is the plan that was made from the
 * same choices today; what the configuration wants beyond the approved plan does not count.
 */
export function appliedAlready(approved: ApprovedPlan, now: Plan): ReadonlySet<AgentKey> {
  const planOf = new Map(now.agents.map((agent) => [agent.key, agent]));
  const aliasesOf = new Map(now.fingerprints.map(({ key, aliases }) => [key, aliases]));
  const isApplied = (operation: AgentOperation) => {
    if (operation.action === "delete") return !isThere(now, operation);
    const plan = planOf.get(operation.key);
    const aliases = aliasesOf.get(operation.key);
    return (
      plan !== undefined &&
      aliases !== undefined &&
      isBuilt(operation, plan, approved.options.resendSecrets) &&
      areMoved(operation, plan, aliases)
    );
  };
  return new Set(approved.operations.filter(isApplied).map(({ key }) => key));
}

function isThere({ agents }: Plan, { id }: AgentOperation): boolean {
  return agents.some((agent) => agent.action !== "create" && agent.id === id);
}

/** Whether the default version is the one that was to be built or switched to, and nobody changed it since. */
function isBuilt(
  { key, action, reuse, stamp, version, newest }: AgentOperation,
  plan: AgentPlan,
  resent: readonly string[],
): boolean {
  if (plan.action === "create" || hasDrifted(plan)) return false;
  const { remote } = plan;
  if (reuse !== null) return remote.version === reuse;
  if (stamp === null) return action === "noop" || action === "adopt";
  const tags = tagsOf(remote);
  const isOurVersion =
    tags?.spec === stamp.spec &&
    (tags.protect === "true") === stamp.protect &&
    (tags.ephemeral === "true") === stamp.ephemeral &&
    provesItself(remote, remote.versions);
  const isNew = newest === null || version === null || remote.version > newest;
  const isStillWanted = !isNoOp(plan) && "stamp" in plan && plan.stamp.spec === stamp.spec;
  return isOurVersion && isNew && (!isStillWanted || resent.includes(key));
}

function areMoved(
  { moves }: AgentOperation,
  plan: AgentPlan,
  aliases: Readonly<Record<string, Version>>,
): boolean {
  const pointers = Object.keys(moves).filter((pointer) => pointer !== "@default");
  const memories = new Set<string>(
    pointers.flatMap((pointer) => previousAliasOf(pointer as AliasName) ?? []),
  );
  return pointers
    .filter((pointer) => !memories.has(pointer))
    .every((pointer) => isAt(moves[pointer], aliases[pointer], plan));
}

function isAt(route: Route | undefined, at: Version | undefined, plan: AgentPlan): boolean {
  switch (route?.to) {
    case undefined:
    case null:
      return at === undefined;
    case "built":
      return plan.action !== "create" && at === plan.remote.version;
    default:
      return at === route?.to;
  }
}
