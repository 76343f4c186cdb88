import type { MiddlewareHandler } from "hono";
import { answerJson } from "./answers.ts";

/**
 * Lets only those in who call this machine by one of its own names. A web page that made its name lead here would be
 * told apart from the page itself by nothing else.
 */
export const onlyFromHere: MiddlewareHandler = async ({ req }, next) => {
  const host = req.header("host");
  const origin = req.header("origin");
  if (host === undefined || !isLoopbackHost(host)) {
    return forbidden(`Host ${host ?? "is missing and"} is not a name of this machine`);
  }
  if (origin !== undefined && !isLoopbackOrigin(origin)) {
    return forbidden(`Origin ${origin} is not this machine`);
  }
  return next();
};

/** Whether the name in a URL leads to this machine wherever it is looked up. */
export function isLoopbackName(name: string): boolean {
  return name === "localhost" || name === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(name);
}

function isLoopbackHost(host: string): boolean {
  if (!/^[\w.:[\]-]+$/.test(host)) return false;
  const name = nameIn(`http://${host}`);
  return name !== undefined && isLoopbackName(name);
}

function isLoopbackOrigin(origin: string): boolean {
  const name = /^https?:\/\//.test(origin) ? nameIn(origin) : undefined;
  return name !== undefined && isLoopbackName(name);
}

function nameIn(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

function forbidden(reason: string): Response {
  return answerJson({ detail: `${reason}. Use http://127.0.0.1 or http://localhost.` }, 403);
}
