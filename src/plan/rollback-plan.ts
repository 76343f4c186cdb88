import type { AgentId, AgentKey, AliasName, Version } from "../agent/identity.ts";
import { commitRecordIn } from "../agent/provenance.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { aliasesBefore, provesItself, tagsOf } from "../agent/tags.ts";
import { isOurs } from "./identify.ts";
import { provenVersions } from "./origin.ts";
import type { Plan } from "./plan.ts";
import { previousAliasOf } from "./previous-alias.ts";
import type { Refusal } from "./refusal.ts";
import {
  type AgentWithAliases,
  aliasesIn,
  makeRepointPlan,
  type Repointing,
  versionOfAlias,
} from "./repoint-plan.ts";
import type { Scope } from "./scope.ts";

/** How far back an alias goes. */
export type RollbackTarget =
  /** To where it stood before the newest release that moved it. */
  | { readonly kind: "release" }
  /** One agent, to a version by number. */
  | { readonly kind: "version"; readonly key: string; readonly version: Version }
  /** Every agent, to the version that was made from one of these commits: one commit and its ancestors. */
  | {
      readonly kind: "commit";
      readonly commit: string;
      /** The recorded commits that it may be the beginning of. */
      readonly named: readonly string[];
      readonly reaches: (commit: string) => boolean;
    };

/** What was read for a rollback: where the alias stands, and every version where that is needed. */
export type RollbackSight = {
  readonly fleet: readonly AgentWithAliases[];
  /** The versions that the alias stands at. */
  readonly targets: ReadonlyMap<AgentId, RemoteAgent>;
  readonly histories: ReadonlyMap<AgentId, readonly RemoteAgent[]>;
};

/** The plan of a rollback: it moves aliases to versions that are there, and touches no default. */
export function makeRollbackPlan(
  scope: Scope,
  sight: RollbackSight,
  alias: AliasName,
  target: RollbackTarget,
): Plan {
  const { repointings, refusals } = goingBack(scope, sight, alias, target);
  return makeRepointPlan(scope, sight.fleet, alias, repointings, refusals);
}

type GoingBack = {
  readonly repointings: readonly Repointing[];
  readonly refusals: readonly Refusal[];
};

function goingBack(
  scope: Scope,
  sight: RollbackSight,
  alias: AliasName,
  target: RollbackTarget,
): GoingBack {
  const carriers = sight.fleet.filter((each) => versionOfAlias(each, alias) !== undefined);
  if (carriers.length === 0)
    return refused({ kind: "unknown_alias", alias, key: undefined, known: aliasesIn(sight.fleet) });
  switch (target.kind) {
    case "release":
      return lastRelease(scope, sight, alias, carriers);
    case "version":
      return oneVersion(sight, alias, target.key, target.version);
    case "commit":
      return toCommit(scope, sight, alias, carriers, target);
  }
}

function refused(refusal: Refusal): GoingBack {
  return { repointings: [], refusals: [refusal] };
}

/** Moves of one run are closer to each other than this, and runs further apart (milliseconds, server's clock). */
const oneRunMs = 30_000;

/**
 * Undoes the newest run that moved the alias: where it was moved without building, `ALIAS-prev` remembers where
 * it stood; where a version was built for it, the tags of that version do. Which of the two was last, the
 * server's times of the alias tell; without them what is remembered goes first.
 */
function lastRelease(
  scope: Scope,
  { targets }: RollbackSight,
  alias: AliasName,
  carriers: readonly AgentWithAliases[],
): GoingBack {
  const back = [
    ...newest(remembered(alias, carriers), alias),
    ...newest(released(scope, targets, alias, carriers), alias),
  ];
  const repointings = newest(back, alias);
  return repointings.length > 0
    ? { repointings, refusals: [] }
    : refused({ kind: "nothing_before", alias });
}

function remembered(
  alias: AliasName,
  carriers: readonly AgentWithAliases[],
): readonly Repointing[] {
  const memory = previousAliasOf(alias);
  return carriers.flatMap((agent): Repointing[] => {
    const to = memory === undefined ? undefined : versionOfAlias(agent, memory);
    return to === undefined || to === versionOfAlias(agent, alias) ? [] : [{ agent, to }];
  });
}

function released(
  scope: Scope,
  targets: RollbackSight["targets"],
  alias: AliasName,
  carriers: readonly AgentWithAliases[],
): readonly Repointing[] {
  const memory = previousAliasOf(alias);
  const found = carriers.flatMap((agent) => {
    const version = targets.get(agent.remote.id);
    const tags = version && tagsOf(version);
    const isProven =
      version !== undefined && isOurs(tags, scope) && provesItself(version, version.versions);
    const isRemembered = memory !== undefined && versionOfAlias(agent, memory) !== undefined;
    return isProven && tags !== undefined && !isRemembered ? [{ agent, tags }] : [];
  });
  const last = found
    .map(({ tags }) => tags.release)
    .sort()
    .at(-1);
  return found.flatMap(({ agent, tags }): Repointing[] => {
    const to = tags.release === last ? aliasesBefore(tags).get(alias) : undefined;
    return to === undefined ? [] : [{ agent, to }];
  });
}

/** Those of which the alias moved last, all of the same run. One without a time counts as the first one's. */
function newest(repointings: readonly Repointing[], alias: AliasName): readonly Repointing[] {
  const timeOf = ({ agent }: Repointing) =>
    Date.parse(agent.aliases.find((each) => each.alias === alias)?.updated_at ?? "");
  const last = Math.max(...repointings.map(timeOf).filter((time) => !Number.isNaN(time)));
  return repointings.filter((each) => !(last - timeOf(each) > oneRunMs));
}

function oneVersion(
  { fleet }: RollbackSight,
  alias: AliasName,
  key: string,
  version: Version,
): GoingBack {
  const agent = fleet.find((each) => each.key === key);
  if (agent === undefined) {
    const known = fleet.map((each) => each.key);
    return refused({ kind: "unknown_key", flag: "only", key, known });
  }
  const versions = [...agent.remote.versions].sort((left, right) => left - right);
  if (!versions.includes(version)) {
    return refused({ kind: "unknown_version", key: key as AgentKey, alias, version, versions });
  }
  return { repointings: [{ agent, to: version }], refusals: [] };
}

function toCommit(
  scope: Scope,
  { histories }: RollbackSight,
  alias: AliasName,
  carriers: readonly AgentWithAliases[],
  { commit, named, reaches }: Extract<RollbackTarget, { kind: "commit" }>,
): GoingBack {
  if (named.length > 1) return refused({ kind: "ambiguous_commit", commit, named });
  const repointings = carriers.flatMap((agent): Repointing[] => {
    const { remote } = agent;
    const made = provenVersions(remote, histories.get(remote.id) ?? [], scope).filter((version) => {
      const from = commitRecordIn(version.version_message);
      return from !== undefined && !from.isDirty && reaches(from.commit);
    });
    const to = made.at(-1)?.version;
    return to === undefined ? [] : [{ agent, to }];
  });
  return repointings.length > 0
    ? { repointings, refusals: [] }
    : refused({ kind: "unknown_commit", alias, commit });
}
