import { isApiError } from "../agent/api-error.ts";
import type { Version } from "../agent/identity.ts";
import type { EnoughVersions, Reader } from "../agent/ports.ts";
import type { RemoteAgent, RemoteAlias } from "../agent/remote-agent.ts";
import { provesItself, tagsOf } from "../agent/tags.ts";

/** Most versions that are looked through for one to reuse: thousands come from clients that write one on every run. */
const mostSearched = 500;

/**
 * The versions of an agent that a plan needs, in no promised order: the newest ones, down to one that agentvane
 * wrote as it stands, the version that edits outside started from, and those that the aliases stand at. All of
 * them for an agent with few. Rejects with an `ApiError` when they cannot be read whole.
 */
export async function readHistory(
  reader: Reader,
  remote: RemoteAgent,
  aliases: () => Promise<readonly RemoteAlias[]>,
): Promise<readonly RemoteAgent[]> {
  if (remote.versions.length <= mostSearched) return reader.versions(remote.id);
  const base = await readEach(reader, remote, numberInTags(remote));
  const newest = await reader.versions(remote.id, enoughFor(remote, base));
  const read = new Set([...newest, ...base].map(({ version }) => version));
  const older = (await aliases()).map(({ version }) => version).filter((at) => !read.has(at));
  const found = new Map(
    [...base, ...newest, ...(await readEach(reader, remote, older))].map((each) => [
      each.version,
      each,
    ]),
  );
  return [...found.values()];
}

/** Somebody else's agent is searched no further: only whether its tags were lost is of interest. */
function enoughFor(remote: RemoteAgent, base: readonly RemoteAgent[]): EnoughVersions {
  const isProven = (each: RemoteAgent) => provesItself(each, remote.versions);
  const isBaseKnown = tagsOf(remote) === undefined || base.some(isProven);
  return (newest) => newest.length >= mostSearched && (isBaseKnown || newest.some(isProven));
}

/** The version that the default names in its tags: an edit in the console copies them. */
function numberInTags(remote: RemoteAgent): readonly Version[] {
  const text = tagsOf(remote)?.version ?? "";
  return /^\d{1,9}$/.test(text) ? [Number(text) as Version] : [];
}

/** Without the numbers that are none of this agent's: tags can come from a copy of another one. */
async function readEach(
  reader: Reader,
  { id }: RemoteAgent,
  versions: readonly Version[],
): Promise<readonly RemoteAgent[]> {
  const read = async (version: Version): Promise<readonly RemoteAgent[]> => {
    try {
      return [await reader.agent(id, version)];
    } catch (error) {
      if (isApiError(error, "missing")) return [];
      throw error;
    }
  };
  return (await Promise.all([...new Set(versions)].map(read))).flat();
}
