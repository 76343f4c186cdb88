import type { Json } from "../agent/json.ts";

/** A text as JSON; undefined when it is none. */
export function jsonOf(text: string | undefined): Json | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
