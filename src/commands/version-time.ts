import type { RemoteAgent } from "../agent/remote-agent.ts";

/** When a version was written: the time if known, else the latest possible time. RFC 3339. */
export type VersionTime = {
  readonly time: string | undefined;
  readonly notAfter: string | undefined;
};

/**
 * When each version of an agent was written, newest first like the versions; `releases` are their release ids, empty
 * for outside versions. The server documents its times as those of the agent, so they count for a version only if they
 * differ between versions. An outside version was written before the next version of ours.
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
