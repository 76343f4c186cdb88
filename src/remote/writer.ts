import type { Writer } from "../agent/ports.ts";
import { agentPath } from "./agent-path.ts";
import { agentFrom, aliasFrom } from "./answer-shape.ts";
import type { Call } from "./call.ts";
import type { Exchange } from "./exchange.ts";

/** The writing port over HTTP. Creating and updating are never repeated on a doubt; all else may be. */
export function createWriter(exchange: Exchange): Writer {
  return {
    create: async (body) => {
      const call: Call = { method: "POST", path: "/v1/agents", body, isRepeatable: false };
      return agentFrom(call, await exchange(call));
    },
    update: async (id, body) => {
      const call: Call = { method: "PATCH", path: agentPath(id), body, isRepeatable: false };
      return agentFrom(call, await exchange(call));
    },
    remove: async (id) => {
      await exchange({ method: "DELETE", path: agentPath(id), isRepeatable: true });
    },
    switchVersion: async (id, version) => {
      const path = `${agentPath(id)}/version?version=${version}`;
      const call: Call = { method: "PATCH", path, isRepeatable: true };
      return agentFrom(call, await exchange(call));
    },
    setAlias: async (id, alias, version) => {
      const path = `${agentPath(id)}/aliases?alias=${encodeURIComponent(alias)}&version=${version}`;
      const call: Call = { method: "PUT", path, isRepeatable: true };
      return aliasFrom(call, await exchange(call));
    },
    removeAlias: async (id, alias) => {
      const path = `${agentPath(id)}/aliases?alias=${encodeURIComponent(alias)}`;
      await exchange({ method: "DELETE", path, isRepeatable: true });
    },
  };
}
