import { isApiError } from "../agent/api-error.ts";
import {
  asInputs,
  type ConversationReply,
  type FunctionCall,
  openCalls,
  type TokenUsage,
} from "../agent/conversation.ts";
import type { AgentId, Version } from "../agent/identity.ts";
import type { JsonObject } from "../agent/json.ts";
import type { Conversations, ReplyOptions } from "../agent/ports.ts";
import type { Storage } from "../plan/conversation-storage.ts";

/** The agent of a conversation, and how it is held. */
export type ConversationOptions = {
  readonly conversations: Conversations;
  readonly id: AgentId;
  /** Sent as a number in every request, so that a pointer that moves meanwhile changes nothing. */
  readonly version: Version;
  readonly storage: Storage;
  /** Written into a stored conversation, so that a later run can find it. */
  readonly metadata: () => JsonObject;
  readonly reply: ReplyOptions;
  /** Most requests of the whole conversation. */
  readonly mostRequests: number;
  /** The result of a function call. */
  readonly answer: (call: FunctionCall) => Promise<string>;
  /** Whether a tool that asks for confirmation may run. */
  readonly confirm: (call: FunctionCall) => Promise<boolean>;
  /** Called with the entries of every request and answer, and when the conversation starts over. */
  readonly heard?: (entries: readonly JsonObject[]) => void;
  readonly startedOver?: () => void;
};

/** A conversation in progress. */
export type Conversation = {
  /**
   * One message of the user, with all the function calls that follow. Rejects with an `ApiError` or `TooManyRequests`.
   */
  readonly say: (text: string) => Promise<void>;
  /** All entries, including calls and results. */
  readonly entries: () => readonly JsonObject[];
  readonly usage: () => TokenUsage;
  readonly requests: () => number;
  /** How it is held now: if a server refuses entries that are sent again, it becomes a stored conversation. */
  readonly storage: () => Storage;
  /** The conversation on the server, until it is deleted. */
  readonly storedId: () => string | undefined;
  /** Deletes what the server has stored. Rejects with an `ApiError`. */
  readonly close: () => Promise<void>;
};

/** Ends a conversation that does not stop calling functions. */
export class TooManyRequests extends Error {}

/** Ends an unstored conversation that can only continue as a stored one. */
class NeedsStorage extends Error {}

/** Starts a conversation; nothing is sent before the first message. */
export function openConversation(options: ConversationOptions): Conversation {
  const { conversations, id, version, reply } = options;
  const said: string[] = [];
  let entries: readonly JsonObject[] = [];
  let { storage } = options;
  let usage: TokenUsage = { prompt: 0, completion: 0, total: 0 };
  let requests = 0;
  let stored: string | undefined;

  const send = async (inputs: readonly JsonObject[], confirmations: readonly JsonObject[]) => {
    if (requests >= options.mostRequests) throw new TooManyRequests();
    requests += 1;
    const answer = await sent(inputs, confirmations);
    if (storage === "stored") stored = answer.id;
    usage = sumOf(usage, answer.usage);
    entries = [...entries, ...inputs, ...answer.outputs];
    options.heard?.([...inputs, ...answer.outputs]);
    return openCalls(answer.outputs);
  };

  const sent = (
    inputs: readonly JsonObject[],
    confirmations: readonly JsonObject[],
  ): Promise<ConversationReply> => {
    const start = { agent_id: id, agent_version: version, stream: false };
    if (storage === "unstored") {
      const all = asInputs([...entries, ...inputs]);
      const isReplay = entries.length > 0;
      const whole = { ...start, store: false, inputs: all };
      return conversations.start(whole, reply).catch((error: unknown) => {
        throw isReplay && isReplayRefused(error) ? new NeedsStorage() : error;
      });
    }
    if (stored === undefined) {
      const kept = { ...start, store: true, metadata: options.metadata(), inputs };
      return conversations.start(kept, reply);
    }
    const more = {
      ...(inputs.length > 0 && { inputs }),
      ...(confirmations.length > 0 && { tool_confirmations: confirmations }),
    };
    return conversations.append(stored, { ...more, stream: false, store: true }, reply);
  };

  /** Answers function calls and confirmations. */
  const reactTo = async (calls: readonly FunctionCall[]) => {
    const results: JsonObject[] = [];
    const confirmations: JsonObject[] = [];
    for (const call of calls) {
      const { id: tool_call_id } = call;
      if (call.needsConfirmation) {
        const confirmation = (await options.confirm(call)) ? "allow" : "deny";
        confirmations.push({ tool_call_id, confirmation });
      } else {
        const result = await options.answer(call);
        results.push({ type: "function.result", tool_call_id, result });
      }
    }
    return { results, confirmations };
  };

  const turn = async (text: string): Promise<void> => {
    let calls = await send([{ type: "message.input", role: "user", content: text }], []);
    while (calls.length > 0) {
      if (storage === "unstored" && calls.some((call) => call.needsConfirmation)) {
        throw new NeedsStorage();
      }
      // Before an answer is asked for that could not be sent.
      if (requests >= options.mostRequests) throw new TooManyRequests();
      const { results, confirmations } = await reactTo(calls);
      calls = await send(results, confirmations);
    }
  };

  return {
    say: async (text) => {
      said.push(text);
      try {
        await turn(text);
      } catch (error) {
        if (!(error instanceof NeedsStorage)) throw error;
        storage = "stored";
        entries = [];
        options.startedOver?.();
        for (const each of said) await turn(each);
      }
    },
    entries: () => entries,
    usage: () => usage,
    requests: () => requests,
    storage: () => storage,
    storedId: () => stored,
    close: async () => {
      if (stored === undefined) return;
      await removeConversation(conversations, stored);
      stored = undefined;
    },
  };
}

/** Deletes a stored conversation; succeeds if it does not exist. */
export async function removeConversation(conversations: Conversations, id: string): Promise<void> {
  try {
    await conversations.remove(id);
  } catch (error) {
    if (!isApiError(error, "missing")) throw error;
  }
}

/** Whether a server refuses entries that it answered with before. */
function isReplayRefused(error: unknown): boolean {
  if (!isApiError(error)) return false;
  const { status } = error.failure;
  return status === 400 || status === 404 || status === 422;
}

function sumOf(one: TokenUsage, other: TokenUsage): TokenUsage {
  return {
    prompt: one.prompt + other.prompt,
    completion: one.completion + other.completion,
    total: one.total + other.total,
  };
}
