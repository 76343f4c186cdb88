import type { Writer } from "../agent/ports.ts";
import { agentPath, type Call } from "./call.ts";
import type { HttpClient } from "./http-client.ts";
import { agentFrom, aliasFrom } from "./response-shape.ts";

/**
 * The writing port over HTTP. Creates and updates are never repeated when their outcome is unknown; all other calls may
 * be.
 */
export function createWriter(http: HttpClient): Writer {
  return {
    create: async (body) => {
      const call: Call = { method: "POST", path: "/v1/agents", body, isRepeatable: false };
      return agentFrom(call, await http(call));
    },
    update: async (id, body) => {
      const call: Call = { method: "PATCH", path: agentPath(id), body, isRepeatable: false };
      return agentFrom(call, await http(call));
    },
    remove: async (id) => {
      await http({ method: "DELETE", path: agentPath(id), isRepeatable: true });
    },
    switchVersion: async (id, version) => {
      const path = `${agentPath(id)}/version?version=${version}`;
      const call: Call = { method: "PATCH", path, isRepeatable: true };
      return agentFrom(call, await http(call));
    },
    setAlias: async (id, alias, version) => {
      const path = `${agentPath(id)}/aliases?alias=${encodeURIComponent(alias)}&version=${version}`;
      const call: Call = { method: "PUT", path, isRepeatable: true };
      return aliasFrom(call, await http(call));
    },
    removeAlias: async (id, alias) => {
      const path = `${agentPath(id)}/aliases?alias=${encodeURIComponent(alias)}`;
      await http({ method: "DELETE", path, isRepeatable: true });
    },
  };
}
