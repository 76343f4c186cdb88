import type { RemoteAgent } from "../agent/remote-agent.ts";

/** When a version was written: the time where it is known, else the latest it can have been. RFC 3339. */
export type VersionTime = {
  readonly time: string | undefined;
  readonly notAfter: string | undefined;
};

/**
 * When each version of an agent was written, newest first like the versions; `releases` are their release ids, empty
 * where a version is not ours. The
 * server documents its times as those of the agent; only where they differ from version to version are they taken
 * for the version's. A version of somebody else was there before the next one of ours.
 */
export function versionTimes(
  versions: readonly RemoteAgent[],
  releases: readonly string[],
): readonly VersionTime[] {
  const isOwnTime = new Set(versions.map(({ created_at }) => created_at)).size > 1;
  let notAfter = versions[0]?.updated_at;
  return versions.map((version, at) => {
    const time = releaseTime(releases[at] ?? "") ?? (isOwnTime ? version.created_at : undefined);
    const found = { time, notAfter: time === undefined ? notAfter : undefined };
    notAfter = time ?? notAfter;
    return found;
  });
}

/** The time in a release id, such as `20261124T154901250Z-f2a046`. */
function releaseTime(release: string): string | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)\d*Z/.exec(release);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
}
