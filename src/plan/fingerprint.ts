import type { DesiredAgent } from "../agent/definition.ts";
import type { AgentId } from "../agent/identity.ts";
import type { Json } from "../agent/json.ts";
import { newestVersion, type RemoteAgent, type RemoteAlias } from "../agent/remote-agent.ts";
import type { AgentPlan } from "./agent-plan.ts";
import type { AliasMove } from "./alias-move.ts";
import { specOf } from "./compare-agent.ts";
import { digestOf } from "./digest.ts";
import type { Scope } from "./scope.ts";

/**
 * Three digests that tell whether a plan still holds: what was wanted, what was there, and what follows from
 * both. No clock, host, page order or secret is in them.
 */
export type PlanDigests = {
  readonly config: string;
  readonly remote: string;
  readonly plan: string;
};

/** The digests of a plan's parts. Only agents that the plan concerns count. */
export function digestsOf(
  scope: Scope,
  desired: readonly DesiredAgent[],
  plans: readonly AgentPlan[],
  moves: readonly AliasMove[],
  aliases: ReadonlyMap<AgentId, readonly RemoteAlias[]>,
): PlanDigests {
  const config = digestOf(desired.map(configFingerprint).sort(byFirst));
  const concerned = plans.flatMap((plan) => ("remote" in plan ? [plan.remote] : []));
  const remote = digestOf(
    concerned.map((agent) => remoteFingerprint(agent, aliases.get(agent.id) ?? [])).sort(byFirst),
  );
  const actions = plans.map((plan) => [plan.key, plan.action]);
  const targets = moves
    .map((move) => [move.key, move.alias, JSON.stringify(move.to)])
    .sort((left, right) => (left.join() < right.join() ? -1 : 1));
  const plan = digestOf([scope, config, remote, actions, targets]);
  return { config, remote, plan };
}

function configFingerprint(agent: DesiredAgent): readonly Json[] {
  const aliases = [...agent.aliases].map(([alias, target]) => `${alias}=${target}`).sort();
  const ignored = [...agent.ignoreChanges].sort();
  const { key, id, preventDestroy } = agent;
  return [key, specOf(agent.definition), id ?? "", aliases, ignored, preventDestroy];
}

/**
 * One agent as it was seen. The highest version number gives away an edit that was made and taken back, and
 * versions are immutable, so the two numbers stand for the whole content.
 */
function remoteFingerprint(agent: RemoteAgent, aliases: readonly RemoteAlias[]): readonly Json[] {
  const standing = aliases.map(({ alias, version }) => `${alias}=${version}`).sort();
  return [agent.id, agent.version, newestVersion(agent), standing];
}

function byFirst(left: readonly Json[], right: readonly Json[]): number {
  return String(left[0]) < String(right[0]) ? -1 : 1;
}
