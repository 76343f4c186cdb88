import type { JsonObject } from "../../agent/json.ts";
import { withPathTexts } from "./path-texts.ts";
import { plain } from "./plan.ts";

/** An event of one step of an apply as plain JSON. */
export function stepJson(event: object): JsonObject {
  const failure = "failure" in event ? (event.failure as object | undefined) : undefined;
  return plain({
    ...withPathTexts(event),
    ...(failure !== undefined && { failure: withPathTexts(failure) }),
  });
}
