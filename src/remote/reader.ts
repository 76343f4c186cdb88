import { isObject } from "../agent/json.ts";
import type { Reader } from "../agent/ports.ts";
import type { NamedResource } from "../agent/remote-agent.ts";
import { agentPath } from "./agent-path.ts";
import { agentFrom, aliasFrom, listFrom, objectFrom, resourceFrom } from "./answer-shape.ts";
import { get } from "./call.ts";
import type { Exchange } from "./exchange.ts";
import { listAgents } from "./list-agents.ts";
import { listVersions } from "./list-versions.ts";
import { modelFrom } from "./model-from.ts";
import { readCaller } from "./read-caller.ts";
import { type PagedList, readPages } from "./read-pages.ts";

/** The reading port over HTTP. */
export function createReader(exchange: Exchange): Reader {
  return {
    agents: () => listAgents(exchange),
    agent: async (id, version) => {
      const query = version === undefined ? "" : `?agent_version=${version}`;
      const call = get(`${agentPath(id)}${query}`);
      return agentFrom(call, await exchange(call));
    },
    versions: (id, isEnough) => listVersions(exchange, id, isEnough),
    aliases: async (id) => {
      const call = get(`${agentPath(id)}/aliases`);
      return listFrom(call, await exchange(call)).map((item) => aliasFrom(call, item));
    },
    libraries: () => readPages(exchange, libraries),
    connectors: () => readPages(exchange, connectors),
    caller: () => readCaller(exchange),
    models: async () => {
      const call = get("/v1/models");
      const { data } = objectFrom(call, await exchange(call), "an object");
      return listFrom(call, data).flatMap(modelFrom);
    },
  };
}

const libraries: PagedList<NamedResource> = {
  name: "library list",
  path: "/v1/libraries?page_size=100",
  member: "data",
  parameter: "page_token",
  next: (page) => page.next_page_token,
  itemFrom: resourceFrom,
};

const connectors: PagedList<NamedResource> = {
  name: "connector list",
  path: "/v1/connectors?page_size=1000",
  member: "items",
  parameter: "cursor",
  next: ({ pagination }) => (isObject(pagination) ? pagination.next_cursor : undefined),
  itemFrom: resourceFrom,
};
