import type { Change, PropertyDrift } from "../../plan/agent-plan.ts";

/** A change as it is shown: what was done to a version in place is told of some. */
export type ShownChange = Change & Pick<PropertyDrift, "inPlace" | "beforeUnknown">;

/** Something that was changed outside, shown as a change from what agentvane wrote. */
export function driftChange(drift: PropertyDrift): ShownChange {
  return { ...drift, origin: "yours" };
}

/** Whose change it is, where that is worth a word; else empty. */
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
