import { agentTable } from "../agent/agent-table.ts";
import { isApiError } from "../agent/api-error.ts";
import type { Difference } from "../agent/differences.ts";
import type { AgentId, AgentKey, Version } from "../agent/identity.ts";
import { isObject, type Json, type JsonObject } from "../agent/json.ts";
import { newestVersion, nextVersion, type RemoteAgent } from "../agent/remote-agent.ts";
import { requestMembers } from "../agent/request-body.ts";
import { type Tags, tagsOf } from "../agent/tags.ts";
import type { Stamp } from "../plan/agent-plan.ts";
import type { Written } from "./create-agent.ts";
import { idOf, type Run, recordBuilt } from "./run.ts";
import { StepError } from "./step-error.ts";
import { stampedMembers, tagsFor } from "./tag-version.ts";
import { notTaken } from "./verify.ts";

/** What one agent is to become. */
export type Update = {
  readonly key: AgentKey;
  /** The agent as it was last seen. */
  readonly from: RemoteAgent;
  readonly target: JsonObject;
  readonly stamp: Stamp;
  /** Where the default goes if the apply fails; undefined for an agent this apply created. */
  readonly previous: Version | undefined;
};

/**
 * One new version of an existing agent, verified; or a `StepError` or `ApiError`. What the server does not
 * clear by null is tried once in the empty form of its kind.
 */
export async function updateAgent(run: Run, update: Update): Promise<Written> {
  const first = await writeVersion(run, update, update.from, update.target);
  if (first.missed.length === 0) return first.written;
  const emptied = withEmptyForms(update.target, first.missed);
  if (emptied === undefined) throw untaken(first);
  const second = await writeVersion(run, update, first.written.agent, emptied);
  if (second.missed.length > 0) throw untaken(second);
  return { ...second.written, sent: first.written.sent + second.written.sent };
}

type Attempt = { readonly written: Written; readonly missed: readonly Difference[] };

async function writeVersion(
  run: Run,
  update: Update,
  before: RemoteAgent,
  target: JsonObject,
): Promise<Attempt> {
  const expected = nextVersion(before);
  const created = tagsOf(before)?.create ?? "";
  const tags = tagsFor(run, update.key, update.stamp, expected, created);
  const labels = isObject(target.metadata) ? target.metadata : {};
  const body = {
    ...requestMembers(agentTable, target, { idOf: (ref) => idOf(run, ref), reveal: run.reveal }),
    ...stampedMembers(run, labels, tags),
  };
  const written = await updateOnce(run, before, expected, body);
  const { agent } = written;
  const theirs = agent.version > expected ? theirVersion(agent) : undefined;
  recordBuilt(run, { key: update.key, agent, previous: theirs ?? update.previous });
  if (theirs !== undefined) {
    throw new StepError({ kind: "interleaved", theirs, ours: agent.version });
  }
  return { written, missed: notTaken(run, agent, target, tags) };
}

/** The version that somebody else wrote just before ours. */
function theirVersion(ours: RemoteAgent): Version {
  const earlier = ours.versions.filter((version) => version < ours.version);
  return Math.max(...earlier, 0) as Version;
}

/**
 * Sends the update, and again only when its answer was lost and the agent has no newer version than before.
 * Versions are counted by the highest number: the default one is a pointer that can be moved back.
 */
async function updateOnce(
  run: Run,
  before: RemoteAgent,
  expected: Version,
  body: JsonObject,
): Promise<Written> {
  for (let sent = 1; ; sent += 1) {
    try {
      return { agent: await run.writer.update(before.id, body), sent, recovered: false };
    } catch (error) {
      if (!isApiError(error, "unknown_outcome")) throw error;
      const found = await findWritten(run, before.id, expected);
      if (found !== undefined) return { agent: found, sent, recovered: true };
      if (sent === 3) throw error;
    }
  }
}

/** The version a lost answer was about, or undefined when it was never made. */
async function findWritten(
  run: Run,
  id: AgentId,
  expected: Version,
): Promise<RemoteAgent | undefined> {
  const now = await run.reader.agent(id);
  const newest = newestVersion(now);
  if (newest < expected) return undefined;
  const candidate = await run.reader.agent(id, expected);
  const isOurs = isMade(tagsOf(candidate), run, expected);
  if (newest === expected && isOurs) return candidate;
  throw new StepError({
    kind: "interleaved",
    theirs: isOurs ? newest : expected,
    ours: isOurs ? expected : undefined,
  });
}

function isMade(tags: Tags | undefined, run: Run, expected: Version): boolean {
  return tags?.release === run.options.release && tags.version === String(expected);
}

/** What clears a property on servers that take null for "leave it as it is". Handoffs have no such form. */
const emptyForms: { readonly [name: string]: Json } = {
  instructions: "",
  description: "",
  guardrails: [],
};

function withEmptyForms(target: JsonObject, missed: readonly Difference[]): JsonObject | undefined {
  const names = missed.map(({ path }) => path);
  const clearable = missed.every(
    ({ path, after }) => after === undefined && emptyForms[path] !== undefined,
  );
  if (!clearable) return undefined;
  const forms = Object.entries(emptyForms).filter(([name]) => names.includes(name));
  return { ...target, ...Object.fromEntries(forms) };
}

function untaken({ written, missed }: Attempt): StepError {
  const paths = missed.map(({ path }) => path);
  return new StepError({ kind: "not_taken", version: written.agent.version, paths });
}
