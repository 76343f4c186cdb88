import type { Hono } from "hono";
import { agentAnswer } from "./agent-answer.ts";
import {
  findAlias,
  firstContent,
  hasVersion,
  patchAgent,
  type StoredAgent,
  switchVersion,
} from "./agent-state.ts";
import { answerJson, answerNothing, notFound } from "./answers.ts";
import type { Backend } from "./backend.ts";
import { createBodyReader } from "./body-reader.ts";
import { newAgent } from "./new-agent.ts";
import { optionalText, readQuery, requiredVersion, wholeNumber } from "./query.ts";
import type { RouteEnv } from "./route-env.ts";

/** Create, read, update, delete, switch and history of agents (Mistral API reference, beta.agents). */
export function addAgentRoutes(app: Hono<RouteEnv>, backend: Backend): void {
  const { agents, behaviour, stamp } = backend;
  const readBody = createBodyReader(backend);
  const show = (agent: StoredAgent, version?: number) =>
    answerJson(agentAnswer(agent, behaviour(), version));
  const keep = (agent: StoredAgent) => {
    agents.put(agent);
    return show(agent);
  };

  app.post("/v1/agents", ({ env }) => {
    const body = { ...readBody("create", env.call), ...env.altered };
    const agent = newAgent(backend, firstContent(body, behaviour()), "api");
    agents.put(agent);
    const shown = agentAnswer(agent, behaviour());
    const versions = behaviour().versions_on_create === "empty" ? [] : shown.versions;
    return answerJson({ ...shown, versions });
  });

  app.get("/v1/agents/:id", ({ req }) => {
    const { agent_version } = readQuery(req.url, { agent_version: optionalText });
    const agent = findAgent(backend, req.param("id"));
    return show(agent, resolveVersion(agent, agent_version));
  });

  app.patch("/v1/agents/:id", ({ req, env }) => {
    const agent = findAgent(backend, req.param("id"));
    const body = { ...readBody("update", env.call), ...env.altered };
    return keep(patchAgent(agent, body, behaviour(), stamp()));
  });

  app.delete("/v1/agents/:id", ({ req }) => {
    agents.remove(findAgent(backend, req.param("id")).id);
    return answerNothing();
  });

  app.patch("/v1/agents/:id/version", ({ req, env }) => {
    const asked = readQuery(req.url, { version: requiredVersion });
    const { version } = { ...asked, ...env.altered };
    const agent = findAgent(backend, req.param("id"));
    return keep(switchVersion(agent, knownVersion(agent, version), stamp()));
  });

  app.get("/v1/agents/:id/versions", ({ req }) => {
    const { page, page_size } = readQuery(req.url, {
      page: wholeNumber({ min: 0, otherwise: 0 }),
      page_size: wholeNumber({ min: 1, max: 100, otherwise: 20 }),
    });
    const agent = findAgent(backend, req.param("id"));
    const shown = agent.versions.toReversed().slice(page * page_size, (page + 1) * page_size);
    return answerJson(shown.map(({ version }) => agentAnswer(agent, behaviour(), version)));
  });

  app.get("/v1/agents/:id/versions/:version", ({ req }) => {
    const agent = findAgent(backend, req.param("id"));
    return show(agent, knownVersion(agent, versionNumber(req.param("version"))));
  });
}

/** The agent of this id; throws 404. */
export function findAgent(backend: Backend, id: string): StoredAgent {
  const agent = backend.agents.find(id);
  if (agent === undefined) throw notFound(`Agent ${id} not found`);
  return agent;
}

/** The version that `agent_version` selects: a number, an alias, or the current version by default. */
function resolveVersion(agent: StoredAgent, asked: string | undefined): number {
  if (asked === undefined) return agent.version;
  const alias = findAlias(agent, asked);
  return knownVersion(agent, alias?.version ?? versionNumber(asked));
}

function versionNumber(text: string): number | string {
  return /^\d{1,15}$/.test(text) ? Number(text) : text;
}

function knownVersion(agent: StoredAgent, version: unknown): number {
  if (typeof version === "number" && hasVersion(agent, version)) return version;
  throw notFound(`Version ${String(version)} of agent ${agent.id} not found`);
}
