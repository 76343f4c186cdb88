import { agentTable } from "../agent/agent-table.ts";
import { isApiError } from "../agent/api-error.ts";
import type { Difference } from "../agent/differences.ts";
import type { AgentKey, AgentRef, Version } from "../agent/identity.ts";
import { type JsonObject, objectOf } from "../agent/json.ts";
import { newestVersion, nextVersion, type RemoteAgent } from "../agent/remote-agent.ts";
import { requestMembers } from "../agent/request-body.ts";
import { type Tags, tagsOf } from "../agent/tags.ts";
import type { Written } from "./create-agent.ts";
import { pathsLeft } from "./restore-content.ts";
import { aboutMetadata } from "./room-in-metadata.ts";
import { idOf, mayGoOn, type Run, recordBuilt } from "./run.ts";
import { StepError } from "./step-error.ts";
import { type Mark, stampedMembers, tagsFor } from "./tag-version.ts";
import { notTaken } from "./verify.ts";

/** The target of one agent. */
export type Update = {
  readonly key: AgentKey;
  /** The agent as last read. */
  readonly from: RemoteAgent;
  readonly target: JsonObject;
  readonly mark: Mark;
  /** Members that keep their value without being sent. */
  readonly withheld: readonly string[];
  /** Where the default goes if the apply fails; undefined for an agent that this apply created. */
  readonly previous: Version | undefined;
};

/** A version that was written, and its differences from the target. */
export type WriteAttempt = { readonly written: Written; readonly missed: readonly Difference[] };

/**
 * Writes one version exactly once, even if the answer is lost, and detects other writers in between: a `StepError` then
 * names their version, which the default is reverted to.
 */
export async function writeVersion(run: Run, update: Update): Promise<WriteAttempt> {
  const { key, from, target, mark, withheld, previous } = update;
  const expected = nextVersion(from);
  const sent = objectOf(Object.entries(target).filter(([name]) => !withheld.includes(name)));
  const dereference = { idOf: (ref: AgentRef) => idOf(run, ref), reveal: run.reveal };
  const members = requestMembers(agentTable, sent, dereference);
  const tags =
    mark.kind === "tagged"
      ? tagsFor(run, key, mark.stamp, expected, tagsOf(from)?.create ?? "", members)
      : undefined;
  const body = { ...members, ...stampedMembers(run, target.metadata, tags) };
  const doubted = { key, id: from.id, previous, from, isInPlace: false };
  run.doubted.set(key, doubted);
  const missed = (agent: RemoteAgent) => notTaken(run, agent, target, tags);
  const isOurs = (agent: RemoteAgent) =>
    tags === undefined ? missed(agent).length === 0 : isMade(agent, tags);
  const written = await updateOnce(run, update, expected, body, isOurs);
  const { agent } = written;
  if (newestVersion(agent) < expected && pathsLeft(agent, from).length > 0) {
    // A revert restores the content too.
    run.doubted.set(key, { ...doubted, isInPlace: true });
    throw new StepError({ kind: "edited_in_place", version: agent.version });
  }
  const theirs = theirVersion(agent, expected);
  recordBuilt(run, { key, agent, previous: theirs ?? previous });
  if (theirs !== undefined) {
    throw new StepError({ kind: "interleaved", theirs, ours: agent.version });
  }
  return { written, missed: missed(agent) };
}

/** The version of another writer just before or just after ours; undefined if there is none. */
function theirVersion(ours: RemoteAgent, expected: Version): Version | undefined {
  const newest = newestVersion(ours);
  if (newest > ours.version) return newest;
  if (ours.version <= expected) return undefined;
  const earlier = ours.versions.filter((version) => version < ours.version);
  return Math.max(...earlier, 0) as Version;
}

/**
 * Sends the update, and again only if its answer was lost and the agent has no newer version than before. The highest
 * version number counts, because the default is a pointer that can be moved back.
 */
async function updateOnce(
  run: Run,
  update: Update,
  expected: Version,
  body: JsonObject,
  isOurs: (agent: RemoteAgent) => boolean,
): Promise<Written> {
  const { id } = update.from;
  for (let sent = 1; ; sent += 1) {
    try {
      const agent = await run.writer.update(id, body);
      const late = sent > 1 ? await lateDuplicate(run, agent, expected, isOurs) : undefined;
      return { agent: late ?? agent, sent, recovered: late !== undefined };
    } catch (error) {
      if (!isApiError(error, "unknown_outcome")) throw aboutMetadata(error, body);
      const found = await findWritten(run, update, expected, isOurs);
      if (found !== undefined) return { agent: found, sent, recovered: true };
      if (sent === 3 || !mayGoOn(run)) throw error;
      await refuseEdited(run, update, isOurs);
    }
  }
}

/**
 * The version that a lost answer was about; undefined if none was made. If another writer made one, that is reported,
 * and the default goes to it. An edit of our version has a copy of our tags, so ours is the lowest version with them.
 */
async function findWritten(
  run: Run,
  { key, from }: Update,
  expected: Version,
  isOurs: (agent: RemoteAgent) => boolean,
): Promise<RemoteAgent | undefined> {
  const { versions } = await run.reader.agent(from.id);
  const fresh = versions
    .filter((version) => version >= expected)
    .sort((left, right) => left - right);
  let ours: RemoteAgent | undefined;
  for (const version of fresh) {
    const candidate = await run.reader.agent(from.id, version);
    if (ours === undefined && isOurs(candidate)) ours = candidate;
  }
  const theirs = fresh.findLast((version) => version !== ours?.version);
  if (theirs === undefined) return ours;
  if (ours === undefined) run.doubted.delete(key);
  else recordBuilt(run, { key, agent: ours, previous: theirs });
  throw new StepError({ kind: "interleaved", theirs, ours: ours?.version });
}

/**
 * Before a request is sent again: an outside edit in place since the first request is not overwritten. Such an edit
 * changes no version number.
 */
async function refuseEdited(
  run: Run,
  { from }: Update,
  isOurs: (agent: RemoteAgent) => boolean,
): Promise<void> {
  const now = await run.reader.agent(from.id);
  if (now.version !== from.version || isOurs(now) || pathsLeft(now, from).length === 0) return;
  throw new StepError({ kind: "interleaved", theirs: now.version, ours: undefined });
}

/**
 * A request that was taken for lost may still be carried out, just before the one that replaced it. Then ours is the
 * version with the expected number, and the default belongs there.
 */
async function lateDuplicate(
  run: Run,
  second: RemoteAgent,
  expected: Version,
  isOurs: (agent: RemoteAgent) => boolean,
): Promise<RemoteAgent | undefined> {
  if (second.version !== expected + 1) return undefined;
  const first = await run.reader.agent(second.id, expected);
  if (!isOurs(first)) return undefined;
  const switched = await run.writer.switchVersion(second.id, expected);
  return { ...switched, versions: switched.versions.filter((each) => each !== second.version) };
}

function isMade(agent: RemoteAgent, expected: Tags): boolean {
  const tags = tagsOf(agent);
  return tags?.release === expected.release && tags.version === expected.version;
}
