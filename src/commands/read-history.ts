import { isApiError } from "../agent/api-error.ts";
import type { Version } from "../agent/identity.ts";
import type { EnoughVersions, Reader } from "../agent/ports.ts";
import type { RemoteAgent, RemoteAlias } from "../agent/remote-agent.ts";
import { provesItself, tagsOf } from "../agent/tags.ts";

/** Most versions that are searched for one to reuse: clients that write a version on every run make thousands. */
const mostSearched = 500;

/**
 * The versions of an agent that a plan needs, in any order: the newest ones down to one that agentvane wrote and nobody
 * edited, the version that outside edits started from, and those of the aliases. For an agent with few versions, all of
 * them. Rejects with an `ApiError` if they cannot be read completely.
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

/** Another owner's agent is read only until it is clear whether its tags were lost. */
function enoughFor(remote: RemoteAgent, base: readonly RemoteAgent[]): EnoughVersions {
  const isProven = (each: RemoteAgent) => provesItself(each, remote.versions);
  const isBaseKnown = tagsOf(remote) === undefined || base.some(isProven);
  return (newest) => newest.length >= mostSearched && (isBaseKnown || newest.some(isProven));
}

/** The version in the tags of the default: an edit in the console copies them. */
function numberInTags(remote: RemoteAgent): readonly Version[] {
  const text = tagsOf(remote)?.version ?? "";
  return /^\d{1,9}$/.test(text) ? [Number(text) as Version] : [];
}

/** Ignores numbers that are not versions of this agent: tags can come from a copy of another one. */
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
