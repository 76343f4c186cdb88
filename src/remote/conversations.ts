import type { ConversationReply, StoredConversation, TokenUsage } from "../agent/conversation.ts";
import { isObject, type Json } from "../agent/json.ts";
import type { Conversations, ReplyOptions } from "../agent/ports.ts";
import { type Call, get } from "./call.ts";
import type { HttpClient } from "./http-client.ts";
import { listFrom, objectFrom, unexpectedResponse } from "./response-shape.ts";

const path = "/v1/conversations";
const pageSize = 100;

/** Most pages of stored conversations that are read, newest first. */
const mostPages = 20;

/** The port for conversations over HTTP. `serverNow` is the server's time. */
export function createConversations(http: HttpClient, serverNow: () => number): Conversations {
  const say = async (call: Call) => replyFrom(call, await http(call));
  return {
    start: (body, options) => say(post(path, body, options)),
    append: (id, body, options) => say(post(conversationPath(id), body, options)),
    remove: async (id) => {
      await http({ method: "DELETE", path: conversationPath(id), isRepeatable: true });
    },
    list: async (metadata) => {
      const found = new Map<string, StoredConversation>();
      for (let page = 0; page < mostPages; page += 1) {
        const filter = encodeURIComponent(JSON.stringify(metadata));
        const call = get(`${path}?page=${page}&page_size=${pageSize}&metadata=${filter}`);
        const listed = listFrom(call, await http(call));
        for (const item of listed) {
          const stored = storedFrom(call, item);
          found.set(stored.id, stored);
        }
        if (listed.length < pageSize) break;
      }
      return [...found.values()];
    },
    serverNow,
  };
}

function conversationPath(id: string): string {
  return `${path}/${encodeURIComponent(id)}`;
}

/** Not repeatable: a model answers differently the second time, and a second request costs again. */
function post(to: string, body: Call["body"] & object, options: ReplyOptions): Call {
  return { method: "POST", path: to, body, isRepeatable: false, ...options };
}

function replyFrom(call: Call, json: Json | undefined): ConversationReply {
  const { conversation_id, outputs, usage } = objectFrom(call, json, "an answer of a conversation");
  const entries = listFrom(call, outputs);
  if (typeof conversation_id !== "string" || !entries.every(isObject)) {
    throw unexpectedResponse(call, "the answer is not a conversation");
  }
  return { id: conversation_id, outputs: entries, usage: usageFrom(usage) };
}

/** A missing count is 0. */
function usageFrom(usage: Json | undefined): TokenUsage {
  const count = (name: string) => {
    const value = isObject(usage) ? usage[name] : undefined;
    return typeof value === "number" ? value : 0;
  };
  return {
    prompt: count("prompt_tokens"),
    completion: count("completion_tokens"),
    total: count("total_tokens"),
  };
}

function storedFrom(call: Call, json: Json): StoredConversation {
  const { id, metadata } = objectFrom(call, json, "a conversation");
  if (typeof id !== "string") throw unexpectedResponse(call, "the answer lacks an id");
  return { id, metadata: isObject(metadata) ? metadata : {} };
}
