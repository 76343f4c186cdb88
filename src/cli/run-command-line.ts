import { jsonKindOf, jsonReporter } from "../report/json/json.ts";
import type { Reporter } from "../report/reporter.ts";
import type { PlanTexts } from "../report/text/event.ts";
import { textReporter } from "../report/text/text.ts";
import type { CommandSpec } from "./args/command-spec.ts";
import { durationFlag } from "./args/flag-values.ts";
import { findCommand, type Invocation, Misuse, readInvocation } from "./args/invocation.ts";
import { formatOf } from "./args/output-format.ts";
import { run as explain } from "./commands/explain.ts";
import { run as graph } from "./commands/graph.ts";
import { run as init } from "./commands/init.ts";
import { run as render } from "./commands/render.ts";
import { run as schema } from "./commands/schema.ts";
import { run as validate } from "./commands/validate.ts";
import { runMask, usualKey } from "./run-mask.ts";
import { runSession } from "./run-session.ts";
import type { Story } from "./session.ts";
import { printResult, type StandardStreams } from "./standard-streams.ts";
import { listenForStop } from "./stopper.ts";
import { outliveTerminal } from "./terminal/closed-terminal.ts";

/**
 * What only reads files is part of this chunk of the bundle; what talks to a server, or is one, is in a chunk
 * of its own. Every file that is loaded costs a millisecond, so there are no more of them than that.
 */
const stories: { readonly [command: string]: Story } = {
  init: { run: init, texts: untold() },
  validate: { run: validate, texts: untold() },
  render: { run: render, texts: untold() },
  graph: { run: graph, texts: untold() },
  explain: { run: explain, texts: untold() },
  schema: { run: schema, texts: untold() },
};

async function storyOf(command: string): Promise<Story> {
  const offline = stories[command];
  if (offline !== undefined) return offline;
  if (command === "emulate") {
    return { run: (await import("./commands/emulate.ts")).run, texts: untold() };
  }
  if (command === "completion") {
    return { run: (await import("./commands/completion.ts")).run, texts: untold() };
  }
  if (command === "doctor") {
    return { run: (await import("./commands/doctor.ts")).run, texts: untold() };
  }
  const story = (await import("./commands/server-commands.ts")).serverStories[command];
  if (story === undefined) throw new Error(`command ${command} has no story`);
  return story;
}

/** These commands make no plan. */
function untold(): PlanTexts {
  return { planText: () => [], driftText: () => [], changesText: () => [] };
}

const longestRunMs = 600_000;

/** Runs a command line from its words to its exit code. */
export async function runCommandLine(
  args: readonly string[],
  streams: StandardStreams,
): Promise<number> {
  outliveTerminal();
  try {
    if (asksForHelp(args)) {
      const { helpText } = await import("./args/help.ts");
      return await printResult(streams, helpText(helpedCommand(args)));
    }
    return await runInvocation(readInvocation(args), streams);
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    return await tellMisuse(args, error, streams);
  }
}

function asksForHelp(args: readonly string[]): boolean {
  return args[0] === "help" || args.includes("--help") || args.includes("-h");
}

/** `help`, `--help`, `help plan`, `plan --help`, `--help plan`: the command that is asked about, if any. */
function helpedCommand(args: readonly string[]): CommandSpec | undefined {
  const [first, second] = args;
  const name = first === "help" || first?.startsWith("-") ? second : first;
  return name === undefined || name.startsWith("-") ? undefined : findCommand(name);
}

async function runInvocation(invocation: Invocation, streams: StandardStreams): Promise<number> {
  formatOf(invocation);
  const { name } = invocation.command;
  const isEndless = name === "emulate";
  const stopper = listenForStop(
    isEndless ? undefined : durationFlag(invocation, "timeout", longestRunMs),
  );
  return runSession(invocation, stopper, await storyOf(name), streams);
}

/** A command line that was not understood may still have said in which form it wants its answer. */
async function tellMisuse(
  args: readonly string[],
  misuse: Misuse,
  { out, err }: StandardStreams,
): Promise<number> {
  const { own } = runMask(usualKey()).current();
  const [problem, hint] = [own(misuse.message), own(misuse.hint)];
  const event = { kind: "misused", problem, hint } as const;
  const plain = { colour: { out: false, err: false }, quiet: false, ...untold() };
  textReporter({ out: () => {}, err: err.write }, plain).take(event);
  const document = await documentFor(args, out.write);
  document?.take(event);
  document?.finish();
  await Promise.all([out.flushed(), err.flushed()]);
  return 64;
}

async function documentFor(
  args: readonly string[],
  out: (text: string) => void,
): Promise<Reporter | undefined> {
  const [command] = args;
  const line = args.join(" ");
  if (/--json|--format[= ]json/.test(line)) return jsonReporter(out, jsonKindOf(command));
  if (!/--format[= ]markdown/.test(line)) return undefined;
  const { markdownKindOf, markdownReporter } = await import("../report/markdown/markdown.ts");
  const kind = markdownKindOf(command);
  return kind === undefined ? undefined : markdownReporter(out, kind);
}
