import type { RunEvent } from "../../commands/event.ts";
import { type ProgramRows, rowOf } from "../event-row.ts";
import { errorOf } from "../run-error.ts";
import type { Line } from "../words/line.ts";
import { errorLines } from "./error-lines.ts";

/** All that the text format says about one event. */
export function eventLines(event: RunEvent, rows: ProgramRows, server: string): readonly Line[] {
  const { progress, result } = rowOf(event, rows);
  const error = errorOf(event, rows, { server, hasWritten: false });
  return [
    ...(progress?.(event) ?? []),
    ...(result?.(event) ?? []),
    ...(error === undefined ? [] : errorLines(error)),
  ];
}
