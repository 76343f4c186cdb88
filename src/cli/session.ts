import { isApiError } from "../agent/api-error.ts";
import type { Emit, RunEvent } from "../commands/event.ts";
import type { PlanTexts } from "../report/event-text.ts";
import { exitCode } from "../report/exit-code.ts";
import { jsonKindOf, jsonReporter } from "../report/json.ts";
import type { Reporter } from "../report/reporter.ts";
import { type TextOptions, textReporter } from "../report/text.ts";
import { withProgress } from "../report/with-progress.ts";
import { choiceFlag } from "./flag-values.ts";
import { type Invocation, Misuse } from "./invocation.ts";
import { redactor } from "./redact.ts";
import { checkWritableFolder, writeReportFile } from "./report-file.ts";
import { Interrupted, type Stopper } from "./stopper.ts";
import { Unusable } from "./unusable.ts";

/** One run of one command: where its events go, and what comes of them. */
export type Session = {
  readonly invocation: Invocation;
  readonly stopper: Stopper;
  readonly emit: Emit;
  /** From here on these texts are masked in all output. */
  readonly mask: (secrets: readonly string[]) => void;
  readonly masked: (text: string) => string;
};

/** What a command does, and how it tells of plans if it makes any. */
export type Story = {
  /** Tells what happens through the session and throws what it cannot tell. */
  readonly run: (session: Session) => Promise<void>;
  readonly texts: PlanTexts;
};

/** Runs a command, tells of it as it happens, and gives the exit code that its events stand for. */
export async function runSession(
  invocation: Invocation,
  stopper: Stopper,
  story: Story,
): Promise<number> {
  const events: RunEvent[] = [];
  const secrets: string[] = [];
  let masked = redactor(secrets);
  const reporter = await openReporter(invocation, story.texts, (text) => masked(text));
  const emit: Emit = (event) => {
    events.push(event);
    if (startsWriting(event)) stopper.writing();
    reporter.take(event);
  };
  const mask = (texts: readonly string[]) => {
    secrets.push(...texts);
    masked = redactor(secrets);
  };
  const session = { invocation, stopper, emit, mask, masked: (text: string) => masked(text) };
  const reportFile = openReportFile(invocation);
  try {
    reportFile.check();
    await story.run(session);
  } catch (error) {
    emit(eventOf(error, stopper));
  }
  try {
    await reportFile.write(events, session.masked);
  } catch (error) {
    emit(eventOf(error, stopper));
  }
  reporter.finish();
  return exitCode(events, { detailedExitCode: invocation.has("detailed-exitcode") });
}

/** From such an event on, a run that is asked to stop has something to put back. */
function startsWriting({ kind }: RunEvent): boolean {
  return kind === "apply_started" || kind === "probe_started";
}

type ReportFile = {
  readonly check: () => void;
  readonly write: (events: readonly RunEvent[], masked: (text: string) => string) => Promise<void>;
};

function openReportFile(invocation: Invocation): ReportFile {
  const file = invocation.value("report");
  if (file === undefined) return { check: () => {}, write: async () => {} };
  return {
    check: () => checkWritableFolder("the report", file),
    write: (events, masked) => writeReportFile(file, events, masked),
  };
}

async function openReporter(
  invocation: Invocation,
  texts: PlanTexts,
  masked: (text: string) => string,
): Promise<Reporter> {
  const sinks = {
    out: (text: string) => void process.stdout.write(masked(text)),
    err: (text: string) => void process.stderr.write(masked(text)),
  };
  const options = {
    colour: {
      out: wantsColour(invocation, process.stdout),
      err: wantsColour(invocation, process.stderr),
    },
    quiet: invocation.has("quiet"),
    ...texts,
  };
  const document = await openDocument(invocation, sinks.out, options, masked);
  return document === undefined
    ? textReporter(sinks, options)
    : withProgress(document, sinks.err, options);
}

/** What tells a run as one document when it is over; undefined where it is told in text as it happens. */
async function openDocument(
  invocation: Invocation,
  out: (text: string) => void,
  options: TextOptions,
  masked: (text: string) => string,
): Promise<Reporter | undefined> {
  const { name } = invocation.command;
  switch (formatOf(invocation)) {
    case "json":
      return jsonReporter(out, jsonKindOf(name));
    case "markdown": {
      const { markdownKindOf, markdownReporter } = await import("../report/markdown.ts");
      return markdownReporter(out, markdownKindOf(name) ?? "plan", masked);
    }
    case "html":
      return (await import("./html-report.ts")).openHtmlReport(name, options, masked);
    default:
      return undefined;
  }
}

/** The form in which a command tells its result. Throws a `Misuse` for one that it does not have. */
export function formatOf(invocation: Invocation): string {
  if (invocation.has("json")) return "json";
  const flag = invocation.command.flags.find(({ name }) => name === "format");
  return choiceFlag(invocation, "format", flag?.placeholder?.split("|") ?? ["text"], "text");
}

function wantsColour(invocation: Invocation, stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, TERM } = process.env;
  if (invocation.has("no-color") || (NO_COLOR !== undefined && NO_COLOR !== "")) return false;
  return stream.isTTY === true && TERM !== "dumb";
}

function eventOf(error: unknown, stopper: Stopper): RunEvent {
  const by = stopper.reason();
  if (error instanceof Misuse) {
    return { kind: "misused", problem: error.message, hint: error.hint };
  }
  if (error instanceof Unusable) {
    return { kind: "unusable", what: error.what, reason: error.message };
  }
  if (by !== undefined && (error instanceof Interrupted || isApiError(error))) {
    return { kind: "interrupted", by };
  }
  if (isApiError(error)) return { kind: "read_failed", failure: error.failure };
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { kind: "crashed", message, stack: stack ?? message };
}
