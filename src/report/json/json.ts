import type { JsonObject } from "../../agent/json.ts";
import type { RunEvent } from "../../commands/event.ts";
import type { ProgramRows } from "../event-row.ts";
import type { Reporter } from "../reporter.ts";
import { errorsOf, firstError, type RunError } from "../run-error.ts";
import { sanitizedJson } from "../safe/sanitize.ts";
import type { JsonKind } from "./kind.ts";
import { outputDocument } from "./output.ts";
import { driftDocument, planDocument, reportDocument, resultDocument } from "./report.ts";

const documents: {
  readonly [Kind in JsonKind]: (
    events: readonly RunEvent[],
    error: RunError | undefined,
  ) => JsonObject;
} = {
  plan: planDocument,
  drift: driftDocument,
  report: reportDocument,
  output: outputDocument,
  result: resultDocument,
};

/** Collects the events of a run and prints one JSON document at its end, also after a failure. */
export function jsonReporter(
  out: (text: string) => void,
  kind: JsonKind,
  rows: ProgramRows,
): Reporter {
  const events: RunEvent[] = [];
  return {
    take: (event) => {
      events.push(event);
    },
    finish: () => out(documentText(kind, events, rows)),
  };
}

/** A run as a JSON document. */
export function documentText(
  kind: JsonKind,
  events: readonly RunEvent[],
  rows: ProgramRows,
): string {
  const error = firstError(errorsOf(events, rows));
  return `${sanitizedJson(documents[kind](events, error))}\n`;
}
