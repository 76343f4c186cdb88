import { isList, isObject, type Json, type JsonObject } from "./json.ts";

/** What one answer of a conversation took. */
export type TokenUsage = {
  readonly prompt: number;
  readonly completion: number;
  readonly total: number;
};

/** What a server answers to the inputs of a conversation. Entries are raw: unknown ones stay as they are. */
export type ConversationReply = {
  /** Names the conversation only where it is stored. */
  readonly id: string;
  readonly outputs: readonly JsonObject[];
  readonly usage: TokenUsage;
};

/** A conversation that a server has kept. */
export type StoredConversation = { readonly id: string; readonly metadata: JsonObject };

/** A call of a function that waits for its result, or for a confirmation. */
export type FunctionCall = {
  readonly id: string;
  readonly name: string;
  /** JSON as the model wrote it. */
  readonly arguments: string;
  readonly needsConfirmation: boolean;
};

/** The calls among the entries of an answer that the client has to act on. */
export function openCalls(entries: readonly JsonObject[]): readonly FunctionCall[] {
  const answered = new Set(
    entries.filter(({ type }) => type === "function.result").map((each) => each.tool_call_id),
  );
  return entries
    .filter(({ type, tool_call_id }) => type === "function.call" && !answered.has(tool_call_id))
    .filter(({ confirmation_status: status = null }) => status === null || status === "pending")
    .map((entry) => ({
      id: String(entry.tool_call_id),
      name: String(entry.name),
      arguments: argumentsText(entry.arguments),
      needsConfirmation: entry.confirmation_status === "pending",
    }));
}

/** The arguments of a call as text: servers send a text or an object. */
export function argumentsText(given: Json | undefined): string {
  return typeof given === "string" ? given : JSON.stringify(given ?? {});
}

/** The text of a message, whether it is one text or chunks. */
export function messageText({ content }: JsonObject): string {
  if (typeof content === "string") return content;
  if (!isList(content)) return "";
  return content
    .filter(isObject)
    .map(({ type, text }) => (type === "text" && typeof text === "string" ? text : ""))
    .join("");
}

/** Members of each type of entry that a later request may repeat; servers add others, and refuse those. */
const repeated: Readonly<Record<string, readonly string[]>> = {
  "message.input": ["role", "content", "prefix"],
  "message.output": ["role", "content"],
  "function.call": ["tool_call_id", "name", "arguments"],
  "function.result": ["tool_call_id", "result"],
  "tool.execution": ["name", "arguments", "info"],
  "agent.handoff": ["previous_agent_id", "previous_agent_name", "next_agent_id", "next_agent_name"],
};

/** Entries of an answer as inputs of the next request. A type that is not known is left out. */
export function asInputs(entries: readonly JsonObject[]): readonly JsonObject[] {
  return entries.flatMap((entry) => {
    const type = String(entry.type);
    const members = Object.hasOwn(repeated, type) ? repeated[type] : undefined;
    if (members === undefined) return [];
    const kept = Object.entries(entry).filter(([name]) => members.includes(name));
    const content = isList(entry.content) ? { content: entry.content.map(withoutSource) } : {};
    return [{ type, ...Object.fromEntries(kept), ...content }];
  });
}

/** A reference to a tool's result has a member that the API answers with and does not take. */
function withoutSource(chunk: Json): Json {
  if (!isObject(chunk) || chunk.type !== "tool_reference") return chunk;
  const { source: _source, ...rest } = chunk;
  return rest;
}
