import type { MiddlewareHandler } from "hono";
import { answerJson } from "./answers.ts";

/**
 * Accepts only requests to a loopback name. It protects against DNS rebinding: a web page whose own name resolves to
 * this machine can only be recognized by that name.
 */
export const onlyFromHere: MiddlewareHandler = async ({ req }, next) => {
  const host = req.header("host");
  const origin = req.header("origin");
  if (host === undefined) return forbidden("The Host header is missing");
  if (!isLoopbackHost(host)) return forbidden(`Host ${host} is not a loopback name`);
  if (origin !== undefined && !isLoopbackOrigin(origin)) {
    return forbidden(`Origin ${origin} is not a loopback address`);
  }
  return next();
};

/** Whether the name in a URL is this machine in every name service. */
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
