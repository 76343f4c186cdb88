import type { JsonObject } from "../agent/json.ts";
import type { Refusal } from "../plan/refusal.ts";
import { plain } from "./plain-json.ts";
import { refusalText } from "./words/refusal.ts";

/** A refusal with its data and its text. */
export function refusalJson(refusal: Refusal): JsonObject {
  const { kind, ...data } = refusal;
  return { code: kind, ...refusalText(refusal), details: plain(data) };
}
