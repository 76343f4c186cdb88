import type { EmulatedCall } from "./call.ts";
import type { JsonObject } from "./json.ts";

/** What a route gets besides the URL. `altered` are fields that the server replaces. */
export type RouteEnv = {
  readonly Bindings: { readonly call: EmulatedCall; readonly altered: JsonObject };
};
