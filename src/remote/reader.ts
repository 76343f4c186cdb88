import { isObject } from "../agent/json.ts";
import type { Reader } from "../agent/ports.ts";
import type { NamedResource } from "../agent/remote-agent.ts";
import { agentPath, get } from "./call.ts";
import type { HttpClient } from "./http-client.ts";
import { listAgents } from "./list-agents.ts";
import { listVersions } from "./list-versions.ts";
import { modelFrom } from "./model-from.ts";
import { readCaller } from "./read-caller.ts";
import { type PagedList, readPages } from "./read-pages.ts";
import { agentFrom, aliasFrom, listFrom, objectFrom, resourceFrom } from "./response-shape.ts";

/** The reading port over HTTP. */
export function createReader(http: HttpClient): Reader {
  return {
    agents: () => listAgents(http),
    agent: async (id, version) => {
      const query = version === undefined ? "" : `?agent_version=${version}`;
      const call = get(`${agentPath(id)}${query}`);
      return agentFrom(call, await http(call));
    },
    versions: (id, isEnough) => listVersions(http, id, isEnough),
    aliases: async (id) => {
      const call = get(`${agentPath(id)}/aliases`);
      return listFrom(call, await http(call)).map((item) => aliasFrom(call, item));
    },
    libraries: () => readPages(http, libraries),
    connectors: () => readPages(http, connectors),
    caller: () => readCaller(http),
    models: async () => {
      const call = get("/v1/models");
      const { data } = objectFrom(call, await http(call), "an object");
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
