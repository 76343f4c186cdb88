import type { AgentId, AgentKey, AliasName, Version } from "../agent/identity.ts";
import { commitIn } from "../agent/provenance.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { aliasesBefore, provesItself, tagsOf } from "../agent/tags.ts";
import { isOurs } from "./identify.ts";
import { provenVersions } from "./origin.ts";
import type { Plan } from "./plan.ts";
import { previousAliasOf } from "./previous-alias.ts";
import type { Refusal } from "./refusal.ts";
import { makeRepointPlan, placeOf, type Repointing, type Standing } from "./repoint-plan.ts";
import type { Scope } from "./scope.ts";

/** How far back an alias goes. */
export type Way =
  /** To where it stood before the newest release that moved it. */
  | { readonly kind: "release" }
  /** One agent, to a version by number. */
  | { readonly kind: "version"; readonly key: string; readonly version: Version }
  /** Every agent, to the version that was made from one of these commits: one commit and its ancestors. */
  | {
      readonly kind: "commit";
      readonly commit: string;
      readonly reaches: (commit: string) => boolean;
    };

/** What was read for a rollback: where the alias stands, and every version where that is needed. */
export type RollbackSight = {
  readonly fleet: readonly Standing[];
  /** The versions that the alias stands at. */
  readonly targets: ReadonlyMap<AgentId, RemoteAgent>;
  readonly histories: ReadonlyMap<AgentId, readonly RemoteAgent[]>;
};

/** The plan of a rollback: it moves aliases to versions that are there, and touches no default. */
export function makeRollbackPlan(
  scope: Scope,
  sight: RollbackSight,
  alias: AliasName,
  way: Way,
): Plan {
  const { repointings, refusals } = goingBack(scope, sight, alias, way);
  return makeRepointPlan(scope, sight.fleet, alias, repointings, refusals);
}

type GoingBack = {
  readonly repointings: readonly Repointing[];
  readonly refusals: readonly Refusal[];
};

function goingBack(scope: Scope, sight: RollbackSight, alias: AliasName, way: Way): GoingBack {
  const carriers = sight.fleet.filter((each) => placeOf(each, alias) !== undefined);
  if (carriers.length === 0) return refused({ kind: "unknown_alias", alias, key: undefined });
  switch (way.kind) {
    case "release":
      return lastRelease(scope, sight, alias, carriers);
    case "version":
      return oneVersion(sight, alias, way.key, way.version);
    case "commit":
      return toCommit(scope, sight, alias, carriers, way);
  }
}

function refused(refusal: Refusal): GoingBack {
  return { repointings: [], refusals: [refusal] };
}

/**
 * What moved the alias last without building remembered where it was, and goes first. Otherwise the newest
 * release among the versions it stands at is undone: their tags say where the alias stood before.
 */
function lastRelease(
  scope: Scope,
  { targets }: RollbackSight,
  alias: AliasName,
  carriers: readonly Standing[],
): GoingBack {
  const memory = previousAliasOf(alias);
  const remembered = carriers.flatMap((standing): Repointing[] => {
    const to = memory === undefined ? undefined : placeOf(standing, memory);
    return to === undefined || to === placeOf(standing, alias) ? [] : [{ standing, to }];
  });
  if (remembered.length > 0) return { repointings: remembered, refusals: [] };
  const released = carriers.flatMap((standing) => {
    const version = targets.get(standing.remote.id);
    const tags = version && tagsOf(version);
    const isProven =
      version !== undefined && isOurs(tags, scope) && provesItself(version, version.versions);
    return isProven && tags !== undefined ? [{ standing, tags }] : [];
  });
  const newest = released
    .map(({ tags }) => tags.release)
    .sort()
    .at(-1);
  const repointings = released.flatMap(({ standing, tags }): Repointing[] => {
    const to = tags.release === newest ? aliasesBefore(tags).get(alias) : undefined;
    return to === undefined ? [] : [{ standing, to }];
  });
  if (repointings.length > 0) return { repointings, refusals: [] };
  return refused({ kind: "nothing_before", alias });
}

function oneVersion(
  { fleet }: RollbackSight,
  alias: AliasName,
  key: string,
  version: Version,
): GoingBack {
  const standing = fleet.find((each) => each.key === key);
  if (standing === undefined) {
    const known = fleet.map((each) => each.key);
    return refused({ kind: "unknown_key", flag: "only", key, known });
  }
  const versions = [...standing.remote.versions].sort((left, right) => left - right);
  if (!versions.includes(version)) {
    return refused({ kind: "unknown_version", key: key as AgentKey, alias, version, versions });
  }
  return { repointings: [{ standing, to: version }], refusals: [] };
}

function toCommit(
  scope: Scope,
  { histories }: RollbackSight,
  alias: AliasName,
  carriers: readonly Standing[],
  { commit, reaches }: Extract<Way, { kind: "commit" }>,
): GoingBack {
  const repointings = carriers.flatMap((standing): Repointing[] => {
    const { remote } = standing;
    const made = provenVersions(remote, histories.get(remote.id) ?? [], scope).filter((version) => {
      const from = commitIn(version.version_message);
      return from !== undefined && reaches(from);
    });
    const to = made.at(-1)?.version;
    return to === undefined ? [] : [{ standing, to }];
  });
  return repointings.length > 0
    ? { repointings, refusals: [] }
    : refused({ kind: "unknown_commit", alias, commit });
}
