import { isApiError } from "../agent/api-error.ts";
import type { FunctionCall } from "../agent/conversation.ts";
import type { AgentId, AgentKey, AgentRef, Version } from "../agent/identity.ts";
import type { Clock, Conversations } from "../agent/ports.ts";
import { transcriptOf } from "../agent/transcript.ts";
import type { CheckRun } from "../plan/checked.ts";
import type { Storage } from "../plan/conversation-storage.ts";
import type { CheckEvent, CheckTry } from "./check-event.ts";
import { openConversation, TooManyRequests } from "./conversation.ts";
import { type ConversationMark, markMetadata } from "./conversation-mark.ts";
import { type CheckFailure, judgeConversation, type ValidateJson } from "./judge-conversation.ts";

/** Most requests of one try. */
export const mostRequests = 10;

/** What checks need, in an apply or in `check`. */
export type CheckTools = {
  readonly conversations: Conversations;
  readonly clock: Clock;
  readonly validate: ValidateJson;
  readonly mark: ConversationMark;
  /** Conversations that have ended and could not be deleted yet. */
  readonly unremoved: Set<string>;
  /** For one request. */
  readonly timeoutMs: number;
  /** Aborts when the run is asked to stop. */
  readonly ended: AbortSignal;
  readonly emit: (event: CheckEvent) => void;
};

/** The agents of a run, as far as they are known. */
export type KnownAgents = {
  readonly idOf: (ref: AgentRef) => AgentId | undefined;
  readonly nameOf: (id: string) => string;
};

/** A check, and the exact version that it is for. */
export type CheckSubject = Omit<CheckRun, "pinned"> & {
  readonly id: AgentId;
  readonly version: Version;
};

/**
 * Runs the conversation of a check until it is decided, and returns whether it passed. Deletes what the server has
 * stored of it. Never rejects because of the API: that is a failed try.
 */
export async function runCheck(
  subject: CheckSubject,
  agents: KnownAgents,
  tools: CheckTools,
): Promise<boolean> {
  const { key, check, id, version } = subject;
  const { clock, emit, ended } = tools;
  const start = clock.now();
  const about = { key, check: check.name, id, version };
  const tries: CheckTry[] = [];
  let { storage } = subject;
  const passed = () => tries.filter(({ failures }) => failures.length === 0).length;
  const canStillPass = () => check.tries - (tries.length - passed()) >= check.passes;
  emit({ kind: "check_started", ...about, tries: check.tries, passes: check.passes });
  while (passed() < check.passes && canStillPass()) {
    const held = ended.aborted ? undefined : await holdOnce({ ...subject, storage }, agents, tools);
    if (held === undefined) {
      emit({ kind: "check_stopped", ...about });
      return false;
    }
    ({ storage } = held);
    const attempt = { number: tries.length + 1, ...held.attempt };
    tries.push(attempt);
    emit({ kind: "check_tried", ...about, attempt, tries: check.tries });
  }
  const hasPassed = passed() >= check.passes;
  emit({
    kind: hasPassed ? "check_passed" : "check_failed",
    ...about,
    tries,
    passed: passed(),
    needed: check.passes,
    ms: clock.now() - start,
  });
  return hasPassed;
}

type Held = { readonly storage: Storage; readonly attempt: Omit<CheckTry, "number"> };

/** One try; undefined if the run was asked to stop meanwhile. */
async function holdOnce(
  { key, check, id, version, storage }: CheckSubject,
  agents: KnownAgents,
  tools: CheckTools,
): Promise<Held | undefined> {
  const { conversations, clock, timeoutMs, ended } = tools;
  const start = clock.now();
  const conversation = openConversation({
    conversations,
    id,
    version,
    storage,
    metadata: () => markMetadata(tools.mark),
    reply: { timeoutMs, signal: ended },
    mostRequests,
    answer: async (call) => check.functions.get(call.name) ?? unanswered(call),
    // A check must not change anything, and no user is asked.
    confirm: async () => false,
  });
  let failures: readonly CheckFailure[];
  try {
    for (const text of check.say) await conversation.say(text);
    const held = { entries: conversation.entries(), usage: conversation.usage(), id };
    failures = judgeConversation(held, check.expect, agents.idOf, tools.validate);
  } catch (error) {
    failures = [failureOf(error)];
  }
  await conversation.close().catch((error: unknown) => {
    if (!isApiError(error)) throw error;
    // Deleted, or reported, when all checks have ended.
    const kept = conversation.storedId();
    if (kept !== undefined) tools.unremoved.add(kept);
  });
  if (ended.aborted) return undefined;
  const attempt = {
    failures,
    transcript:
      failures.length === 0 ? [] : transcriptOf(conversation.entries(), key, agents.nameOf),
    requests: conversation.requests(),
    usage: conversation.usage(),
    stored: conversation.storage() === "stored",
    ms: clock.now() - start,
  };
  return { storage: conversation.storage(), attempt };
}

function failureOf(error: unknown): CheckFailure {
  if (error instanceof TooManyRequests) return { kind: "too_many_requests", limit: mostRequests };
  if (isApiError(error)) return { kind: "request_failed", failure: error.failure };
  throw error;
}

/** The result of a function call that the check has no answer for. */
export function unanswered({ name }: Pick<FunctionCall, "name">): string {
  return JSON.stringify({ error: `no answer is defined for ${name}` });
}

/** Agents by key, or by id if unknown. */
export function knownAgents(ids: ReadonlyMap<AgentKey, AgentId>): KnownAgents {
  const keys = new Map<string, AgentKey>([...ids].map(([key, id]) => [id, key]));
  return {
    idOf: (ref) => ("id" in ref ? ref.id : ids.get(ref.key)),
    nameOf: (id) => keys.get(id) ?? id,
  };
}
