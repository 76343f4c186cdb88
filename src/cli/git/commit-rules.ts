import type { Checkout, CommitRules } from "../../commands/checkout.ts";
import type { OpenedConfig } from "../open-config.ts";

/** The commits that may have been applied before, for a configuration in a checkout. */
export function commitRules(
  { wantsAncestors, desired }: OpenedConfig,
  checkout: Checkout,
): CommitRules {
  if (desired.isEphemeral) return { checkout, history: "off" };
  return { checkout, history: wantsAncestors ? "ancestors" : "dates" };
}
