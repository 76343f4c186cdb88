import { agentTable } from "../agent/agent-table.ts";
import { isApiError } from "../agent/api-error.ts";
import { withoutHeldBack } from "../agent/held-back.ts";
import type { AgentRef } from "../agent/identity.ts";
import { isObject, type Json, type JsonObject, objectOf } from "../agent/json.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { createMembers } from "../agent/request-body.ts";
import { tagsOf } from "../agent/tags.ts";
import type { CreatePlan, Stamp } from "../plan/agent-plan.ts";
import { isOurs } from "../plan/identify.ts";
import { aboutMetadata } from "./room-in-metadata.ts";
import { idOf, mayGoOn, type Run, recordBuilt } from "./run.ts";
import { StepError } from "./step-error.ts";
import { stampedMembers, tagsFor } from "./tag-version.ts";
import { notTaken } from "./verify.ts";

/** The result of a write. */
export type Written = {
  readonly agent: RemoteAgent;
  readonly sent: number;
  readonly recovered: boolean;
};

/**
 * The first version of a new agent: creates exactly one agent and verifies it; throws a `StepError` or an `ApiError`.
 */
export async function createAgent(run: Run, plan: CreatePlan): Promise<Written> {
  const definition = firstDefinition(plan);
  const dereference = { idOf: (ref: AgentRef) => idOf(run, ref), reveal: run.reveal };
  const members = createMembers(agentTable, definition, dereference);
  const sent = { ...unsetMembers, ...members };
  const tags = tagsFor(run, plan.key, firstStamp(plan), 0, run.options.nonce, sent);
  const body = { ...members, ...stampedMembers(run, labelsToCreate(definition), tags) };
  const written = await createOnce(run, plan, body);
  recordBuilt(run, { key: plan.key, agent: written.agent, previous: undefined });
  const missed = notTaken(run, written.agent, definition, tags);
  if (missed.length > 0) {
    const paths = missed.map(({ path }) => path);
    throw new StepError({ kind: "not_taken", version: written.agent.version, paths });
  }
  return written;
}

/** Members that a create request leaves out have their defaults. */
const unsetMembers = objectOf(
  agentTable.flatMap(({ name, unset, notOnCreate }): [string, Json][] =>
    unset === undefined || notOnCreate ? [] : [[name, unset]],
  ),
);

/**
 * The definition in the create request: an agent that is completed later gets its handoffs and the rest with its second
 * write.
 */
function firstDefinition(plan: CreatePlan): JsonObject {
  const first = withoutHeldBack(agentTable, plan.definition);
  return plan.completedLater
    ? objectOf(Object.entries(first).filter(([name]) => name !== "handoffs"))
    : first;
}

/** A version that is completed later has no target yet: a run that ends before that continues from it. */
function firstStamp({ stamp, completedLater }: CreatePlan): Stamp {
  return completedLater ? { ...stamp, spec: "" } : stamp;
}

function labelsToCreate(definition: JsonObject): JsonObject {
  const labels = isObject(definition.metadata) ? definition.metadata : {};
  return objectOf(Object.entries(labels).filter(([, value]) => value !== null));
}

/**
 * Sends the create request, and a second time only if the first answer was lost and no agent of this key appeared
 * during the settle window. The API has no idempotency key, so only a list can show whether the first one was carried
 * out.
 */
async function createOnce(run: Run, plan: CreatePlan, body: JsonObject): Promise<Written> {
  for (let sent = 1; ; sent += 1) {
    try {
      return { agent: await run.writer.create(body), sent, recovered: false };
    } catch (error) {
      if (!isApiError(error, "unknown_outcome")) throw aboutMetadata(error, body);
      const { ours, theirs } = await lookForCreated(run, plan);
      if (ours !== undefined) return { agent: ours, sent, recovered: true };
      if (theirs !== undefined) throw new StepError({ kind: "created_twice", id: theirs.id });
      if (sent === 2 || !mayGoOn(run)) throw error;
      run.sentTwice.add(plan.key);
    }
  }
}

/** Who has created the agent of a key, according to a list. */
type Creators = {
  readonly ours: RemoteAgent | undefined;
  /** Created by another run at the same time. */
  readonly theirs: RemoteAgent | undefined;
};

/**
 * Lists agents at growing intervals until one with this key and this run's nonce appears, or the settle window ends.
 */
async function lookForCreated(run: Run, plan: CreatePlan): Promise<Creators> {
  const end = run.clock.now() + run.options.settleMs;
  for (let pause = 250; ; pause = Math.min(pause * 2, 4_000)) {
    const created = (await run.reader.agents()).filter((agent) => isOf(run, plan, agent));
    const ours = created.find((agent) => tagsOf(agent)?.create === run.options.nonce);
    const left = end - run.clock.now();
    if (ours !== undefined || left <= 0) return { ours, theirs: created[0] };
    await run.clock.sleep(Math.min(pause, left));
  }
}

function isOf(run: Run, { key }: CreatePlan, agent: RemoteAgent): boolean {
  const tags = tagsOf(agent);
  return tags !== undefined && isOurs(tags, run.plan.scope) && tags.key === key;
}
