import type { Checkout, CommitRules } from "../../commands/checkout.ts";
import type { OpenedConfig } from "../open-config.ts";

/** What the commits that were applied before may be, for a configuration in a checkout. */
export function commitRules(
  { wantsAncestors, desired }: OpenedConfig,
  checkout: Checkout,
): CommitRules {
  if (desired.isEphemeral) return { checkout, history: "off" };
  return { checkout, history: wantsAncestors ? "ancestors" : "dates" };
}
