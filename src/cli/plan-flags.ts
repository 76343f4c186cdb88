import type { PlanOptions } from "../plan/plan.ts";
import { type Invocation, Misuse, seeHelp } from "./invocation.ts";

/** The flags that `plan` and `apply` share. */
export function planFlags(invocation: Invocation): PlanOptions {
  const only = invocation
    .list("only")
    .flatMap((text) => text.split(","))
    .filter((key) => key !== "");
  const prune = invocation.has("prune");
  if (prune && only.length > 0) {
    throw new Misuse("--only and --prune exclude each other", seeHelp(invocation.command));
  }
  return { prune, only, allowDuplicateNames: invocation.has("allow-duplicate-names") };
}
