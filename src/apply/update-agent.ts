import { canBeEmptied, emptyForms } from "../agent/empty-form.ts";
import type { JsonObject } from "../agent/json.ts";
import type { Written } from "./create-agent.ts";
import type { Run } from "./run.ts";
import { StepError } from "./step-error.ts";
import { type Attempt, type Update, writeVersion } from "./write-version.ts";

/**
 * One new version of an existing agent, verified; or a `StepError` or `ApiError`. What the server does not
 * clear by null is tried once in the empty form of its kind.
 */
export async function updateAgent(run: Run, update: Update): Promise<Written> {
  const first = await writeVersion(run, update);
  if (first.missed.length === 0) return first.written;
  const emptied = withEmptyForms(update.target, first.missed);
  if (emptied === undefined) throw untaken(first);
  const second = await writeVersion(run, { ...update, from: first.written.agent, target: emptied });
  if (second.missed.length > 0) throw untaken(second);
  return { ...second.written, sent: first.written.sent + second.written.sent };
}

function withEmptyForms(target: JsonObject, missed: Attempt["missed"]): JsonObject | undefined {
  if (!canBeEmptied(missed)) return undefined;
  const names = missed.map(({ path }) => path);
  const forms = Object.entries(emptyForms).filter(([name]) => names.includes(name));
  return { ...target, ...Object.fromEntries(forms) };
}

function untaken({ written, missed }: Attempt): StepError {
  const paths = missed.map(({ path }) => path);
  return new StepError({ kind: "not_taken", version: written.agent.version, paths });
}
