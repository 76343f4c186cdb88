import { createHash } from "node:crypto";
import type { Task } from "./task.ts";

/**
 * The hidden first line of a run's Markdown, which names its project and environment; undefined if it is missing, or if
 * the run ended before it knew the project.
 */
export function markerOf(markdown: string): string | undefined {
  const [first = ""] = markdown.split(/\r?\n/, 1);
  return /^<!-- agentvane [a-z]+: (?!project=,).* -->$/.test(first) ? first : undefined;
}

/**
 * A hidden line for one task of a pipeline. It depends only on the task, so a run that ended before it knew its project
 * still updates the existing comment. Server and arguments are hashed, because an argument may be confidential.
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

/** A text that can end neither the comment around it nor its line; different texts stay different. */
function inert(text: string): string {
  return `"${text.replaceAll(/[^\w./-]/g, (unit) => `%${unit.charCodeAt(0).toString(16)};`)}"`;
}
