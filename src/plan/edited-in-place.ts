import { agentTable } from "../agent/agent-table.ts";
import { comparableForm } from "../agent/comparable-form.ts";
import type { DesiredAgent } from "../agent/definition.ts";
import type { AliasName } from "../agent/identity.ts";
import { type Json, sameJson } from "../agent/json.ts";
import type { PropertyPath } from "../agent/property-path.ts";
import {
  newestVersion,
  oneRequestMs,
  type RemoteAgent,
  type RemoteAlias,
} from "../agent/remote-agent.ts";
import { aliasesBefore, tagsOf } from "../agent/tags.ts";
import { valueAt } from "../agent/value-at.ts";
import type { ConfigReferences } from "./agent-plan.ts";
import { contentMismatches, type Mismatch } from "./content-tag.ts";
import { previousAliasOf } from "./previous-alias.ts";

/** What tells whether somebody edited a version in place. */
export type EditSight = {
  readonly agent: DesiredAgent;
  readonly remote: RemoteAgent;
  readonly history: readonly RemoteAgent[];
  readonly aliases: readonly RemoteAlias[];
  readonly references: ConfigReferences;
};

/**
 * What of a version somebody edited in place: what is not as it was sent, except what the server never took. A
 * version that was released was verified, so nothing of it was left untaken:
 *
 * | the version | what is not as it was sent |
 * |---|---|
 * | one of its aliases, or what remembers it, stands on it | was edited |
 * | is the only one, and nothing was written since it was made | was not taken |
 * | is the default, its aliases stand elsewhere | was not taken if it is as in the version before, else edited |
 * | is the default and moves no alias | was edited, except what was to be cleared and is as before |
 * | is the newest one, and not the default | was not taken: its release failed |
 * | is older | was edited |
 */
export function editsInPlace(version: RemoteAgent, sight: EditSight): readonly Mismatch[] {
  const { agent, remote, references } = sight;
  const found = contentMismatches(version, agent, references);
  if (found.length === 0 || wasReleased(version, sight)) return found;
  if (version.version !== remote.version) {
    return version.version === newestVersion(remote) ? [] : found;
  }
  if (isFresh(remote)) return [];
  const movesAliases = namedAliases(version).length > 0;
  return found.filter(
    (each) => !((movesAliases || each.wasUnset) && isAsBefore(each, version, sight)),
  );
}

function wasReleased(version: RemoteAgent, { aliases }: EditSight): boolean {
  const named = namedAliases(version);
  const witnesses: readonly unknown[] = [...named, ...named.map(previousAliasOf)];
  return aliases.some((each) => each.version === version.version && witnesses.includes(each.alias));
}

/** The aliases that the release of a version moved to it. */
export function namedAliases(version: RemoteAgent): readonly AliasName[] {
  const tags = tagsOf(version);
  return tags === undefined ? [] : [...aliasesBefore(tags).keys()];
}

function isFresh({ versions, created_at, updated_at }: RemoteAgent): boolean {
  return versions.length === 1 && Date.parse(updated_at) - Date.parse(created_at) <= oneRequestMs;
}

/** A write that a server did not take leaves a property as it was, and on a new agent unset. */
function isAsBefore({ path }: Mismatch, version: RemoteAgent, { history }: EditSight): boolean {
  const before = history
    .filter((each) => each.version < version.version)
    .toSorted((left, right) => right.version - left.version)[0];
  return sameJson(formAt(path, before), formAt(path, version));
}

function formAt(path: PropertyPath, version: RemoteAgent | undefined): Json {
  const row = agentTable.find((each) => each.name === path[0]);
  if (version === undefined || row === undefined) return null;
  if (row.kind.kind !== "labels") return comparableForm(row, version[row.name]);
  return valueAt(version, path) ?? null;
}
