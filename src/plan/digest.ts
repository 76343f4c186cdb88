import { hash } from "node:crypto";
import { type Json, stableText } from "../agent/json.ts";

/** SHA-256 of a value's stable text, in hex: the same for equal values on every machine. */
export function digestOf(value: Json): string {
  return hash("sha256", stableText(value));
}
