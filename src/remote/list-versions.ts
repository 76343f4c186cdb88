import type { AgentId, Version } from "../agent/identity.ts";
import type { EnoughVersions } from "../agent/ports.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { agentPath, type Call, get } from "./call.ts";
import type { HttpClient } from "./http-client.ts";
import { refuseEndless } from "./read-pages.ts";
import { agentFrom, listFrom, unexpectedResponse } from "./response-shape.ts";

const pageSize = 100;

/**
 * Every version of an agent, in the server's order, each once. If the server lists the newest first, reading ends as
 * soon as the wanted versions are found. Rejects if a version that other versions name is missing from the list: the
 * history is then incomplete.
 */
export async function listVersions(
  http: HttpClient,
  id: AgentId,
  isEnough: EnoughVersions = () => false,
): Promise<readonly RemoteAgent[]> {
  const found = new Map<Version, RemoteAgent>();
  const known = new Set<Version>();
  for (let page = 0; ; page += 1) {
    const call = get(`${agentPath(id)}/versions?page=${page}&page_size=${pageSize}`);
    refuseEndless(call, page + 1);
    const items = listFrom(call, await http(call)).map((item) => agentFrom(call, item));
    const before = found.size;
    for (const item of items) found.set(item.version, item);
    noteKnown(known, items);
    const versions = [...found.values()];
    if (isNewestFirst(versions) && isEnough(versions)) {
      refuseHole(call, known, found, versions.at(-1)?.version);
      return versions;
    }
    const isShort = items.length < pageSize;
    if (isShort && found.size > 0 && firstMissing(known, found) === undefined) return versions;
    if (found.size > before) continue;
    refuseHole(call, known, found);
    if (found.size === 0) throw unexpectedResponse(call, "the list of versions is empty");
    return versions;
  }
}

/** Each version names all others: ten thousand versions hold a hundred million numbers, nearly all of them repeated. */
function noteKnown(known: Set<Version>, items: readonly RemoteAgent[]): void {
  let last: readonly Version[] = [];
  for (const { versions } of items) {
    if (versions.length === last.length && versions.at(-1) === last.at(-1)) continue;
    for (const version of versions) known.add(version);
    last = versions;
  }
}

function isNewestFirst(versions: readonly RemoteAgent[]): boolean {
  return (
    versions.length > 1 &&
    versions.every(({ version }, at) => version < (versions[at - 1]?.version ?? Infinity))
  );
}

/** Throws if a known version from `lowest` on was not found. */
function refuseHole(
  call: Call,
  known: ReadonlySet<Version>,
  found: ReadonlyMap<Version, RemoteAgent>,
  lowest?: Version,
): void {
  const version = firstMissing(known, found, lowest);
  if (version !== undefined)
    throw unexpectedResponse(call, `version ${version} is not in the list`);
}

function firstMissing(
  known: ReadonlySet<Version>,
  found: ReadonlyMap<Version, RemoteAgent>,
  lowest = 0 as Version,
): Version | undefined {
  for (const version of known) if (version >= lowest && !found.has(version)) return version;
  return undefined;
}
