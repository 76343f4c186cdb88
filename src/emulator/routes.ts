import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { addAgentRoutes } from "./agent-routes.ts";
import { addAliasRoutes } from "./alias-routes.ts";
import { answerJson } from "./answers.ts";
import type { Backend } from "./backend.ts";
import type { EmulatedCall } from "./call.ts";
import { addConversationRoutes } from "./conversation-routes.ts";
import type { JsonObject } from "./json.ts";
import { addListRoutes } from "./list-routes.ts";
import { addLookupRoutes } from "./lookup-routes.ts";
import type { RouteEnv } from "./route-env.ts";

/** Answers one request that passed the middleware. It changes agents before its promise settles. */
export type Routes = (call: EmulatedCall, altered?: JsonObject) => Promise<Response>;

const routed = [
  "/v1/agents",
  "/v1/agents/:id",
  "/v1/agents/:id/aliases",
  "/v1/conversations",
  "/v1/conversations/:id",
];

/**
 * Every operation on agents and conversations, and the models, libraries and connectors that agents need (Mistral API
 * reference).
 */
export function createRoutes(backend: Backend): Routes {
  const app = new Hono<RouteEnv>();
  // Added first: otherwise `/v1/agents/pages` would be read as the agent "pages".
  addListRoutes(app, backend);
  addAgentRoutes(app, backend);
  addAliasRoutes(app, backend);
  addConversationRoutes(app, backend);
  addLookupRoutes(app, backend);
  for (const path of routed) {
    app.all(path, () => answerJson({ detail: "Method Not Allowed" }, 405));
  }
  app.onError((error) => {
    if (error instanceof HTTPException) return error.getResponse();
    throw error;
  });
  app.notFound(() => answerJson({ detail: "Not Found" }, 404));
  return async (call, altered = {}) => app.fetch(call.request, { call, altered });
}
