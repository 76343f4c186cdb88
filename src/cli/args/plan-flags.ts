import type { Limits } from "../../plan/limits.ts";
import type { PlanOptions } from "../../plan/plan.ts";
import {
  keysFlag,
  optionalCountFlag,
  optionalDurationFlag,
  updateLimitFlag,
} from "./flag-values.ts";
import { type Invocation, seeHelp, UsageError } from "./invocation.ts";

/** The flags that `plan` and `apply` share. */
export function planFlags(invocation: Invocation): PlanOptions {
  const failOnDeprecatedMs = optionalDurationFlag(invocation, "fail-on-deprecated");
  const only = keysFlag(invocation, "only");
  const prune = invocation.has("prune");
  if (prune && only.length > 0) {
    throw new UsageError("--only and --prune exclude each other", seeHelp(invocation.command));
  }
  return {
    prune,
    only,
    resendSecrets: keysFlag(invocation, "resend-secrets"),
    allowDuplicateNames: invocation.has("allow-duplicate-names"),
    limits: limitFlags(invocation, false),
    allowRewind: invocation.has("allow-rewind"),
    ...(failOnDeprecatedMs !== undefined && { failOnDeprecatedMs }),
  };
}

/** The limits of the command line, or the defaults of the environment. */
export function limitFlags(invocation: Invocation, isEphemeral: boolean): Limits {
  return {
    maxDeletes: optionalCountFlag(invocation, "max-deletes", 0) ?? (isEphemeral ? undefined : 3),
    maxUpdates: updateLimitFlag(invocation),
    allowEmpty: invocation.has("allow-empty"),
    maxAgents: optionalCountFlag(invocation, "max-agents", 0) ?? (isEphemeral ? 50 : undefined),
  };
}

/** When the time of `--fail-on-deprecated` ends, in milliseconds since 1970, for a plan. */
export function retirement({ failOnDeprecatedMs }: PlanOptions): { readonly retiresBy?: number } {
  return failOnDeprecatedMs === undefined ? {} : { retiresBy: Date.now() + failOnDeprecatedMs };
}
