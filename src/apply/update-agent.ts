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
 * One new version of an existing agent, verified; or a `StepError` or `ApiError`. What the server does not
 * clear by null is tried once in the empty form of its kind.
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
 * Looks at the agent just before it is written: a write moves its default, and where that goes back to is where
 * it stood then, which no answer tells afterwards. What somebody changed since the plan is not written over.
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
  // An edit in place leaves both numbers as they are.
  if (pathsLeft(now, from).length > 0) {
    throw new StepError({ kind: "interleaved", theirs: now.version, ours: undefined });
  }
}

/** Whether null has left everything as it was. Another value was set by somebody meanwhile: it is not written over. */
function areUncleared({ written, missed }: WriteAttempt, { from }: Update): boolean {
  return missed.every(({ path }) =>
    sameJson(valueAt(written.agent, path) ?? null, valueAt(from, path) ?? null),
  );
}

function untaken({ written, missed }: WriteAttempt): StepError {
  const paths = missed.map(({ path }) => path);
  return new StepError({ kind: "not_taken", version: written.agent.version, paths });
}
