import type { ModelNote } from "../../plan/model-notes.ts";
import { listed } from "../safe/truncate.ts";
import { type Line, styled } from "./line.ts";

/** A note about a model, with its agents. */
export function modelNoteText(note: ModelNote): string {
  const users = `Used by ${listed(note.keys)}.`;
  switch (note.kind) {
    case "model_deprecated":
      return `model ${note.model} is deprecated${deprecationText(note)}. ${users}`;
    case "model_archived":
      return `model ${note.model} is archived. ${users}`;
    case "model_without_functions":
      return `model ${note.model} cannot call functions. ${users}`;
  }
}

/** When a model retires and what replaces it, as far as the server says. */
export function deprecationText({
  date,
  replacement,
}: {
  readonly date: string | undefined;
  readonly replacement: string | undefined;
}): string {
  const when = date === undefined ? "" : ` and retires on ${dayOf(date)}`;
  return `${when}${replacement === undefined ? "" : `; its replacement is ${replacement}`}`;
}

/** The notes about models, a line each. */
export function modelNoteLines(notes: readonly ModelNote[]): readonly Line[] {
  return notes.map((note) => [styled("warning", `! ${modelNoteText(note)}`)]);
}

/** The day of a time; other text is unchanged. */
function dayOf(date: string): string {
  return /^(\d{4}-\d\d-\d\d)(?:T|$)/.exec(date)?.[1] ?? date;
}
