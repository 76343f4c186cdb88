import type { Hono } from "hono";
import { answerJson, notFound } from "./answers.ts";
import type { Backend } from "./backend.ts";
import {
  callerAnswer,
  connectorAnswer,
  connectorToolAnswer,
  libraryAnswer,
  modelAnswer,
} from "./catalogue.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { optionalText, readQuery, wholeNumber } from "./query.ts";
import type { RouteEnv } from "./route-env.ts";

/** Models, libraries and connectors, as far as agents need them (Mistral API reference). */
export function addLookupRoutes(app: Hono<RouteEnv>, backend: Backend): void {
  const answerOf = (model: string) => {
    const { modelCards = {} } = backend.catalogue();
    return modelAnswer(model, Object.hasOwn(modelCards, model) ? modelCards[model] : {});
  };
  app.get("/v1/models", () =>
    answerJson({ object: "list", data: backend.catalogue().models.map(answerOf) }),
  );
  app.get("/v1/models/:id", ({ req }) => {
    const id = backend.catalogue().models.find((model) => model === req.param("id"));
    return answerJson(answerOf(required(id, "Model")));
  });

  app.get("/v1/users/me", ({ req }) => {
    const { users_me } = backend.behaviour();
    if (users_me === "missing") return answerJson({ detail: "Not Found" }, 404);
    if (users_me === "x_api_key" && !req.header("x-api-key")) {
      return answerJson({ detail: "Unauthorized" }, 401);
    }
    return answerJson(callerAnswer(backend.workspace()));
  });

  app.get("/v1/libraries", ({ req }) => {
    const { page_size, page_token, search } = readQuery(req.url, {
      page_size: wholeNumber({ min: 1, max: 100, otherwise: 100 }),
      page_token: optionalText,
      search: optionalText,
    });
    const found = backend.catalogue().libraries.filter(({ name }) => name.includes(search ?? ""));
    const { items, next } = pageOf(found, page_size, page_token);
    return answerJson({ data: items.map(libraryAnswer), next_page_token: next });
  });
  app.get("/v1/libraries/:id", ({ req }) => {
    const library = backend.catalogue().libraries.find(({ id }) => id === req.param("id"));
    return answerJson(libraryAnswer(required(library, "Library")));
  });

  app.get("/v1/connectors", ({ req }) => {
    const { page_size, cursor } = readQuery(req.url, {
      page_size: wholeNumber({ min: 1, max: 1000, otherwise: 100 }),
      cursor: optionalText,
    });
    const { items, next } = pageOf(backend.catalogue().connectors, page_size, cursor);
    return answerJson({
      items: items.map(connectorAnswer),
      pagination: { next_cursor: next, page_size },
    });
  });
  app.get("/v1/connectors/:id", ({ req }) =>
    answerJson(connectorAnswer(findConnector(backend, req.param("id")))),
  );
  app.get("/v1/connectors/:id/tools", ({ req }) => {
    const { page, page_size } = readQuery(req.url, {
      page: wholeNumber({ min: 1, otherwise: 1 }),
      page_size: wholeNumber({ min: 1, max: 1000, otherwise: 100 }),
    });
    const { tools } = findConnector(backend, req.param("id"));
    return answerJson(
      tools.slice((page - 1) * page_size, page * page_size).map(connectorToolAnswer),
    );
  });
}

function findConnector(backend: Backend, idOrName: string) {
  const { connectors } = backend.catalogue();
  return required(
    connectors.find(({ id, name }) => id === idOrName || name === idOrName),
    "Connector",
  );
}

function required<Thing>(found: Thing | undefined, what: string): Thing {
  if (found === undefined) throw notFound(`${what} not found`);
  return found;
}

function pageOf<Item>(items: readonly Item[], size: number, cursor: string | undefined) {
  const start = readCursor(cursor) ?? 0;
  const end = start + size;
  return {
    items: items.slice(start, end),
    next: end < items.length ? writeCursor(end) : null,
  };
}
