import type { Version } from "../agent/identity.ts";
import { type CommitRecord, commitRecordIn } from "../agent/provenance.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { provesItself, tagsOf } from "../agent/tags.ts";

/** The commit that a version of ours was made from. */
export type VersionRecord = CommitRecord & {
  /**
   * When that commit was made, in milliseconds: what its author's clock said, but no later than the release that
   * wrote the version; without either, no earlier than the agent was created.
   */
  readonly committedMs: number;
};

/** What a version tells of its commit; undefined for one that does not prove itself or tells none. */
export function versionRecord(version: RemoteAgent): VersionRecord | undefined {
  const tags = tagsOf(version);
  if (tags === undefined || !provesItself(version, version.versions)) return undefined;
  const record = commitRecordIn(version.version_message);
  if (record === undefined) return undefined;
  const times = [Date.parse(record.committedAt ?? ""), releaseMs(tags.release)];
  const known = times.filter((time) => !Number.isNaN(time));
  return {
    ...record,
    committedMs: known.length > 0 ? Math.min(...known) : Date.parse(version.created_at),
  };
}

/** The version of ours that an edit made outside started from, which copied its tags; undefined for all others. */
export function editedVersion(version: RemoteAgent): Version | undefined {
  const tags = tagsOf(version);
  if (tags === undefined || provesItself(version, version.versions)) return undefined;
  return version.versions.find((each) => String(each) === tags.version);
}

/** The time in a release id, such as `20261124T154901250Z-f2a046`. */
function releaseMs(release: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z/.exec(release);
  if (parts === null) return Number.NaN;
  const [, year, month, day, hour, minute, second, ms] = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
}
