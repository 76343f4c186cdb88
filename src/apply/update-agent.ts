import { agentTable } from "../agent/agent-table.ts";
import { emptyForms } from "../agent/empty-form.ts";
import { sameJson } from "../agent/json.ts";
import { newestVersion } from "../agent/remote-agent.ts";
import { valueAt } from "../agent/value-at.ts";
import type { Written } from "./create-agent.ts";
import { pathsLeft } from "./restore-content.ts";
import type { Run } from "./run.ts";
import { StepError } from "./step-error.ts";
import { type Update, type WriteAttempt, writeVersion } from "./write-version.ts";

/**
 * Writes one new version of an existing agent and verifies it; throws a `StepError` or an `ApiError`. A property that
 * the server does not clear by null is sent once more in the empty form of its kind.
 */
export async function updateAgent(run: Run, update: Update): Promise<Written> {
  await refuseChanged(run, update);
  const first = await writeVersion(run, update);
  if (first.missed.length === 0) return first.written;
  const forms = emptyForms(agentTable, first.missed);
  if (forms === undefined || !areUncleared(first, update)) throw untaken(first);
  const again = { ...update, from: first.written.agent, target: { ...update.target, ...forms } };
  await refuseChanged(run, again);
  const second = await writeVersion(run, again);
  if (second.missed.length > 0) throw untaken(second);
  return { ...second.written, sent: first.written.sent + second.written.sent };
}

/**
 * Reads the agent just before the write: a write moves its default, and a revert needs to know where it was, which no
 * answer says afterwards. An outside change since the plan is not overwritten.
 */
async function refuseChanged(run: Run, { from }: Update): Promise<void> {
  const now = await run.reader.agent(from.id);
  const theirs = newestVersion(now);
  if (theirs !== newestVersion(from)) {
    throw new StepError({ kind: "interleaved", theirs, ours: undefined });
  }
  if (now.version !== from.version) {
    throw new StepError({ kind: "pointer_moved", expected: from.version, found: now.version });
  }
  // An edit in place changes neither number.
  if (pathsLeft(now, from).length > 0) {
    throw new StepError({ kind: "interleaved", theirs: now.version, ours: undefined });
  }
}

/** Whether null has changed nothing. Another value was set meanwhile by another writer and is not overwritten. */
function areUncleared({ written, missed }: WriteAttempt, { from }: Update): boolean {
  return missed.every(({ path }) =>
    sameJson(valueAt(written.agent, path) ?? null, valueAt(from, path) ?? null),
  );
}

function untaken({ written, missed }: WriteAttempt): StepError {
  const paths = missed.map(({ path }) => path);
  return new StepError({ kind: "not_taken", version: written.agent.version, paths });
}
