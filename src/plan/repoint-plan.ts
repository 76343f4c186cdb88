import type { AgentId, AgentKey, AliasName, Version } from "../agent/identity.ts";
import { isList } from "../agent/json.ts";
import { handsOffTo, type RemoteAgent, type RemoteAlias } from "../agent/remote-agent.ts";
import { noDrift } from "./agent-drift.ts";
import type { SettledPlan } from "./agent-plan.ts";
import { groupBy } from "./group-by.ts";
import { duplicateOwner } from "./identify.ts";
import type { Plan } from "./plan.ts";
import { planWithoutFiles } from "./plan-without-files.ts";
import { type PointerMove, stages } from "./pointer-move.ts";
import { previousAliasOf } from "./previous-alias.ts";
import type { Refusal } from "./refusal.ts";
import type { Scope } from "./scope.ts";
import { inWaves } from "./waves.ts";

/** One of the project's agents with its aliases. */
export type AgentWithAliases = {
  readonly key: AgentKey;
  readonly remote: RemoteAgent;
  readonly aliases: readonly RemoteAlias[];
};

/** An alias of an agent that is to stand elsewhere. */
export type Repointing = { readonly agent: AgentWithAliases; readonly to: Version };

/** The aliases of some agents, each name once. */
export function aliasesIn(fleet: readonly AgentWithAliases[]): readonly string[] {
  return [...new Set(fleet.flatMap(({ aliases }) => aliases.map(({ alias }) => alias)))].sort();
}

/** Where an alias of an agent stands; undefined where it has none of that name. */
export function versionOfAlias(
  { aliases }: AgentWithAliases,
  alias: AliasName,
): Version | undefined {
  return aliases.find((each) => each.alias === alias)?.version;
}

/**
 * The plan to move one alias of some agents to versions that are there: no version is built, what the alias
 * leaves is remembered first, callees move before callers.
 */
export function makeRepointPlan(
  scope: Scope,
  fleet: readonly AgentWithAliases[],
  alias: AliasName,
  repointings: readonly Repointing[],
  refusals: readonly Refusal[],
): Plan {
  const moving = repointings.filter(({ agent, to }) => versionOfAlias(agent, alias) !== to);
  const moves = moving.flatMap((each) => movesOf(each, alias));
  const waves = callWaves(fleet);
  const releaseWaves = stages
    .flatMap((stage) =>
      waves.map((keys) => moves.filter((move) => move.stage === stage && keys.includes(move.key))),
    )
    .filter((wave) => wave.length > 0);
  const agents = repointings
    .map((each) => settled(each, fleet))
    .sort((left, right) => (left.key < right.key ? -1 : 1));
  return planWithoutFiles({
    scope,
    only: [],
    complete: repointings.length === fleet.length,
    agents,
    ids: new Map(fleet.map(({ key, remote }) => [key, remote.id])),
    aliases: new Map(fleet.map((each) => [each.remote.id, each.aliases])),
    buildWaves: [],
    releaseWaves,
    refusals: [...twoOfAKey(fleet), ...refusals],
  });
}

function settled({ agent, to }: Repointing, fleet: readonly AgentWithAliases[]): SettledPlan {
  const { key, remote } = agent;
  const callers = fleet.filter(
    (each) => each.key !== key && handsOffTo(each.remote, remote.id) && remote.version !== to,
  );
  const handedOffBy = callers.map((each) => each.key);
  return {
    action: "noop",
    key,
    id: remote.id,
    name: remote.name,
    notes: handedOffBy.length > 0 ? [{ kind: "default_stays", handedOffBy }] : [],
    remote,
    drift: noDrift,
    outside: noDrift,
  };
}

/** Two agents with the same tags: nobody can say which one an alias of the key is about. */
export function twoOfAKey(fleet: readonly AgentWithAliases[]): readonly Refusal[] {
  return [...groupBy(fleet, ({ key }) => key)].flatMap(
    ([key, same]) =>
      duplicateOwner(
        key,
        same.map(({ remote }) => remote),
      ) ?? [],
  );
}

function movesOf({ agent, to }: Repointing, alias: AliasName): readonly PointerMove[] {
  const from = versionOfAlias(agent, alias);
  const { key } = agent;
  const target = { kind: "existing", version: to } as const;
  const move: PointerMove = { key, pointer: alias, from, to: target, stage: "alias" };
  const memory = previousAliasOf(alias);
  if (memory === undefined || from === undefined) return [move];
  const was = versionOfAlias(agent, memory);
  if (was === from) return [move];
  const kept = { kind: "existing", version: from } as const;
  return [{ key, pointer: memory, from: was, to: kept, stage: "remember" }, move];
}

function callWaves(fleet: readonly AgentWithAliases[]): readonly (readonly AgentKey[])[] {
  const keyOf = keysIn(fleet);
  const graph = new Map(fleet.map(({ key, remote }) => [key, calleesOf(remote, keyOf)]));
  return inWaves(graph);
}

/** The keys of agents by their ids. */
export function keysIn(
  fleet: readonly Pick<AgentWithAliases, "key" | "remote">[],
): ReadonlyMap<AgentId, AgentKey> {
  return new Map(fleet.map(({ key, remote }) => [remote.id, key]));
}

/** The agents of the project that one version of an agent hands off to. */
export function calleesOf(
  { handoffs }: RemoteAgent,
  keyOf: ReadonlyMap<AgentId, AgentKey>,
): readonly AgentKey[] {
  const ids = isList(handoffs) ? handoffs.map((id) => id as AgentId) : [];
  return ids.flatMap((id) => keyOf.get(id) ?? []);
}
