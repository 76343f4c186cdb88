import type { PlanOptions } from "../plan/plan.ts";
import { countFlag, keysFlag, optionalDurationFlag, updateLimitFlag } from "./flag-values.ts";
import { type Invocation, Misuse, seeHelp } from "./invocation.ts";

/** The flags that `plan` and `apply` share. */
export function planFlags(invocation: Invocation): PlanOptions {
  const failOnDeprecatedMs = optionalDurationFlag(invocation, "fail-on-deprecated");
  const only = keysFlag(invocation, "only");
  const prune = invocation.has("prune");
  if (prune && only.length > 0) {
    throw new Misuse("--only and --prune exclude each other", seeHelp(invocation.command));
  }
  return {
    prune,
    only,
    resendSecrets: keysFlag(invocation, "resend-secrets"),
    allowDuplicateNames: invocation.has("allow-duplicate-names"),
    limits: {
      maxDeletes: countFlag(invocation, "max-deletes", 3, 0),
      maxUpdates: updateLimitFlag(invocation),
      allowEmpty: invocation.has("allow-empty"),
    },
    allowRewind: invocation.has("allow-rewind"),
    ...(failOnDeprecatedMs !== undefined && { failOnDeprecatedMs }),
  };
}

/** When the time of `--fail-on-deprecated` is over, in milliseconds, for the request of a plan. */
export function retirement({ failOnDeprecatedMs }: PlanOptions): { readonly retiresBy?: number } {
  return failOnDeprecatedMs === undefined ? {} : { retiresBy: Date.now() + failOnDeprecatedMs };
}
