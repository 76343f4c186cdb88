import { agentTable } from "../agent/agent-table.ts";
import { bareSecretDifferences } from "../agent/bare-secrets.ts";
import { canonical } from "../agent/canonical.ts";
import { type DesiredAgent, handoffsOf } from "../agent/definition.ts";
import { differences } from "../agent/differences.ts";
import { emptyForms } from "../agent/empty-form.ts";
import type { Version } from "../agent/identity.ts";
import { type JsonObject, objectOf, sameJson } from "../agent/json.ts";
import type { PropertyPath } from "../agent/property-path.ts";
import { type RemoteAgent, serverOwned } from "../agent/remote-agent.ts";
import { holdsSecret } from "../agent/secrets.ts";
import { aliasesBefore, tagsOf } from "../agent/tags.ts";
import { targetOf } from "../agent/target.ts";
import type { ReusePlan, Stamp } from "./agent-plan.ts";
import { withConfigReferences } from "./config-references.ts";
import { contentMismatches } from "./content-tag.ts";
import { type EditSight, editsInPlace } from "./edited-in-place.ts";

/** A version that makes a new one needless. */
export type Reusable = {
  readonly version: Version;
  readonly before: ReusePlan["before"];
  /** What it was built for and did not take; such a version is verified again, and not built once more. */
  readonly missing: readonly PropertyPath[];
};

/** What an agent is to become, and where that may be found already. */
export type ReuseSight = EditSight & {
  /** The agent as it should be, made for the default version. */
  readonly target: JsonObject;
  readonly stamp: Stamp;
  /** The versions that this project wrote as they stand. */
  readonly proven: readonly RemoteAgent[];
  /** What looks as if the server had not taken it may be somebody's edit in place, which is to be overwritten. */
  readonly overwrites: boolean;
};

/**
 * The version to switch to instead of building one. It says that it is this key's, under the same protection,
 * and has the definition in everything we manage and the default's content in everything we do not. Of
 * several, one that an alias stands on, else the newest; one that lacks something only when none is whole.
 *
 * A definition with a secret is always built: an old version holds the secret of its day.
 */
export function findReusable(sight: ReuseSight): Reusable | undefined {
  const { agent, aliases } = sight;
  if (holdsSecret(agentTable, agent.definition)) return undefined;
  const candidates = sight.proven.flatMap((version) => reusable(sight, version) ?? []);
  const found = sight.overwrites
    ? candidates.filter((each) => each.missing.length === 0 || isUntakenAgain(each, sight))
    : candidates;
  const isStoodOn = ({ version }: Reusable) => aliases.some((alias) => alias.version === version);
  const rank = (each: Reusable) => (each.missing.length === 0 ? 2 : 0) + (isStoodOn(each) ? 1 : 0);
  return found.toSorted(
    (left, right) => rank(right) - rank(left) || right.version - left.version,
  )[0];
}

function reusable(sight: ReuseSight, candidate: RemoteAgent): Reusable | undefined {
  const { agent, remote, target, stamp, references } = sight;
  const tags = tagsOf(candidate);
  if (tags?.key !== agent.key || (tags.protect === "true") !== stamp.protect) return undefined;
  if ((tags.ephemeral === "true") !== stamp.ephemeral) return undefined;
  const content = withConfigReferences(candidate, references);
  const itsTarget = targetOf(agentTable, agent.definition, content, agent.ignoreChanges);
  if (
    !sameJson(itsTarget, target) ||
    !sameJson(unmanaged(agent, candidate), unmanaged(agent, remote))
  ) {
    return undefined;
  }
  if (bareSecretDifferences(agentTable, content, itsTarget, "compared").length > 0)
    return undefined;
  const wanted = canonical(agentTable, itsTarget);
  const missed = differences(agentTable, canonical(agentTable, content), wanted, "compared");
  const missing = missed.map(({ path }) => path);
  // What was edited in place is not what it was built for, even if it is what is wanted now.
  const isAsSent =
    missing.length > 0 || contentMismatches(candidate, agent, references).length === 0;
  if (!isAsSent || editsInPlace(candidate, sight).length > 0) return undefined;
  const isBuiltForThis =
    tags.spec === stamp.spec &&
    !missing.some((path) => isElsewhere(agent, path)) &&
    (emptyForms(agentTable, missed) === undefined || isSecondTry(sight, candidate));
  return missing.length === 0 || isBuiltForThis
    ? { version: candidate.version, before: aliasesBefore(tags), missing }
    : undefined;
}

/**
 * Whether another release for the same definition left the same: then the server takes it from nobody. One version
 * alone may have been edited in place, which looks the same, so it is written once more where a person says so.
 */
function isUntakenAgain({ version }: Reusable, sight: ReuseSight): boolean {
  const { proven, stamp, references } = sight;
  const formOf = (each: RemoteAgent) =>
    canonical(agentTable, withConfigReferences(each, references));
  const one = proven.find((each) => each.version === version);
  return proven.some((other) => {
    const tags = tagsOf(other);
    return (
      one !== undefined &&
      tags?.spec === stamp.spec &&
      tags.release !== tagsOf(one)?.release &&
      sameJson(formOf(other), formOf(one))
    );
  });
}

/** A release that ended after its first try has not found out yet whether the empty form is taken. */
function isSecondTry({ proven }: ReuseSight, candidate: RemoteAgent): boolean {
  const release = tagsOf(candidate)?.release;
  return proven.some(
    (each) => each.version < candidate.version && tagsOf(each)?.release === release,
  );
}

/** Handoffs by key lead elsewhere when an agent was made anew; that is no fault of the version. */
function isElsewhere({ definition }: DesiredAgent, [property]: PropertyPath): boolean {
  return property === "handoffs" && handoffsOf(definition).length > 0;
}

/** Members outside the field table, and those of it that count only when they are declared and are not. */
function unmanaged({ definition }: DesiredAgent, version: RemoteAgent): JsonObject {
  const managed = new Set(
    agentTable
      .filter((row) => !row.onlyWhenDeclared || definition[row.name] !== undefined)
      .map(({ name }) => name),
  );
  return objectOf(
    Object.entries(version).filter(([name]) => !managed.has(name) && !serverOwned.has(name)),
  );
}
