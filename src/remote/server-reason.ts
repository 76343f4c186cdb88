import { isDeeperThan, isList, isObject, type Json } from "../agent/json.ts";
import { deepestResponse } from "./response-body.ts";

/** Most characters of a reason. */
const longest = 1_000;

/** Masks secrets in a text. */
export type MaskText = (text: string) => string;

/**
 * Why a server refused a request, in its own words, from any of its error shapes (Mistral API reference, errors). The
 * input that a validation error echoes is left out: it can contain a secret. The text is masked before parts are
 * joined, collapsed or cut.
 */
export function serverReason(text: string, mask: MaskText): string {
  const words = wording(parsed(text), mask).replaceAll(/\s+/g, " ").trim();
  if (words === "") return "the server gave no reason";
  return words.length > longest ? `${words.slice(0, longest - 1)}…` : words;
}

/** A body that is not JSON counts as text, such as a gateway's. A body that is nested too deep counts as empty. */
function parsed(text: string): Json {
  try {
    const body = JSON.parse(text) as Json;
    return isDeeperThan(body, deepestResponse) ? null : body;
  } catch {
    return text;
  }
}

function wording(body: Json | undefined, mask: MaskText): string {
  if (typeof body === "string") return mask(body);
  if (isList(body)) return body.map((entry) => detail(entry, mask)).join("; ");
  if (!isObject(body)) return "";
  return wording(body.detail ?? body.message ?? body.error ?? body.msg, mask);
}

/** One entry of a validation error: the path and the message. */
function detail(entry: Json, mask: MaskText): string {
  if (typeof entry === "string") return mask(entry);
  if (!isObject(entry)) return "not accepted";
  const steps = isList(entry.loc) ? entry.loc.filter((step) => step !== "body") : [];
  const place = steps.map((step) => mask(String(step))).join(".");
  const message = typeof entry.msg === "string" ? mask(entry.msg) : "not accepted";
  return place === "" ? message : `${place}: ${message}`;
}
