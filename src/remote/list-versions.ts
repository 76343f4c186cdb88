import type { AgentId, Version } from "../agent/identity.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { agentPath } from "./agent-path.ts";
import { agentFrom, listFrom, wrongAnswer } from "./answer-shape.ts";
import { get } from "./call.ts";
import type { Exchange } from "./exchange.ts";

const pageSize = 100;

/**
 * Every version of an agent, in the server's order, each once. Rejects when a number that the versions
 * themselves name is not among them: the history is then not whole.
 */
export async function listVersions(
  exchange: Exchange,
  id: AgentId,
): Promise<readonly RemoteAgent[]> {
  const found = new Map<Version, RemoteAgent>();
  const known = new Set<Version>();
  const missing = () => [...known].filter((version) => !found.has(version));
  for (let page = 0; ; page += 1) {
    const call = get(`${agentPath(id)}/versions?page=${page}&page_size=${pageSize}`);
    const items = listFrom(call, await exchange(call)).map((item) => agentFrom(call, item));
    const before = found.size;
    for (const item of items) {
      found.set(item.version, item);
      for (const version of item.versions) known.add(version);
    }
    const isShort = items.length < pageSize;
    if (isShort && missing().length === 0 && found.size > 0) return [...found.values()];
    if (found.size > before) continue;
    const [version] = missing();
    if (version !== undefined) throw wrongAnswer(call, `version ${version} is not in the list`);
    if (found.size === 0) throw wrongAnswer(call, "the list of versions is empty");
    return [...found.values()];
  }
}
