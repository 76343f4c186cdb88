import { agentTable } from "../agent/agent-table.ts";
import { canonical } from "../agent/canonical.ts";
import type { BoundProject } from "../agent/definition.ts";
import { type Difference, differences } from "../agent/differences.ts";
import type { AgentId, AgentKey, Version } from "../agent/identity.ts";
import type { Reader } from "../agent/ports.ts";
import { commitRecordIn } from "../agent/provenance.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { provesItself, type Tags, tagsOf } from "../agent/tags.ts";
import { withConfigReferences } from "../plan/config-references.ts";
import { isOurs } from "../plan/identify.ts";
import { keysIn } from "../plan/repoint-plan.ts";
import type { Emit } from "./event.ts";
import type { HistoryEntry, VersionAuthor } from "./history-entry.ts";
import { readOwnAgents } from "./read-fleet.ts";
import { type VersionTime, versionTimes } from "./version-time.ts";

export type HistoryRequest = {
  readonly desired: BoundProject;
  readonly reader: Reader;
  readonly key: string;
  /** Two versions to compare instead of the list. */
  readonly diff: readonly [Version, Version] | undefined;
};

/** `agentvane history KEY`: lists every version, newest first, or compares two of them. */
export async function runHistory(request: HistoryRequest, emit: Emit): Promise<void> {
  const { desired, reader, key, diff } = request;
  const ours = await readOwnAgents(desired, reader);
  const own = ours.find((each) => each.key === key);
  if (own === undefined) {
    return emit({ kind: "not_found", key, known: ours.map((each) => each.key) });
  }
  const { remote } = own;
  const versions = await reader.versions(remote.id);
  if (diff === undefined) {
    const aliases = await reader.aliases(remote.id);
    const newestFirst = [...versions].sort((left, right) => right.version - left.version);
    const written = newestFirst.map((version) => entryOf(version, remote, desired));
    const times = versionTimes(
      newestFirst,
      written.map(({ release }) => release),
    );
    const entries = written.map((entry, at) => ({
      time: undefined,
      notAfter: undefined,
      ...times[at],
      ...entry,
      aliases: aliases.filter(({ version }) => version === entry.version).map(({ alias }) => alias),
    }));
    return emit({ kind: "history_read", key, id: remote.id, entries });
  }
  const [before, after] = diff.map((number) => versions.find(({ version }) => version === number));
  const missing = diff.filter((number) => !versions.some(({ version }) => version === number));
  if (before === undefined || after === undefined) {
    const known = versions.map(({ version }) => version).sort((left, right) => left - right);
    return emit({ kind: "version_missing", key, missing, known });
  }
  const keyOf = keysIn(ours);
  const changes = changesBetween(before, after, (id) => keyOf.get(id as AgentId));
  emit({ kind: "versions_compared", key, before: before.version, after: after.version, changes });
}

function entryOf(
  version: RemoteAgent,
  remote: RemoteAgent,
  owner: BoundProject,
): Omit<HistoryEntry, "aliases" | keyof VersionTime> {
  const tags = tagsOf(version);
  const author = authorOf(version, tags, owner);
  const message = version.version_message;
  return {
    version: version.version,
    isDefault: version.version === remote.version,
    author,
    release: author === "agentvane" ? (tags?.release ?? "") : "",
    message: typeof message === "string" ? message : undefined,
    commit: author === "outside" ? undefined : commitText(message),
  };
}

function commitText(message: unknown): string | undefined {
  const record = commitRecordIn(message);
  return record && `${record.commit}${record.isDirty ? "-dirty" : ""}`;
}

function authorOf(
  version: RemoteAgent,
  tags: Tags | undefined,
  owner: BoundProject,
): VersionAuthor {
  if (tags === undefined || !provesItself(version, version.versions)) return "outside";
  return isOurs(tags, owner) ? "agentvane" : "other_project";
}

function changesBetween(
  before: RemoteAgent,
  after: RemoteAgent,
  keyOf: (id: string) => AgentKey | undefined,
): readonly Difference[] {
  const words = {
    agent: (id: string) => {
      const key = keyOf(id);
      return key === undefined ? { id: id as AgentId } : { key };
    },
    connector: (id: string) => id,
  };
  const form = (version: RemoteAgent) =>
    canonical(agentTable, withConfigReferences(version, words));
  return differences(agentTable, form(before), form(after), "trusted");
}
