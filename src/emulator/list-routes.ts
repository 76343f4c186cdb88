import type { Hono } from "hono";
import { listItem } from "./agent-answer.ts";
import type { StoredAgent } from "./agent-state.ts";
import { answerJson } from "./answers.ts";
import type { Backend } from "./backend.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { type ListFilter, readListFilter } from "./list-filter.ts";
import { optionalText, readQuery, wholeNumber } from "./query.ts";
import type { RouteEnv } from "./route-env.ts";

const pageSize = wholeNumber({ min: 1, max: 1000, otherwise: 20 });

/** The two lists of agents: pages with a cursor, and the deprecated list with page numbers. */
export function addListRoutes(app: Hono<RouteEnv>, backend: Backend): void {
  app.get("/v1/agents/pages", (context, next) =>
    backend.behaviour().pages_endpoint === "missing"
      ? next()
      : Promise.resolve(answerPage(backend, context.req.url)),
  );
  app.get("/v1/agents", ({ req }) => {
    const { page, page_size } = readQuery(req.url, {
      page: wholeNumber({ min: 0, otherwise: 0 }),
      page_size: pageSize,
    });
    const listed = listAgents(backend, readListFilter(req.url, backend.behaviour()), page === 0);
    return answerJson(
      listed
        .slice(page * page_size, (page + 1) * page_size)
        .map((agent) => listItem(agent, backend.behaviour())),
    );
  });
}

function answerPage(backend: Backend, url: string): Response {
  const behaviour = backend.behaviour();
  const { page_size, page_token } = readQuery(url, {
    page_size: pageSize,
    page_token: optionalText,
  });
  const after = readCursor(page_token);
  const listed = listAgents(backend, readListFilter(url, behaviour), page_token === undefined);
  const rest = listed.filter(({ sequence }) => {
    if (after === undefined) return true;
    return behaviour.list_order === "newest_first" ? sequence < after : sequence > after;
  });
  const most = Math.min(rest.length, page_size);
  const page = rest.slice(0, behaviour.pages === "short" ? Math.ceil(most / 2) : most);
  const last = page.at(-1);
  const hasMore = last !== undefined && page.length < rest.length;
  return answerJson({
    object: "list",
    data: page.map((agent) => listItem(agent, behaviour)),
    next_page_token: hasMore ? writeCursor(last.sequence) : null,
  });
}

function listAgents(backend: Backend, filter: ListFilter, isFirstPage: boolean): StoredAgent[] {
  const reads = backend.agents.listReads();
  const listed = backend.agents
    .all()
    .filter((agent) => agent.listed_from <= reads && filter(agent));
  if (isFirstPage) backend.agents.countListRead();
  return backend.behaviour().list_order === "newest_first" ? listed.toReversed() : listed;
}
