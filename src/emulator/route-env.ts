import type { EmulatedCall } from "./call.ts";
import type { JsonObject } from "./json.ts";

/** What a route is given beside the URL. `altered` are fields that the server is to take differently. */
export type RouteEnv = {
  readonly Bindings: { readonly call: EmulatedCall; readonly altered: JsonObject };
};
