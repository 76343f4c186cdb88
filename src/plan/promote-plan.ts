import type { AgentId, AgentKey, AliasName, Version } from "../agent/identity.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { provesItself, tagsOf } from "../agent/tags.ts";
import { isOurs } from "./identify.ts";
import type { Plan } from "./plan.ts";
import type { Refusal } from "./refusal.ts";
import {
  type AgentWithAliases,
  aliasesIn,
  calleesOf,
  keysIn,
  makeRepointPlan,
  versionOfAlias,
} from "./repoint-plan.ts";
import type { Scope } from "./scope.ts";

/** What is promoted: where one alias stands becomes where another one stands. */
export type Promotion = {
  readonly from: AliasName;
  readonly to: AliasName;
  /** Keys; empty for all agents that have the first alias. */
  readonly only: readonly string[];
  /** Take versions that agentvane did not write as they stand, too. */
  readonly allowForeign: boolean;
};

/** The versions that `from` stands at, by agent. */
export type SourceVersions = ReadonlyMap<AgentId, RemoteAgent>;

/**
 * The plan of a promotion. With `only`, the agents that the named ones hand off to come along: they were
 * tried together. A version that agentvane did not write as it stands was never verified, and is refused.
 */
export function makePromotePlan(
  scope: Scope,
  fleet: readonly AgentWithAliases[],
  sources: SourceVersions,
  promotion: Promotion,
): Plan {
  const { from, to, only, allowForeign } = promotion;
  const carried = fleet.filter(({ remote }) => sources.has(remote.id));
  const chosen = only.length === 0 ? carried : closure(carried, sources, only);
  const repointings = chosen.flatMap((agent) => {
    const version = versionOfAlias(agent, from);
    return version === undefined ? [] : [{ agent, to: version }];
  });
  const foreign = chosen.filter(({ remote }) => !isProven(scope, sources.get(remote.id)));
  const refusals: readonly Refusal[] = [
    ...missing(fleet, carried, promotion),
    ...(allowForeign ? [] : foreign.map((each) => foreignVersion(each, from))),
  ];
  return makeRepointPlan(scope, fleet, to, repointings, refusals);
}

/** The named agents and, step by step, those they hand off to. */
function closure(
  fleet: readonly AgentWithAliases[],
  sources: SourceVersions,
  only: readonly string[],
): readonly AgentWithAliases[] {
  const keyOf = keysIn(fleet);
  const byKey = new Map(fleet.map((each) => [each.key, each]));
  const reached = new Set<AgentKey>();
  const visit = (key: AgentKey): void => {
    const agent = byKey.get(key);
    const version = agent && sources.get(agent.remote.id);
    if (version === undefined || reached.has(key)) return;
    reached.add(key);
    for (const callee of calleesOf(version, keyOf)) visit(callee);
  };
  for (const key of only) visit(key as AgentKey);
  return fleet.filter(({ key }) => reached.has(key));
}

/** Whether this project wrote a version as it stands, under whatever key: the agent may have been renamed since. */
function isProven(scope: Scope, version: RemoteAgent | undefined): boolean {
  const tags = version && tagsOf(version);
  if (version === undefined || tags === undefined) return false;
  return isOurs(tags, scope) && provesItself(version, version.versions);
}

function missing(
  fleet: readonly AgentWithAliases[],
  carried: readonly AgentWithAliases[],
  { from, only }: Promotion,
): readonly Refusal[] {
  const known = fleet.map(({ key }) => key);
  const has = new Set<string>(carried.map(({ key }) => key));
  const lacking = only.flatMap((key): Refusal[] => {
    if (!known.some((each) => each === key)) {
      return [{ kind: "unknown_key", flag: "only", key, known }];
    }
    return has.has(key)
      ? []
      : [{ kind: "unknown_alias", alias: from, key, known: aliasesIn(fleet) }];
  });
  if (lacking.length > 0 || carried.length > 0) return lacking;
  return [{ kind: "unknown_alias", alias: from, key: undefined, known: aliasesIn(fleet) }];
}

function foreignVersion(agent: AgentWithAliases, alias: AliasName): Refusal {
  const version = versionOfAlias(agent, alias) as Version;
  return { kind: "foreign_version", key: agent.key, alias, version };
}
