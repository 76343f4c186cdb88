import type { AgentKey } from "../agent/identity.ts";
import type { JsonObject } from "../agent/json.ts";
import { type Tags, tagsToMetadata } from "../agent/tags.ts";
import type { Stamp } from "../plan/agent-plan.ts";
import type { Run } from "./run.ts";

/** The tags of a version that is about to be written and is expected to get this number. */
export function tagsFor(
  run: Run,
  key: AgentKey,
  stamp: Stamp,
  expected: number,
  createNonce: string,
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
  };
}

/** Where this release moves an agent's aliases from: what a later plan needs to tell drift from a release. */
function aliasTag(run: Run, key: AgentKey): string {
  return run.plan.releaseWaves
    .flat()
    .filter((move) => move.key === key && move.to.kind === "built")
    .map((move) => `${move.alias}=${move.from ?? ""}`)
    .sort()
    .join(",");
}

/** The members that every write carries besides the definition: labels with tags, and who made it. */
export function stampedMembers(run: Run, labels: JsonObject, tags: Tags): JsonObject {
  return {
    metadata: { ...labels, ...tagsToMetadata(tags) },
    version_message: run.options.provenance,
  };
}
