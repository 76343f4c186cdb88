import { refusal } from "./answers.ts";
import type { Backend } from "./backend.ts";
import type { ReplyRule } from "./conversation-script.ts";
import { entryText, stampedEntry } from "./entries.ts";
import { isObject, type JsonObject } from "./json.ts";
import { handoffTarget, mayCall, type Speaker } from "./speaker.ts";

/** Most handoffs in one answer; a live server was seen to give up after these. */
const mostHandoffs = 10;

/** The entries of an answer, who answers next, and the token usage. */
export type Reply = {
  readonly outputs: readonly JsonObject[];
  readonly speaker: Speaker;
  readonly usage: JsonObject;
  readonly delayMs: number;
};

/** Answers as the script says, or with a fixed sentence. Handoffs are carried out unless the client does that. */
export function replyTo(
  backend: Backend,
  first: Speaker,
  entries: readonly JsonObject[],
  handoffExecution: unknown,
): Reply {
  const outputs: JsonObject[] = [];
  let speaker = first;
  let delayMs = 0;
  let usage: JsonObject | undefined;
  for (let hop = 0; hop <= mostHandoffs; hop += 1) {
    const rule = backend.script.take((each) => applies(backend, each, speaker, entries));
    delayMs += rule?.delay_ms ?? 0;
    usage = rule?.usage ?? usage;
    const spoken = speak(backend, speaker, rule?.reply ?? fixedReply(speaker));
    outputs.push(...spoken.outputs);
    const handsOver = spoken.speaker !== speaker && isLastHandoff(outputs);
    speaker = spoken.speaker;
    if (!handsOver || handoffExecution === "client") {
      return { outputs, speaker, delayMs, usage: usage ?? usageOf(first, entries, outputs) };
    }
  }
  throw refusal(500, "Response failed during handoff orchestration");
}

function fixedReply({ agent, version, content }: Speaker): string {
  const who = agent === undefined ? String(content.model) : `${content.name}, version ${version}`;
  return `This is the fixed reply of the emulator for ${who}: no rule of a script applies.`;
}

/** Whether a rule fits this speaker and input, and this version can do what the reply contains. */
function applies(
  backend: Backend,
  rule: ReplyRule,
  speaker: Speaker,
  entries: readonly JsonObject[],
): boolean {
  const { agent, version, content } = speaker;
  const input = entryText(newestInput(entries));
  return (
    (rule.agent === undefined || rule.agent === agent?.id || rule.agent === content.name) &&
    (rule.version === undefined || (agent !== undefined && rule.version === version)) &&
    (rule.input === undefined || input.includes(rule.input)) &&
    (rule.instructions === undefined ||
      String(content.instructions ?? "").includes(rule.instructions)) &&
    (typeof rule.reply === "string" || isPossible(backend, speaker, rule.reply))
  );
}

function newestInput(entries: readonly JsonObject[]): JsonObject {
  return (
    entries.findLast(({ type }) => type === "message.input" || type === "function.result") ?? {}
  );
}

function isPossible(backend: Backend, speaker: Speaker, reply: readonly JsonObject[]): boolean {
  let current: Speaker | undefined = speaker;
  for (const { type, name, to } of reply) {
    if (current === undefined) return false;
    if (type === "function.call" && !mayCall(current, String(name))) return false;
    if (type === "agent.handoff") current = handoffTarget(backend, current, String(to));
  }
  return current !== undefined;
}

function speak(
  backend: Backend,
  first: Speaker,
  reply: ReplyRule["reply"],
): { readonly outputs: readonly JsonObject[]; readonly speaker: Speaker } {
  if (typeof reply === "string") {
    return { outputs: [outputEntry(backend, first, messageOf(reply))], speaker: first };
  }
  const outputs: JsonObject[] = [];
  let speaker = first;
  for (const entry of reply) {
    if (entry.type !== "agent.handoff") {
      outputs.push(outputEntry(backend, speaker, entry));
      continue;
    }
    const next = handoffTarget(backend, speaker, String(entry.to));
    if (next === undefined) throw new Error("the chosen reply hands off to an unknown agent");
    outputs.push(handoffEntry(backend, speaker, next));
    speaker = next;
  }
  return { outputs, speaker };
}

function messageOf(content: string): JsonObject {
  return { type: "message.output", content };
}

function outputEntry(backend: Backend, { agent, content }: Speaker, entry: JsonObject): JsonObject {
  const { type, ...members } = entry;
  const nulls = backend.behaviour().unset_members === "null";
  const author = {
    ...(agent !== undefined ? { agent_id: agent.id } : nulls ? { agent_id: null } : {}),
    model: content.model ?? null,
  };
  return stampedEntry(backend, String(type), { ...author, ...membersOf(backend, entry, members) });
}

function membersOf(backend: Backend, { type }: JsonObject, members: JsonObject): JsonObject {
  switch (type) {
    case "message.output":
      return { role: "assistant", ...members };
    case "function.call":
      return {
        tool_call_id: backend.newToolCallId(),
        ...members,
        arguments: textOrObject(members.arguments),
      };
    case "tool.execution": {
      // A member that is missing in the reference and present in recorded answers.
      const isLive = backend.behaviour().live_extra_members === "present";
      const text = textOrObject(members.arguments);
      return {
        ...(isLive && { function: String(members.name) }),
        ...members,
        arguments: typeof text === "string" ? text : JSON.stringify(text),
      };
    }
    default:
      return members;
  }
}

function textOrObject(value: JsonObject[string] | undefined): JsonObject[string] {
  return isObject(value) ? JSON.stringify(value) : (value ?? "{}");
}

function handoffEntry(backend: Backend, from: Speaker, to: Speaker): JsonObject {
  return stampedEntry(backend, "agent.handoff", {
    previous_agent_id: from.agent?.id ?? "",
    previous_agent_name: String(from.content.name ?? ""),
    next_agent_id: to.agent?.id ?? "",
    next_agent_name: String(to.content.name ?? ""),
  });
}

function isLastHandoff(outputs: readonly JsonObject[]): boolean {
  return outputs.at(-1)?.type === "agent.handoff";
}

/** An estimate: about four characters per token. */
function usageOf(
  { content }: Speaker,
  entries: readonly JsonObject[],
  outputs: readonly JsonObject[],
): JsonObject {
  const size = (texts: readonly string[]) => Math.ceil(texts.join("").length / 4);
  const said = (all: readonly JsonObject[]) =>
    all.map((entry) => entryText(entry) || String(entry.arguments ?? ""));
  const prompt_tokens = size([String(content.instructions ?? ""), ...said(entries)]);
  const completion_tokens = size(said(outputs));
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
}
