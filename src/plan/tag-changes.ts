import type { DesiredAgent } from "../agent/definition.ts";
import { nextVersion, type RemoteAgent } from "../agent/remote-agent.ts";
import { provesItself, type Tags, tagsOf } from "../agent/tags.ts";
import type { Change } from "./agent-plan.ts";
import type { Ephemerality } from "./spec.ts";

/**
 * Tags that must be written although nothing else may change: the key after a rename, the protection, whether the
 * environment is ephemeral, and what
 * proves the version on an edit made outside, in place or not, that turns out to equal the definition.
 */
export function tagChanges(
  agent: DesiredAgent,
  remote: RemoteAgent,
  { isEphemeral }: Ephemerality,
  contentSettled: boolean,
  isDefaultEdited: boolean,
): readonly Change[] {
  const tags = tagsOf(remote);
  if (tags === undefined) return [];
  const changes: Change[] = [];
  if (tags.key !== agent.key) changes.push(tagChange("key", tags.key, agent.key));
  const wasProtected = String(tags.protect === "true");
  const isProtected = String(agent.preventDestroy);
  if (wasProtected !== isProtected) changes.push(tagChange("protect", wasProtected, isProtected));
  const wasEphemeral = String(tags.ephemeral === "true");
  if (wasEphemeral !== String(isEphemeral)) {
    changes.push(tagChange("ephemeral", wasEphemeral, String(isEphemeral)));
  }
  if (contentSettled && (isDefaultEdited || !provesItself(remote, remote.versions))) {
    changes.push(tagChange("version", tags.version, String(nextVersion(remote))));
  }
  return changes;
}

function tagChange(name: keyof Tags, before: string, after: string): Change {
  return { path: ["metadata", `agentvane.${name}`], before, after, origin: "yours" };
}
