import type { Checkout, CommitRules } from "../commands/checkout.ts";
import type { OpenedConfig } from "./open-config.ts";

/** What the commits that were applied before may be, for a configuration in a checkout. */
export function commitRules({ wantsAncestors }: OpenedConfig, checkout: Checkout): CommitRules {
  return { checkout, history: wantsAncestors ? "ancestors" : "dates" };
}
