import type { Preflight } from "../../commands/preflight.ts";
import { proxyFor } from "../../remote/proxy-fetch.ts";

type EnvironmentVariables = { readonly [name: string]: string | undefined };

/** The proxy that the environment sets for a server, used or not; undefined if there is none. */
export function proxySeen(server: string, variables: EnvironmentVariables): Preflight["proxy"] {
  if (!URL.canParse(server)) return undefined;
  const name = new URL(server).protocol === "https:" ? "https_proxy" : "http_proxy";
  const variable = [name, name.toUpperCase()].find((each) => variables[each]);
  if (variable === undefined) return undefined;
  const isUsed = proxyFor(server, variables) !== undefined;
  return { variable, host: hostOf(variables[variable] ?? ""), isUsed };
}

/** Without the user and the password before the host. */
function hostOf(address: string): string {
  const whole = address.includes("://") ? address : `http://${address}`;
  return URL.canParse(whole) ? new URL(whole).host : "an invalid address";
}
