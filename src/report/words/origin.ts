import type { Change, PropertyDrift } from "../../plan/agent-plan.ts";

/** A change for output; some were made to a version in place. */
export type ShownChange = Change & Pick<PropertyDrift, "inPlace" | "beforeUnknown">;

/** An outside change, shown as a change from what agentvane wrote. */
export function driftChange(drift: PropertyDrift): ShownChange {
  return { ...drift, origin: "yours" };
}

/** Who made a change, if that matters; else empty. */
export function originText({ origin, inPlace, beforeUnknown }: ShownChange): string {
  if (inPlace !== undefined) {
    const lost = beforeUnknown === true ? "; its old value is unknown" : "";
    return `version ${inPlace} was edited in place${lost}`;
  }
  switch (origin) {
    case "yours":
      return "";
    case "drift":
      return "drift: edited outside";
    case "conflict":
      return "conflict: edited outside and in the file";
  }
}
