import { createHash } from "node:crypto";
import type { Task } from "./task.ts";

/**
 * The hidden first line by which the Markdown of a run says what it is about; undefined when it has none, or when
 * the run ended before it knew the project.
 */
export function markerOf(markdown: string): string | undefined {
  const [first = ""] = markdown.split(/\r?\n/, 1);
  return /^<!-- agentvane [a-z]+: (?!project=,).* -->$/.test(first) ? first : undefined;
}

/**
 * A hidden line for one task of a pipeline. It is known before anything is read, so a run that never found out
 * which project it was about still updates the comment of the one before. Server and arguments are told apart by a
 * digest, since an argument may be a text that nobody is to read.
 */
export function slotOf(task: Task): string {
  const { command, workingDirectory, file, environment, args, server } = task;
  const rest = args.length === 0 && server === undefined ? "" : digestOf([server ?? "", ...args]);
  const parts = [command, workingDirectory, file ?? "", environment ?? "", rest].map(inert);
  return `<!-- agentvane-ci ${parts.join(" ")} -->`;
}

function digestOf(words: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(words)).digest("hex").slice(0, 16);
}

/** A text that cannot end the comment it stands in, nor its line; different texts stay different. */
function inert(text: string): string {
  return `"${text.replaceAll(/[^\w./-]/g, (unit) => `%${unit.charCodeAt(0).toString(16)};`)}"`;
}
