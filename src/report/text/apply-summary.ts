import type { RunEvent } from "../../commands/event.ts";
import { counted, listed } from "../safe/truncate.ts";
import { type Line, styled } from "../words/line.ts";
import { pointersCounted } from "../words/pointer-move.ts";

/** The result of an apply in a line or two, printed last. */
export function applySummary(events: readonly RunEvent[]): readonly Line[] {
  const count = (kind: RunEvent["kind"]) => events.filter((event) => event.kind === kind).length;
  const end = events.find((event) => event.kind === "apply_finished");
  if (end === undefined) return [];
  const seconds = (end.ms / 1000).toFixed(1);
  const versions = counted(count("agent_written"), "version");
  const moves = pointersCounted(events.filter((event) => event.kind === "pointer_set"));
  const split = events.flatMap((event) => (event.kind === "revert_failed" ? [event.key] : []));
  if (split.length > 0) {
    return [
      [styled("error", "Split:"), ` ${listed(split)} could not be reverted. Repair it as shown,`],
      ["or apply again once the cause is fixed."],
    ];
  }
  if (!end.released) {
    return [
      [
        styled("error", "Not released."),
        ` Aliases and default versions are as they were (${versions} written, ${seconds} s).`,
      ],
    ];
  }
  const deleted = count("agent_deleted");
  const left = count("delete_failed");
  const sum = [
    `${versions} written`,
    `${moves} moved`,
    ...(deleted > 0 ? [`${deleted} deleted`] : []),
  ];
  if (left > 0) {
    return [
      [styled("error", "Released, but not all deleted:"), ` ${sum.join(", ")}, ${left} left.`],
    ];
  }
  return [[styled("success", "Applied:"), ` ${sum.join(", ")}, in ${seconds} s.`]];
}
