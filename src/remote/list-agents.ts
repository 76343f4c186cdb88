import { isApiError } from "../agent/api-error.ts";
import type { AgentId } from "../agent/identity.ts";
import type { Json } from "../agent/json.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { agentPath, type Call, get } from "./call.ts";
import type { HttpClient } from "./http-client.ts";
import { onPage, readPages, refuseEndless } from "./read-pages.ts";
import { agentFrom, listFrom, unexpectedResponse } from "./response-shape.ts";

const name = "agent list";
const pageSize = 1000;
const firstPage = `/v1/agents/pages?page_size=${pageSize}`;

/**
 * Every visible agent, complete, or an `ApiError`. With an incomplete list a plan would create what exists and delete
 * what is in use. A server without the pages endpoint is listed by page number.
 */
export async function listAgents(http: HttpClient): Promise<readonly RemoteAgent[]> {
  const agents = await listByToken(http).catch((error: unknown) => {
    if (hasNoPages(error)) return listByNumber(http);
    throw error;
  });
  return Promise.all(agents.map((agent) => readWhole(http, agent)));
}

function listByToken(http: HttpClient): Promise<readonly RemoteAgent[]> {
  return readPages(http, {
    name,
    path: firstPage,
    member: "data",
    parameter: "page_token",
    next: (page) => page.next_page_token,
    itemFrom: newAgentFrom(new Set()),
  });
}

function hasNoPages(error: unknown): boolean {
  if (!isApiError(error)) return false;
  const { path, status } = error.failure;
  return path === firstPage && (status === 404 || status === 405);
}

/** The deprecated list endpoint. A server may cap the page size, so only an empty page is certainly the last one. */
async function listByNumber(http: HttpClient): Promise<readonly RemoteAgent[]> {
  const found: RemoteAgent[] = [];
  const itemFrom = newAgentFrom(new Set());
  for (let page = 0; ; page += 1) {
    const call = get(`/v1/agents?page=${page}&page_size=${pageSize}`);
    const agents = await onPage(name, page + 1, async () => {
      refuseEndless(call, page + 1);
      return listFrom(call, await http(call)).map((item) => itemFrom(call, item));
    });
    if (agents.length === 0) return found;
    found.push(...agents);
  }
}

/** If an agent is listed twice, the list changed while it was read, and another agent may have been skipped. */
function newAgentFrom(seen: Set<AgentId>): (call: Call, json: Json) => RemoteAgent {
  return (call, json) => {
    const agent = agentFrom(call, json);
    if (seen.has(agent.id)) throw unexpectedResponse(call, `agent ${agent.id} is listed twice`);
    seen.add(agent.id);
    return agent;
  };
}

/** The API does not say whether list items are complete. An item with none of these members is a summary. */
async function readWhole(http: HttpClient, agent: RemoteAgent): Promise<RemoteAgent> {
  const members = ["instructions", "tools", "completion_args"];
  if (members.some((member) => Object.hasOwn(agent, member))) return agent;
  const call = get(agentPath(agent.id));
  return agentFrom(call, await http(call));
}
