import type { CiLog, CiWorld, CommandEnd, Results } from "./ci-world.ts";
import { type CiFiles, commandLine, planInstead, subcommandOf } from "./command-line.ts";
import { commentOf } from "./comment-body.ts";
import { commentsAt } from "./comments-at.ts";
import { failureIn } from "./failure.ts";
import { findingsOf, nothingFound } from "./findings.ts";
import { type JobContext, jobContextOf } from "./job-context.ts";
import { markerOf } from "./marker.ts";
import type { CiNotice } from "./notice.ts";
import { outputsOf } from "./outputs.ts";
import { precheck } from "./precheck.ts";
import { problemsOf } from "./problems.ts";
import { addComment, commentFailed, keepComment } from "./put-comment.ts";
import { resultOf } from "./result.ts";
import { stepExitCode } from "./step-exit-code.ts";
import { readTask, type Task } from "./task.ts";
import { variablesOfCommand } from "./variables.ts";

/** One CI job: runs the command once, reports the result everywhere, and gives the exit code of the step. */
export async function runCi(world: CiWorld): Promise<number> {
  const { log, files, variables } = world;
  const job = jobContextOf(variables, world.event);
  const task = readTask(variables, job);
  if (!("command" in task)) {
    log.notice({ kind: "bad_input", ...task });
    return 64;
  }
  if (!world.isFolder(task.workingDirectory)) {
    log.notice({ kind: "bad_input", name: "working-directory", expected: "a folder that exists" });
    return 64;
  }
  // A file of an earlier job in the same folder would be taken for a result of this one.
  for (const file of [
    files.markdown,
    files.report,
    ...(task.command === "plan" ? [files.plan] : []),
  ])
    world.remove(file);
  const run = (args: readonly string[]) =>
    world.run(args, { folder: task.workingDirectory, variables: variablesOfCommand(variables) });
  const checked = await precheck(run, task, job);
  switch (checked.kind) {
    case "invalid":
      return ended(world, { ...task, command: "validate" }, job, checked.end);
    case "skip":
      return skip(world, task, checked);
    case "unknown": {
      // Without a known environment nothing is applied; a plan shows the errors in the comment.
      const planned = await run(planInstead(task, files));
      const isFine = planned.kind === "ended" && (planned.code === 0 || planned.code === 2);
      if (!isFine) return ended(world, task, job, planned);
      log.notice({ kind: "bad_input", name: "env", expected: notEphemeral });
      return 64;
    }
    case "not_ephemeral":
      log.notice({ kind: "bad_input", name: "env", expected: notEphemeral });
      return 64;
    case "go": {
      const savedPlan = task.savedPlan === undefined ? undefined : world.absolute(task.savedPlan);
      return ended(world, task, job, await run(commandLine({ ...task, savedPlan }, files)));
    }
  }
}

const notEphemeral = "an environment with `ephemeral: true`, so that a preview is never a release";

/** Skips a task that needs secrets. That is not a failure, because the author of the pull request cannot change it. */
function skip(
  world: CiWorld,
  task: Task,
  { withheld, unset }: Pick<Extract<CiNotice, { kind: "skipped" }>, "withheld" | "unset">,
): number {
  const exitCode = writeResults(world, 0, {
    markdown: "",
    summary: world.texts.skipped(task, withheld),
    outputs: () => outputsOf(0, nothingFound, world.files, () => false),
  });
  world.log.notice({ kind: "skipped", command: task.command, withheld, unset });
  return exitCode;
}

/**
 * Writes the results, and returns the exit code of the step. Later steps depend on the outputs, so a step that cannot
 * write them always fails. The other results are for people, who also find them in the log.
 */
function writeResults(world: CiWorld, exitCode: number, results: Results): number {
  const unwritten = world.writeResults(results);
  for (const each of unwritten) world.log.notice({ kind: "result_unwritten", ...each });
  const hasOutputs = unwritten.every(({ result }) => result !== "outputs");
  return hasOutputs || exitCode !== 0 ? exitCode : 1;
}

function ended(
  world: CiWorld,
  task: Task,
  job: JobContext,
  end: CommandEnd,
): Promise<number> | number {
  if (end.kind === "ended") return publish(world, task, job, end);
  world.log.notice(end);
  return 1;
}

async function publish(
  world: CiWorld,
  task: Task,
  job: JobContext,
  { code, out }: { readonly code: number; readonly out: string },
): Promise<number> {
  const { log, files, read, texts } = world;
  const report = read(files.report);
  const findings = findingsOf(task, code, { plan: read(files.plan), report });
  const result = resultOf(task, code, out, findings, texts);
  const isPlaced = writeLog(log, task, code, out);
  const exists = (file: string) => read(file) !== undefined;
  const summary =
    result.markdown === "" && task.command !== "validate"
      ? texts.withoutResult(task, code)
      : result.markdown;
  const exitCode = writeResults(world, stepExitCode(task, code, findings), {
    markdown: result.markdown,
    summary,
    outputs: () => outputsOf(code, findings, files, exists),
  });
  const notice = await comment(world, task, job, { code, ...result });
  if (notice !== undefined) log.notice(notice);
  const { command } = task;
  if (code !== 0 && code !== 2) {
    const failure = failureIn(command === "validate" ? out : report);
    const position = isPlaced ? undefined : failure?.position;
    log.notice({ kind: "ended", command, code, failure: failure && { ...failure, position } });
    return exitCode;
  }
  if (!hasResult(task, out, files, exists)) {
    log.notice({ kind: "no_result", command });
    return 1;
  }
  if (stepExitCode(task, code, findings) !== 0) log.notice({ kind: "drifted", command });
  return exitCode;
}

/** Whether a successful run did what was asked: with `--help` among its arguments it did not. */
function hasResult(
  task: Task,
  out: string,
  files: CiFiles,
  exists: (file: string) => boolean,
): boolean {
  switch (subcommandOf(task)) {
    case "plan":
      return exists(files.plan);
    case "apply":
    case "promote":
    case "rollback":
    case "destroy":
      return exists(files.report);
    case "drift":
      return markerOf(out) !== undefined;
    case "validate":
      return out.trimStart().startsWith("{");
  }
}

/**
 * Writes the result to the log, unfolded if it explains why the job fails. For a validation, writes each problem at its
 * position, and the document only if it has none. Gives whether there were such problems.
 */
function writeLog(log: CiLog, { command }: Task, code: number, out: string): boolean {
  const problems = command === "validate" ? problemsOf(out) : [];
  problems.forEach(log.notice);
  if (problems.length > 0 || out === "") return problems.length > 0;
  if (code === 0 || code === 2) log.foreign(out, `agentvane ${command}`);
  else log.foreign(out);
  return false;
}

async function comment(
  { send, clock, texts }: CiWorld,
  task: Task,
  job: JobContext,
  result: { readonly code: number; readonly markdown: string; readonly short: string | undefined },
): Promise<CiNotice | undefined> {
  if (task.comment === "none" || task.command === "validate") return undefined;
  const found = await commentsAt(job, task.command === "apply", send, clock);
  if (found.kind !== "done") return commentFailed(found);
  const comments = found.value;
  if (comments === undefined) return undefined;
  const wanted = commentOf(task, result, job, comments.limit, texts);
  return task.comment === "new" ? addComment(comments, wanted.body) : keepComment(comments, wanted);
}
