import { isApiError } from "../agent/api-error.ts";
import type { Caller, NamedEntity } from "../agent/caller.ts";
import { isObject, type Json } from "../agent/json.ts";
import type { Call } from "./call.ts";
import type { HttpClient } from "./http-client.ts";
import { objectFrom } from "./response-shape.ts";

/**
 * The owner of the API key. The API documents a header of its own for the key here, but live servers accept the usual
 * one: the documented one is tried if that is refused.
 */
export async function readCaller(http: HttpClient): Promise<Caller> {
  try {
    return callerFrom(usual, await http(usual));
  } catch (error) {
    if (!isApiError(error, "forbidden")) throw error;
    return callerFrom(documented, await http(documented));
  }
}

const usual: Call = { method: "GET", path: "/v1/users/me", isRepeatable: true };
const documented: Call = { ...usual, keyIn: "x-api-key" };

function callerFrom(call: Call, json: Json | undefined): Caller {
  const { workspace, organization } = objectFrom(call, json, "an object");
  return { workspace: placeFrom(workspace), organization: placeFrom(organization) };
}

function placeFrom(json: Json | undefined): NamedEntity | undefined {
  if (!isObject(json) || typeof json.id !== "string") return undefined;
  return { id: json.id, name: typeof json.name === "string" ? json.name : json.id };
}
