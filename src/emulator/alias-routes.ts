import type { Hono } from "hono";
import { findAgent } from "./agent-routes.ts";
import { dropAlias, findAlias, hasVersion, setAlias } from "./agent-state.ts";
import { answerJson, answerNothing, notFound, refusal } from "./answers.ts";
import type { Backend } from "./backend.ts";
import { readQuery, requiredAlias, requiredVersion } from "./query.ts";
import type { RouteEnv } from "./route-env.ts";

/** The aliases of an agent. Updates and version switches do not move them. */
export function addAliasRoutes(app: Hono<RouteEnv>, backend: Backend): void {
  const { agents, behaviour, stamp } = backend;
  const path = "/v1/agents/:id/aliases";

  app.get(path, ({ req }) => answerJson(findAgent(backend, req.param("id")).aliases));

  app.put(path, ({ req, env }) => {
    const asked = readQuery(req.url, { alias: requiredAlias, version: requiredVersion });
    const agent = findAgent(backend, req.param("id"));
    const version = typeof env.altered.version === "number" ? env.altered.version : asked.version;
    if (!hasVersion(agent, version)) {
      const status = behaviour().alias_to_missing_version;
      throw refusal(status, `Version ${version} of agent ${agent.id} not found`);
    }
    const after = setAlias(agent, asked.alias, version, behaviour(), stamp());
    agents.put(after);
    return answerJson(findAlias(after, asked.alias));
  });

  app.delete(path, ({ req }) => {
    const { alias } = readQuery(req.url, { alias: requiredAlias });
    const agent = findAgent(backend, req.param("id"));
    if (findAlias(agent, alias) === undefined) {
      throw notFound(`Alias ${alias} of agent ${agent.id} not found`);
    }
    agents.put(dropAlias(agent, alias));
    return answerNothing();
  });
}
