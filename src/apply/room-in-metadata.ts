import { isApiError } from "../agent/api-error.ts";
import { isObject, type Json, type JsonObject } from "../agent/json.ts";
import { isTag } from "../agent/tags.ts";
import { StepError } from "./step-error.ts";

/**
 * The error of a write. If the server refused the request because of its metadata, the error says so: a server may
 * allow few members or short values, and the tags take space beside the labels of the file.
 */
export function aboutMetadata(error: unknown, body: JsonObject): unknown {
  if (!isApiError(error, "refused") || !/\bmetadata\b/i.test(error.failure.reason)) return error;
  const members = Object.entries(isObject(body.metadata) ? body.metadata : {}).filter(
    ([, value]) => value !== null,
  );
  const tags = members.filter(([name]) => isTag(name));
  return new StepError({
    kind: "metadata_refused",
    failure: error.failure,
    labels: members.length - tags.length,
    tags: tags.length,
    longest: Math.max(0, ...members.map(([, value]) => lengthOf(value))),
  });
}

function lengthOf(value: Json): number {
  return (typeof value === "string" ? value : JSON.stringify(value)).length;
}
