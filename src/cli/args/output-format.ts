import { choiceFlag } from "./flag-values.ts";
import type { OutputFormat } from "./flags.ts";
import type { Invocation } from "./invocation.ts";

/** The output format of a run. Throws a `UsageError` for one that the command does not have. */
export function formatOf(invocation: Invocation): OutputFormat {
  if (invocation.has("json")) return "json";
  const flag = invocation.command.flags.find(({ name }) => name === "format");
  return choiceFlag(invocation, "format", flag?.choices ?? ["text"], "text");
}
