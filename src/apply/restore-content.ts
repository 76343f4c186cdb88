import { agentTable } from "../agent/agent-table.ts";
import { isApiError } from "../agent/api-error.ts";
import { canonical } from "../agent/canonical.ts";
import { differences } from "../agent/differences.ts";
import type { AgentId, AgentKey, AgentRef } from "../agent/identity.ts";
import { isList, isObject, type Json, type JsonObject, objectOf, sameJson } from "../agent/json.ts";
import type { PropertyPath } from "../agent/property-path.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { requestMembers } from "../agent/request-body.ts";
import { targetOf } from "../agent/target.ts";
import type { Run } from "./run.ts";

/** An agent whose default version a write edited in place instead of making a new one. */
export type EditedContent = {
  readonly key: AgentKey;
  /** The agent before the write. */
  readonly from: RemoteAgent;
};

/**
 * Restores what a PATCH changed in place, by a second PATCH, and reports which properties still differ. A tool with a
 * secret that was read from the server cannot be sent, so it stays as the first PATCH left it. Never rejects because of
 * the API.
 */
export async function restoreContent(run: Run, { key, from }: EditedContent): Promise<void> {
  const { id, version } = from;
  let paths: readonly PropertyPath[] | undefined = [];
  try {
    // Its answer may be lost too, and sending it twice is harmless.
    for (let sent = 0; sent < 2; sent += 1) {
      const now = await run.reader.agent(id);
      // Only the default version can be edited in place; another default belongs to another writer.
      const isOnTop = now.version === version;
      paths = pathsLeft(isOnTop ? now : await run.reader.agent(id, version), from);
      if (paths.length === 0 || !isOnTop) break;
      await run.writer.update(id, bodyOf(run, now, from)).catch(ignoreLost);
      paths = pathsLeft(await run.reader.agent(id), from);
      if (paths.length === 0) break;
    }
  } catch (error) {
    if (!isApiError(error)) throw error;
    if (paths.length === 0) paths = undefined;
  }
  if (paths?.length === 0) run.emit({ kind: "content_reverted", key, id, version });
  else run.emit({ kind: "content_left", key, id, version, paths });
}

function ignoreLost(error: unknown): void {
  if (!isApiError(error, "unknown_outcome", "unavailable")) throw error;
}

function bodyOf(run: Run, now: RemoteAgent, from: RemoteAgent): JsonObject {
  const declared = { ...withRefs(from), metadata: from.metadata ?? null };
  const target = targetOf(agentTable, declared, withRefs(now), []);
  const dereference = {
    idOf: (ref: AgentRef) => ("id" in ref ? ref.id : ("" as AgentId)),
    reveal: run.reveal,
  };
  const labels = isObject(from.metadata) ? from.metadata : {};
  const later = Object.keys(isObject(now.metadata) ? now.metadata : {});
  return {
    ...requestMembers(agentTable, target, dereference),
    metadata: { ...objectOf(later.map((name) => [name, null])), ...labels },
    version_message: from.version_message ?? null,
  };
}

/** Handoffs in the form of a definition. */
function withRefs(agent: RemoteAgent): JsonObject {
  const { handoffs } = agent;
  return isList(handoffs) ? { ...agent, handoffs: handoffs.map((id): Json => ({ id })) } : agent;
}

/** The properties, labels and tags that differ from an earlier state. */
export function pathsLeft(now: RemoteAgent, from: RemoteAgent): readonly PropertyPath[] {
  const form = (agent: RemoteAgent) => canonical(agentTable, agent);
  const changed = differences(agentTable, form(now), form(from), "trusted");
  const [labels, before] = [labelsOf(now), labelsOf(from)];
  const isTagged = sameJson(labels, before) || changed.some(({ path }) => path[0] === "metadata");
  const paths = changed.map(({ path }) => path);
  return isTagged ? paths : [...paths, ["metadata"]];
}

function labelsOf({ metadata }: RemoteAgent): JsonObject {
  const labels = Object.entries(isObject(metadata) ? metadata : {});
  return objectOf(labels.filter(([, label]) => label !== null));
}
