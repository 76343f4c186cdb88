import path from "node:path";
import type { AliasName } from "../../agent/identity.ts";
import { readOutput } from "../../commands/output.ts";
import type { ApplicationFormat, ProjectOutput } from "../../commands/project-output.ts";
import { staleLines } from "../../report/output/check.ts";
import { outputForms } from "../../report/output/form.ts";
import { type Invocation, seeHelp, UsageError } from "../args/invocation.ts";
import { formatOf } from "../args/output-format.ts";
import { readInput } from "../files/read-input.ts";
import { openBinding } from "../open-bindings.ts";
import type { Session } from "../session.ts";

/** `agentvane output [KEY…]`: prints what an application needs, writes it to a file, or compares it with one. */
export async function run(session: Session): Promise<void> {
  const { invocation, emit } = session;
  const asked = requestOf(invocation);
  const { format, out, check, alias } = asked;
  const file = out === undefined ? undefined : await session.results.open("the output", out);
  const committed =
    check === undefined ? "" : await readInput("the file", check, session.shutdown.ended);
  if (committed === undefined) return emit({ kind: "file_missing", path: check ?? "" });
  const project = await openBinding(session);
  if (project === undefined) return;
  try {
    const output = await readOutput(
      {
        desired: project.config.bound,
        reader: project.reader,
        keys: [...new Set(invocation.positionals)],
        alias,
        asVariables: outputForms[format].asVariables,
      },
      emit,
    );
    if (output === undefined) return;
    emit({
      kind: "output_read",
      output,
      format,
      isShown: out === undefined && check === undefined,
    });
    if (check !== undefined) compare(session, check, committed, format, output);
    if (out !== undefined) {
      await file?.write(outputForms[format].write(output));
      emit({ kind: "file_written", path: out });
    }
  } finally {
    await project.close();
  }
}

type Asked = {
  readonly format: ApplicationFormat;
  readonly out: string | undefined;
  readonly check: string | undefined;
  readonly alias: AliasName | undefined;
};

function requestOf(invocation: Invocation): Asked {
  const [out, check, alias] = ["out", "check", "alias"].map(invocation.value);
  if (out !== undefined && check !== undefined) {
    throw new UsageError("--out and --check exclude each other", seeHelp(invocation.command));
  }
  refuseStepOutputs(out);
  return { format: formatIn(invocation, out ?? check), out, check, alias: alias as AliasName };
}

/** The chosen format, or the one of the file name. */
function formatIn(invocation: Invocation, file: string | undefined): ApplicationFormat {
  const format = formatOf(invocation) as ApplicationFormat;
  if (file === undefined || invocation.value("format") !== undefined) return format;
  const name = path.basename(file);
  if (/\.[cm]?ts$/.test(name)) return "ts";
  if (name.endsWith(".json")) return "json";
  return /(^|\.)env(\.|$)/.test(name) ? "env" : format;
}

/** GITHUB_OUTPUT is appended to, and contains earlier outputs of the step. */
function refuseStepOutputs(out: string | undefined): void {
  const { GITHUB_OUTPUT } = process.env;
  if (out === undefined || !GITHUB_OUTPUT || path.resolve(out) !== path.resolve(GITHUB_OUTPUT))
    return;
  throw new UsageError(
    "--out would replace what this step wrote to GITHUB_OUTPUT before",
    'append instead: agentvane output --format github >> "$GITHUB_OUTPUT"',
  );
}

function compare(
  { emit }: Session,
  file: string,
  committed: string,
  format: ApplicationFormat,
  output: ProjectOutput,
): void {
  const lacking = staleLines(format, committed, outputForms[format].write(output));
  emit({ kind: "output_compared", path: file, holds: lacking.length === 0, lacking });
}
