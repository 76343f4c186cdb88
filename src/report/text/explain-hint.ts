import type { RunEvent } from "../../commands/event.ts";
import { runError } from "../json/run-error.ts";
import { type Line, styled } from "../words/line.ts";

/** Their words are all that there is to say, or say themselves where to look. */
const selfExplaining: ReadonlySet<string> = new Set([
  "usage_error",
  "crashed",
  "declined",
  "interrupted",
  "diagnosed",
]);

/** Where the first error of a run is explained, on this machine; nothing where its words say it all. */
export function explainHint(events: readonly RunEvent[]): readonly Line[] {
  const code = explainedCode(events);
  return code === undefined || selfExplaining.has(code)
    ? []
    : [[styled("faint", `More about this: agentvane explain ${code}`)]];
}

/** The code of the first error; of a refusal and of a problem in a file, the one that says which. */
function explainedCode(events: readonly RunEvent[]): string | undefined {
  for (const event of events) {
    switch (event.kind) {
      case "planned":
      case "drift_found": {
        const [refusal] = event.plan.refusals;
        if (refusal !== undefined) return refusal.kind;
        break;
      }
      case "refused":
      case "output_refused":
        return event.refusals[0]?.kind;
      case "config_invalid":
        return event.problems[0]?.code;
      default: {
        const found = runError([event]);
        if (found !== undefined) return found.code;
      }
    }
  }
  return undefined;
}
