import type { Json } from "../agent/json.ts";
import type { Clock } from "../agent/ports.ts";
import { type CiFiles, commandLine } from "./command-line.ts";
import { type CommentTexts, commentOf } from "./comment-body.ts";
import { commentsAt } from "./comments-at.ts";
import { findingsOf } from "./findings.ts";
import type { Send } from "./forge-call.ts";
import { markerOf } from "./marker.ts";
import type { CiNotice } from "./notice.ts";
import { type Outputs, outputsOf } from "./outputs.ts";
import { type Place, placeOf } from "./place.ts";
import { problemsOf } from "./problems.ts";
import { addComment, keepComment } from "./put-comment.ts";
import { stepExitCode } from "./step-exit-code.ts";
import { readTask, type Task, type Variables, variablesOfCommand } from "./task.ts";

/** How the command ended: its code and what it wrote to stdout, or why it could not be started. */
export type CommandEnd =
  | { readonly kind: "ended"; readonly code: number; readonly out: string }
  | { readonly kind: "not_started"; readonly reason: string };

/** What a CI job is handed of the world. */
export type CiWorld = {
  readonly variables: Variables;
  readonly event: Json | undefined;
  readonly files: CiFiles;
  readonly read: (file: string) => string | undefined;
  readonly write: (file: string, text: string) => void;
  readonly remove: (file: string) => void;
  /** A path as it is from every folder. */
  readonly absolute: (file: string) => string;
  /** Runs agentvane; what it says on stderr goes to the log at once. */
  readonly run: (
    args: readonly string[],
    options: { readonly folder: string; readonly variables: Variables },
  ) => Promise<CommandEnd>;
  readonly log: CiLog;
  readonly publish: (outputs: Outputs, summary: string) => void;
  readonly send: Send;
  readonly clock: Clock;
  readonly texts: CommentTexts;
};

/** The log of the job. */
export type CiLog = {
  readonly notice: (notice: CiNotice) => void;
  /** A text from elsewhere, in which nothing is an instruction to the runner; folded away where it can be. */
  readonly foreign: (text: string, foldedUnder?: string) => void;
};

/** One CI job: runs the command once, tells of it everywhere, and gives the code to end with. */
export async function runCi(world: CiWorld): Promise<number> {
  const { log, files } = world;
  const task = readTask(world.variables);
  if (!("command" in task)) {
    log.notice({ kind: "bad_input", ...task });
    return 64;
  }
  // What an earlier job left in the same folder would be taken for what this one found out.
  for (const file of [files.markdown, task.command === "plan" ? files.plan : files.report]) {
    world.remove(file);
  }
  const savedPlan = task.savedPlan === undefined ? undefined : world.absolute(task.savedPlan);
  const end = await world.run(commandLine({ ...task, savedPlan }, files), {
    folder: task.workingDirectory,
    variables: variablesOfCommand(world.variables),
  });
  if (end.kind === "not_started") {
    log.notice(end);
    return 1;
  }
  return tell(world, task, end);
}

async function tell(
  world: CiWorld,
  task: Task,
  { code, out }: { readonly code: number; readonly out: string },
): Promise<number> {
  const { log, files, read } = world;
  const findings = findingsOf(task, code, {
    plan: read(files.plan),
    report: read(files.report),
  });
  const markdown = task.command === "validate" ? "" : out;
  if (markdown !== "") world.write(files.markdown, markdown);
  tellLog(log, task, code, out);
  const exists = (file: string) => read(file) !== undefined;
  const summary =
    markdown === "" && task.command !== "validate"
      ? world.texts.withoutResult(task, code)
      : markdown;
  world.publish(outputsOf(code, findings, files, exists), summary);
  const place = placeOf(world.variables, world.event);
  const notice = await comment(world, task, place, { code, markdown });
  if (notice !== undefined) log.notice(notice);
  const exitCode = stepExitCode(task, code, findings);
  if (code !== 0 && code !== 2) {
    log.notice({ kind: "ended", command: task.command, code });
    return exitCode;
  }
  if (!hasResult(task, out, files, exists)) {
    log.notice({ kind: "no_result", command: task.command });
    return 1;
  }
  if (exitCode !== 0) log.notice({ kind: "drifted", command: task.command });
  return exitCode;
}

/** Whether a run that ended well did what was asked: with `--help` among its arguments it did not. */
function hasResult(
  { command }: Task,
  out: string,
  files: CiFiles,
  exists: (file: string) => boolean,
): boolean {
  switch (command) {
    case "plan":
      return exists(files.plan);
    case "apply":
      return exists(files.report);
    case "drift":
      return markerOf(out) !== undefined;
    case "validate":
      return out.trimStart().startsWith("{");
  }
}

/**
 * The result, at once to be seen where it says why the job fails. Of a validation its problems, each at its place,
 * and the document only where it has none.
 */
function tellLog(log: CiLog, { command }: Task, code: number, out: string): void {
  const problems = command === "validate" ? problemsOf(out) : [];
  problems.forEach(log.notice);
  if (problems.length > 0 || out === "") return;
  if (code === 0 || code === 2) log.foreign(out, `agentvane ${command}`);
  else log.foreign(out);
}

async function comment(
  { send, clock, texts }: CiWorld,
  task: Task,
  place: Place,
  result: { readonly code: number; readonly markdown: string },
): Promise<CiNotice | undefined> {
  const comments = commentsAt(place, send, clock);
  if (comments === undefined || task.comment === "none" || task.command === "validate") {
    return undefined;
  }
  const wanted = commentOf(task, result, place, comments.limit, texts);
  return task.comment === "new" ? addComment(comments, wanted.body) : keepComment(comments, wanted);
}
