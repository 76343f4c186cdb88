import type { ProgramRows } from "../report/event-row.ts";
import type { Reporter } from "../report/reporter.ts";
import { textReporter } from "../report/text/text.ts";
import { type CommandName, commandTable } from "./args/command-table.ts";
import { durationFlag } from "./args/flag-values.ts";
import { helpTopic } from "./args/help-topic.ts";
import {
  type Invocation,
  isUsageError,
  readInvocation,
  type UsageError,
} from "./args/invocation.ts";
import { formatOf } from "./args/output-format.ts";
import { runMask, usualKey } from "./run-mask.ts";
import { runSession } from "./run-session.ts";
import type { Story } from "./session.ts";
import { listenForStop } from "./shutdown.ts";
import type { StandardStreams } from "./standard-streams.ts";
import { outliveTerminal } from "./terminal/closed-terminal.ts";

/** The stories of the commands that a program can run, and the rows of all events that they emit. */
export type Commands = {
  readonly stories: { readonly [Name in CommandName]?: Story };
  readonly rows: ProgramRows;
};

const longestRunMs = 600_000;

/** Runs a command line; gives its exit code. */
export async function runCommandLine(
  args: readonly string[],
  streams: StandardStreams,
  commands: Commands,
): Promise<number> {
  outliveTerminal();
  try {
    // Existing help texts were printed before, so this name is not a command.
    const topic = helpTopic(args);
    const words = topic === undefined ? args : [topic];
    return await runInvocation(readInvocation(words), streams, commands);
  } catch (error) {
    if (!isUsageError(error)) throw error;
    return await reportUsageError(args, error, streams, commands.rows);
  }
}

async function runInvocation(
  invocation: Invocation,
  streams: StandardStreams,
  commands: Commands,
): Promise<number> {
  formatOf(invocation);
  const { name, isEndless } = invocation.command;
  const shutdown = listenForStop(
    isEndless === true ? undefined : durationFlag(invocation, "timeout", longestRunMs),
  );
  const story = commands.stories[name];
  if (story === undefined) throw new Error(`command ${name} has no story`);
  return runSession(invocation, shutdown, { story, rows: commands.rows }, streams);
}

/** A command line with an error may still name the output format. */
async function reportUsageError(
  args: readonly string[],
  usageError: UsageError,
  { out, err }: StandardStreams,
  rows: ProgramRows,
): Promise<number> {
  const { own } = runMask(usualKey()).current();
  const [problem, hint] = [own(usageError.message), own(usageError.hint)];
  const event = { kind: "usage_error", problem, hint } as const;
  const plain = { colour: { out: false, err: false }, quiet: false, rows };
  textReporter({ out: undefined, err: err.write }, plain).take(event);
  const document = await documentFor(args, out.write, rows);
  document?.take(event);
  document?.finish();
  await Promise.all([out.flushed(), err.flushed()]);
  return 64;
}

async function documentFor(
  args: readonly string[],
  out: (text: string) => void,
  rows: ProgramRows,
): Promise<Reporter | undefined> {
  const command = commandTable.find(({ name }) => name === args[0]);
  const kind = command?.document ?? "result";
  const line = args.join(" ");
  if (/--json|--format[= ]json/.test(line)) {
    return (await import("../report/json/json.ts")).jsonReporter(out, kind, rows);
  }
  if (!/--format[= ]markdown/.test(line)) return undefined;
  const { markdownKindOf, markdownReporter } = await import("../report/markdown/markdown.ts");
  const markdownKind = markdownKindOf(kind);
  return markdownKind === undefined ? undefined : markdownReporter(out, markdownKind, rows);
}
