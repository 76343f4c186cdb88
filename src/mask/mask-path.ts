import type { PathStep, PropertyPath } from "../agent/property-path.ts";
import { each, members, own, type Rule } from "./rule.ts";

const maskItem = members<Exclude<PathStep, string>>({ item: own });

/** Masks the names in the path of a property: names of tools and labels come from outside. */
export const maskPath: Rule<PropertyPath> = each<PathStep>((step, mask) =>
  typeof step === "string" ? own(step, mask) : maskItem(step, mask),
);
