import { isApiError } from "../agent/api-error.ts";
import type { FunctionCall } from "../agent/conversation.ts";
import type { DesiredProject } from "../agent/definition.ts";
import type { AgentKey } from "../agent/identity.ts";
import type { Clock, Reader } from "../agent/ports.ts";
import { transcriptOf } from "../agent/transcript.ts";
import { openConversation, TooManyRequests } from "../apply/conversation.ts";
import { markMetadata, removeStaleConversations } from "../apply/conversation-mark.ts";
import type { StopReason } from "../apply/event.ts";
import type { Checking } from "../apply/run.ts";
import { knownAgents } from "../apply/run-check.ts";
import type { Emit } from "./event.ts";
import {
  type Fleet,
  findTarget,
  readFleet,
  type TalkTarget,
  type WantedVersion,
} from "./talk-target.ts";

/** Most requests of a conversation with a user, which ends a model that does not stop calling functions. */
const mostRequests = 200;

export type AskRequest = {
  readonly desired: DesiredProject;
  readonly reader: Reader;
  readonly clock: Clock;
  readonly checking: Checking;
  readonly key: string;
  readonly wanted: WantedVersion;
  /** Whether more than one message may follow. */
  readonly follows: boolean;
  /** The user's next message; undefined at the end. */
  readonly next: () => Promise<string | undefined>;
  readonly answer: (call: FunctionCall) => Promise<string>;
  readonly confirm: (call: FunctionCall) => Promise<boolean>;
  readonly stopped: () => StopReason | undefined;
};

/** `agentvane ask`: a conversation with one version of one agent. Nothing of it stays on the server. */
export async function runAsk(request: AskRequest, emit: Emit): Promise<void> {
  const { desired, reader } = request;
  emit({ kind: "fetching", again: false });
  const fleet = await readFleet(desired, reader);
  const target = await targetOf(request, fleet, emit);
  if (target !== undefined) await hold(request, fleet, target, emit);
}

async function targetOf(
  { reader, key, wanted }: AskRequest,
  fleet: Fleet,
  emit: Emit,
): Promise<TalkTarget | undefined> {
  const refusals = fleet.refusals.filter((refusal) => "key" in refusal && refusal.key === key);
  if (refusals.length > 0) {
    emit({ kind: "refused", refusals });
    return undefined;
  }
  const remote = fleet.remoteOf.get(key as AgentKey);
  if (remote === undefined) {
    emit({ kind: "not_found", key, known: [...fleet.ids.keys()] });
    return undefined;
  }
  const target = await findTarget(key as AgentKey, remote, wanted, fleet, reader);
  if (!("kind" in target)) return target;
  if (target.kind === "no_version") {
    const missing = wanted.kind === "version" ? [wanted.version] : [];
    const known = [...remote.versions].sort((one, other) => one - other);
    emit({ kind: "version_missing", key, missing, known });
  } else emit({ kind: "refused", refusals: [target] });
  return undefined;
}

async function hold(
  request: AskRequest,
  fleet: Fleet,
  target: TalkTarget,
  emit: Emit,
): Promise<void> {
  const { clock, checking, follows, next, answer, confirm, stopped } = request;
  const { key, id, name, version, by } = target;
  const { conversations, timeoutMs, ended, mark } = checking;
  const { nameOf } = knownAgents(fleet.ids);
  const start = clock.now();
  let turns = 0;
  let told = 0;
  const conversation = openConversation({
    conversations,
    id,
    version,
    storage: target.storage(follows ? 2 : 1),
    metadata: () => markMetadata(mark),
    reply: { timeoutMs, signal: ended },
    mostRequests,
    answer,
    confirm,
    heard: () => {
      const lines = transcriptOf(conversation.entries(), key, nameOf);
      emit({ kind: "conversation_heard", lines: lines.slice(told) });
      told = lines.length;
    },
    startedOver: () => {
      told = 0;
      emit({ kind: "conversation_started_over" });
    },
  });
  emit({ kind: "conversation_started", key, id, name, version, by });
  try {
    for (;;) {
      const text = stopped() === undefined ? await next() : undefined;
      if (text === undefined || stopped() !== undefined) break;
      turns += 1;
      await conversation.say(text);
    }
  } catch (error) {
    if (stopped() === undefined) emit({ kind: "conversation_failed", ...failureOf(error) });
  }
  const unremoved = new Set<string>();
  await conversation.close().catch((error: unknown) => {
    if (!isApiError(error)) throw error;
    const kept = conversation.storedId();
    if (kept !== undefined) unremoved.add(kept);
  });
  if (conversation.storage() === "stored") {
    await removeStaleConversations(conversations, mark, unremoved, emit);
  }
  const stop = stopped();
  if (stop !== undefined) emit({ kind: "conversation_stopped", by: stop });
  emit({
    kind: "conversation_finished",
    turns,
    requests: conversation.requests(),
    usage: conversation.usage(),
    stored: conversation.storage() === "stored",
    ms: clock.now() - start,
  });
}

function failureOf(error: unknown) {
  if (error instanceof TooManyRequests) {
    return { failure: { kind: "too_many_requests", limit: mostRequests } as const };
  }
  if (!isApiError(error)) throw error;
  return { failure: { kind: "request_failed", failure: error.failure } as const };
}
