import { agentTable } from "../agent/agent-table.ts";
import { canonical } from "../agent/canonical.ts";
import type { DesiredAgent } from "../agent/definition.ts";
import { type Difference, differences } from "../agent/differences.ts";
import { isObject, type JsonObject, objectOf } from "../agent/json.ts";
import { isWithin, type PropertyPath } from "../agent/property-path.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { provesItself, tagsOf } from "../agent/tags.ts";
import { targetOf } from "../agent/target.ts";
import type { Origin, PropertyDrift } from "./agent-plan.ts";
import { isOurs } from "./identify.ts";
import type { Owner } from "./scope.ts";

/**
 * What edits outside started from: the default version if agentvane wrote it as it stands; else the version
 * whose tags the edit copied, which is not the newest one after a re-use; else the newest version that agentvane
 * wrote. Undefined when there is none, as on an agent that was adopted and then edited.
 */
export function baseOf(
  remote: RemoteAgent,
  history: readonly RemoteAgent[],
  owner: Owner,
): RemoteAgent | undefined {
  const tags = tagsOf(remote);
  if (tags !== undefined && provesItself(remote, remote.versions)) return remote;
  const proven = provenVersions(remote, history, owner);
  return proven.find((each) => tagsOf(each)?.version === tags?.version) ?? proven.at(-1);
}

/** The versions that this project wrote as they stand, oldest first. */
export function provenVersions(
  remote: RemoteAgent,
  history: readonly RemoteAgent[],
  owner: Owner,
): readonly RemoteAgent[] {
  return history
    .filter((each) => isOurs(tagsOf(each), owner) && provesItself(each, remote.versions))
    .toSorted((left, right) => left.version - right.version);
}

/**
 * The canonical form that an agent would have if only the base were wanted: what the file does not manage is as
 * it stands now, so comparing with it tells what was changed outside and nothing else. It depends on which
 * properties the file manages, and never on what it wants them to be.
 */
export function baseForm(agent: DesiredAgent, base: JsonObject, current: JsonObject): JsonObject {
  const { metadata, deployment_chat: chat } = agent.definition;
  const labels = isObject(base.metadata) ? base.metadata : {};
  const declared = Object.keys(isObject(metadata) ? metadata : {});
  const { deployment_chat: itsChat = false, ...content } = base;
  const managed = {
    ...content,
    metadata: objectOf(declared.map((name) => [name, labels[name] ?? null])),
    ...(chat !== undefined && { deployment_chat: itsChat }),
  };
  return canonical(agentTable, targetOf(agentTable, managed, current, agent.ignoreChanges));
}

/** What was changed outside: from the base to what stands there now, both in canonical form. */
export function outsideChanges(base: JsonObject, actual: JsonObject): readonly PropertyDrift[] {
  return differences(agentTable, actual, base, "trusted").map(({ path, before, after }) => ({
    path,
    before: after,
    after: before,
  }));
}

/**
 * A function from a change to its origin, given the paths that were changed outside and in the file since the
 * base. What both sides changed, each in its own way, is a conflict.
 */
export function originIn(
  outside: readonly Pick<Difference, "path">[],
  ours: readonly Pick<Difference, "path">[],
): (change: Difference) => Origin {
  return ({ path }) => {
    if (!touches(outside, path)) return "yours";
    return touches(ours, path) ? "conflict" : "drift";
  };
}

/** What was changed outside and is not what the file wants as well, by the changes that a plan found. */
export function contested(
  outside: readonly PropertyDrift[],
  changes: readonly { readonly path: PropertyPath; readonly origin: Origin }[],
): readonly PropertyDrift[] {
  const taken = changes.filter(({ origin }) => origin !== "yours");
  return outside.filter(({ path }) => touches(taken, path));
}

function touches(changes: readonly { readonly path: PropertyPath }[], path: PropertyPath): boolean {
  return changes.some((change) => isWithin(change.path, path) || isWithin(path, change.path));
}
