import type { JsonObject } from "../../agent/json.ts";
import type { RunEvent } from "../../commands/event.ts";
import type { Reporter } from "../reporter.ts";
import { neutralJson } from "../safe/neutralise.ts";
import { outputDocument } from "./output.ts";
import { driftDocument, planDocument, reportDocument, resultDocument } from "./report.ts";

/** The commands whose JSON has a shape of its own, whether they succeed or fail. */
export type JsonKind = "plan" | "drift" | "report" | "output" | "result";

const documents: { readonly [Kind in JsonKind]: (events: readonly RunEvent[]) => JsonObject } = {
  plan: planDocument,
  drift: driftDocument,
  report: reportDocument,
  output: outputDocument,
  result: resultDocument,
};

/** The shape of a command's JSON. */
export function jsonKindOf(command: string | undefined): JsonKind {
  switch (command) {
    case "plan":
    case "drift":
    case "output":
      return command;
    case "apply":
    case "destroy":
    case "promote":
    case "rollback":
    case "forget":
      return "report";
    default:
      return "result";
  }
}

/** Collects a run and prints one JSON document when it is over, also when it failed. */
export function jsonReporter(out: (text: string) => void, kind: JsonKind): Reporter {
  const events: RunEvent[] = [];
  return {
    take: (event) => {
      events.push(event);
    },
    finish: () => out(`${neutralJson(documents[kind](events))}\n`),
  };
}
