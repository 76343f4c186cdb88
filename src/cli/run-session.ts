import { isApiError } from "../agent/api-error.ts";
import type { Emit, RunEvent } from "../commands/event.ts";
import type { SessionEvent } from "../commands/session-event.ts";
import { maskEvent } from "../mask/mask-event.ts";
import type { ProgramRows } from "../report/event-row.ts";
import type { JsonKind } from "../report/json/kind.ts";
import type { Reporter } from "../report/reporter.ts";
import { runExitCode } from "../report/run-exit-code.ts";
import { type TextOptions, textReporter } from "../report/text/text.ts";
import { withProgress } from "../report/text/with-progress.ts";
import type { OutputFormat } from "./args/flags.ts";
import { type Invocation, isUsageError } from "./args/invocation.ts";
import { formatOf } from "./args/output-format.ts";
import { faultyFile, fileFaultText } from "./files/file-fault.ts";
import { resultFiles } from "./files/result-files.ts";
import { isTerminal } from "./is-terminal.ts";
import { isMachineError, isProtectedFile } from "./machine-error.ts";
import { runMask, usualKey } from "./run-mask.ts";
import type { Story } from "./session.ts";
import { Interrupted, type Shutdown } from "./shutdown.ts";
import type { StandardStreams } from "./standard-streams.ts";
import { startsWriting } from "./starts-writing.ts";
import { wantsColour } from "./terminal/colour.ts";
import { isInteractive } from "./terminal/interactive.ts";
import { watchedReporter } from "./terminal/watched-reporter.ts";
import type { Viewing } from "./viewing.ts";

/** Runs a command, reports its events as they happen, and gives the exit code for them. */
export async function runSession(
  invocation: Invocation,
  shutdown: Shutdown,
  { story, rows }: { readonly story: Story; readonly rows: ProgramRows },
  streams: StandardStreams,
): Promise<number> {
  const events: RunEvent[] = [];
  const masking = runMask(usualKey());
  let answered = 0;
  const noteAnswer = () => {
    answered += 1;
  };
  const viewing: Viewing = {
    colour: colours(invocation, 2),
    mask: masking.current,
    write: streams.err.write,
    ended: AbortSignal.any([shutdown.ended, streams.err.gone]),
    answered: () => answered,
  };
  const reporter = await openReporter(invocation, rows, viewing, streams);
  const emit: Emit = (told) => {
    const event = maskEvent(told, masking.current());
    // Every answer repeats the announcement, on every connection of a run.
    if (event.kind === "api_deprecated" && events.some(({ kind }) => kind === event.kind)) return;
    events.push(event);
    if (startsWriting(event.kind)) shutdown.writing();
    reporter.take(event);
  };
  const results = resultFiles({ ...shutdown, streams });
  const session = {
    invocation,
    shutdown,
    streams,
    emit,
    addMaskTerms: masking.add,
    mask: masking.current,
    weakSecrets: masking.weak,
    viewing,
    noteAnswer,
    results,
  };
  const reportFile = invocation.value("report");
  let writeReport = async () => {};
  try {
    if (reportFile !== undefined) {
      const { documentText } = await import("../report/json/json.ts");
      const report = await results.open("the report", reportFile);
      writeReport = () => report.write(documentText(invocation.command.document, events, rows));
    }
    await story(session);
  } catch (error) {
    emit(eventOf(error, shutdown));
  }
  await writeReport().catch((error: unknown) => emit(lateReport(reportFile ?? "", error)));
  results.close();
  reporter.finish();
  const { product } = invocation.command;
  const code = () =>
    runExitCode(events, rows, { detailedExitCode: invocation.has("detailed-exitcode") });
  // The reader may be slow. Effects of the run are final, but output that is not written yet is not.
  shutdown.finish(product === "effect" ? code() : undefined);
  await streams.out.flushed();
  const lost = streams.out.lost();
  if (lost?.kind === "failed") emit({ kind: "output_failed", reason: lost.reason, product });
  shutdown.finish(code());
  await streams.err.flushed();
  return code();
}

/** A report that cannot be written at the end changes nothing about what the run has done, and so not its exit code. */
function lateReport(path: string, error: unknown): SessionEvent {
  const { message } = error instanceof Error ? error : new Error(String(error));
  const reason = isMachineError(error) ? `${error.what}: ${message}` : message;
  return { kind: "report_unwritten", path, reason };
}

async function openReporter(
  invocation: Invocation,
  rows: ProgramRows,
  viewing: Viewing,
  streams: StandardStreams,
): Promise<Reporter> {
  const sinks = { out: streams.out.write, err: streams.err.write };
  const options = {
    colour: {
      out: colours(invocation, 1),
      err: viewing.colour,
    },
    quiet: invocation.has("quiet"),
    rows,
  };
  const document = await openers[formatOf(invocation)]?.(
    invocation.command.document,
    sinks.out,
    options,
  );
  if (document !== undefined) return withProgress(document, sinks.err, options);
  return isInteractive(invocation)
    ? watchedReporter(sinks, options, viewing)
    : textReporter(sinks, options);
}

type Opener = (
  document: JsonKind,
  out: (text: string) => void,
  options: TextOptions,
) => Promise<Reporter>;

/**
 * Opens the reporter of a format that prints one document at the end; undefined for text, which is printed as it
 * happens.
 */
const openers: { readonly [Format in OutputFormat]: Opener | undefined } = {
  text: undefined,
  json: async (document, out, { rows }) =>
    (await import("../report/json/json.ts")).jsonReporter(out, document, rows),
  markdown: async (document, out, { rows }) => {
    const { markdownKindOf, markdownReporter } = await import("../report/markdown/markdown.ts");
    const kind = markdownKindOf(document);
    if (kind === undefined) throw new Error(`a ${document} has no form in Markdown`);
    return markdownReporter(out, kind, rows);
  },
  html: async (document, out, { rows }) =>
    (await import("./html-report.ts")).openHtmlReport(document, out, rows),
  // `output` and `graph` have already made these formats into text.
  env: undefined,
  github: undefined,
  ts: undefined,
  mermaid: undefined,
  dot: undefined,
  svg: undefined,
};

function eventOf(error: unknown, shutdown: Shutdown): SessionEvent {
  const by = shutdown.reason();
  if (isUsageError(error)) {
    return { kind: "usage_error", problem: error.message, hint: error.hint };
  }
  if (isProtectedFile(error)) {
    return { kind: "file_protected", what: error.what, why: error.message };
  }
  if (isMachineError(error)) {
    return { kind: "machine_error", what: error.what, reason: error.message };
  }
  if (by !== undefined && (error instanceof Interrupted || isApiError(error))) {
    return { kind: "interrupted", by };
  }
  if (isApiError(error)) return { kind: "read_failed", failure: error.failure };
  const file = faultyFile(error);
  if (file !== undefined)
    return { kind: "machine_error", what: file, reason: fileFaultText(error) };
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { kind: "crashed", message, stack: stack ?? message };
}

function colours(invocation: Invocation, descriptor: 1 | 2): boolean {
  return wantsColour(process.env, isTerminal(descriptor), invocation.has("no-color"));
}
