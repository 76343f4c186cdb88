import { choiceFlag } from "./flag-values.ts";
import type { Invocation } from "./invocation.ts";

/** The form in which a command tells its result. Throws a `UsageError` for one that it does not have. */
export function formatOf(invocation: Invocation): string {
  if (invocation.has("json")) return "json";
  const flag = invocation.command.flags.find(({ name }) => name === "format");
  return choiceFlag(invocation, "format", flag?.placeholder?.split("|") ?? ["text"], "text");
}
