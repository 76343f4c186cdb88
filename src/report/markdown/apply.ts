import type { WriteKind } from "../../apply/event.ts";
import type { RunEvent } from "../../commands/event.ts";
import { type ProgramRows, rowOf } from "../event-row.ts";
import { counted } from "../safe/truncate.ts";
import { tableHead, tableRow } from "./block.ts";
import type { Piece, Section } from "./fit.ts";
import { dangers, itemPiece, restOf } from "./section.ts";
import { stepSentence } from "./sentence.ts";

/** The kinds of steps in the table of counts. */
type Step = WriteKind | "verify" | "gate" | "check" | "move" | "delete" | "reverted";

type Outcome = "done" | "failed";

const allOutcomes: readonly Outcome[] = ["done", "failed"];

type Tally = { readonly step: Step; readonly outcome: Outcome };

const stepNames: { readonly [Name in Step]: string } = {
  create: "created",
  update: "updated",
  complete: "completed",
  forget: "forgotten",
  verify: "verified again",
  gate: "gates passed",
  check: "checks passed",
  move: "pointers moved",
  delete: "deleted",
  reverted: "reverted",
};

/** The counts of an apply; empty if it did not start. Zero counts are left out. */
export function operationTable(events: readonly RunEvent[]): string {
  const tallies = events.flatMap(tallyOf);
  const count = (step: Step, outcome: Outcome) =>
    tallies.filter((tally) => tally.step === step && tally.outcome === outcome).length;
  const outcomes = allOutcomes.filter((each) => tallies.some(({ outcome }) => outcome === each));
  const rows = (Object.keys(stepNames) as Step[]).flatMap((step) => {
    const counts = outcomes.map((outcome) => count(step, outcome));
    if (counts.every((each) => each === 0)) return [];
    return [tableRow([stepNames[step], ...counts.map((each) => (each === 0 ? "" : String(each)))])];
  });
  if (rows.length === 0) return "";
  return [tableHead(["", ...outcomes.map((each) => `${each}:`)]), ...rows].join("\n");
}

/** What an apply reverted, and what it did; failures are in other sections. */
export function applySections(events: readonly RunEvent[], rows: ProgramRows): readonly Section[] {
  const pieces = (kinds: readonly RunEvent["kind"][], danger: number): readonly Piece[] =>
    events.flatMap((event) =>
      kinds.includes(event.kind)
        ? (rowOf(event, rows).progress?.(event) ?? []).map((line) =>
            itemPiece(danger, stepSentence(line)),
          )
        : [],
    );
  const undone = pieces(["reverted", "content_reverted", "duplicate_deleted"], dangers.refusal);
  const done = pieces(
    [
      "agent_written",
      "version_verified",
      "gate_passed",
      "check_passed",
      "pointer_set",
      "agent_deleted",
    ],
    dangers.pointer,
  );
  return [
    { title: "#### Reverted", layout: "list", pieces: undone, rest: restOf("step") },
    {
      title: "#### Done",
      layout: "list",
      foldedUnder: counted(done.length, "step"),
      pieces: done,
      rest: restOf("step"),
    },
  ];
}

function tallyOf(event: RunEvent): readonly Tally[] {
  switch (event.kind) {
    case "agent_written":
      return [{ step: event.write, outcome: "done" }];
    case "write_failed":
      return [{ step: event.write, outcome: "failed" }];
    case "version_verified":
      return [{ step: "verify", outcome: "done" }];
    case "verify_failed":
      return [{ step: "verify", outcome: "failed" }];
    case "gate_passed":
      return [{ step: "gate", outcome: "done" }];
    case "gate_failed":
      return [{ step: "gate", outcome: "failed" }];
    case "check_passed":
      return [{ step: "check", outcome: "done" }];
    case "check_failed":
      return [{ step: "check", outcome: "failed" }];
    case "pointer_set":
      return [{ step: "move", outcome: "done" }];
    case "move_failed":
      return [{ step: "move", outcome: "failed" }];
    case "agent_deleted":
      return [{ step: "delete", outcome: "done" }];
    case "delete_failed":
      return [{ step: "delete", outcome: "failed" }];
    case "reverted":
      return [{ step: "reverted", outcome: "done" }];
    case "pointer_taken":
    case "revert_failed":
      return [{ step: "reverted", outcome: "failed" }];
    default:
      return [];
  }
}
