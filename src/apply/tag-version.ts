import type { AgentKey, AliasName, Version } from "../agent/identity.ts";
import { isObject, type JsonObject } from "../agent/json.ts";
import { aliasesTag, type Tags, tagsToMetadata, untaggedMetadata } from "../agent/tags.ts";
import type { Stamp } from "../plan/agent-plan.ts";
import { contentTag } from "../plan/content-tag.ts";
import type { Run } from "./run.ts";

/** What a version says about its owner: all tags, or none. */
export type Mark =
  | { readonly kind: "tagged"; readonly stamp: Stamp }
  | { readonly kind: "untagged" };

/** The tags of a version with these members that is expected to get this number. */
export function tagsFor(
  run: Run,
  key: AgentKey,
  stamp: Stamp,
  expected: number,
  createNonce: string,
  sent: JsonObject,
): Tags {
  const { project, environment } = run.plan.scope;
  return {
    project,
    environment,
    key,
    version: String(expected),
    spec: stamp.spec,
    create: createNonce,
    release: run.options.release,
    aliases: aliasTag(run, key),
    protect: String(stamp.protect),
    ephemeral: String(stamp.ephemeral),
    content: contentTag(sent, stamp.managed),
  };
}

/**
 * The versions that this release moves an agent's aliases from: a later plan needs them to tell drift from a release.
 */
function aliasTag(run: Run, key: AgentKey): string {
  const moves = (run.moves.get(key) ?? []).filter(({ to }) => to.kind === "built");
  return aliasesTag(
    new Map(
      moves.map(({ pointer, from }): [AliasName, Version | undefined] => [
        pointer as AliasName,
        from,
      ]),
    ),
  );
}

/** The members of every write besides the definition: labels with tags, and the origin. */
export function stampedMembers(
  run: Run,
  labels: JsonObject[string] | undefined,
  tags: Tags | undefined,
): JsonObject {
  const marks = tags === undefined ? untaggedMetadata : tagsToMetadata(tags);
  return {
    metadata: { ...(isObject(labels) ? labels : {}), ...marks },
    version_message: run.options.provenance,
  };
}
