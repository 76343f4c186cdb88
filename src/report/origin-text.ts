import type { Origin } from "../plan/agent-plan.ts";

/** Whose change it is, where that is worth a word; else empty. */
export function originText(origin: Origin): string {
  switch (origin) {
    case "yours":
      return "";
    case "drift":
      return "drift: edited outside";
    case "conflict":
      return "conflict: edited outside and in the file";
  }
}
