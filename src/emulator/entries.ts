import type { Backend } from "./backend.ts";
import { isList, isObject, type Json, type JsonObject } from "./json.ts";

/** The id prefix of each entry type, as in recorded answers. */
const prefixes: Readonly<Record<string, string>> = {
  "message.input": "msg",
  "message.output": "msg",
  "function.call": "fc",
  "function.result": "fr",
  "tool.execution": "tool_exec",
  "agent.handoff": "handoff",
};

/** An entry with the members that every entry has, in the order of recorded answers. */
export function stampedEntry(backend: Backend, type: string, members: JsonObject): JsonObject {
  return {
    object: "entry",
    type,
    created_at: backend.stamp(),
    completed_at: backend.stamp(),
    ...members,
    id: backend.newEntryId(prefixes[type] ?? "entry"),
  };
}

/** The inputs of a request as entries; a string is one message of the user. */
export function inputEntries(inputs: Json | undefined): readonly JsonObject[] {
  if (typeof inputs === "string") {
    return [{ type: "message.input", role: "user", content: inputs, prefix: false }];
  }
  return isList(inputs) ? inputs.filter(isObject) : [];
}

/** Inputs with the type of each entry filled in; the reference has a default for each shape. */
export function withEntryTypes(inputs: Json | undefined): Json | undefined {
  if (!isList(inputs)) return inputs;
  return inputs.map((entry) =>
    isObject(entry) && entry.type === undefined ? { type: typeByShape(entry), ...entry } : entry,
  );
}

/** Inputs without the members that the reference does not have, such as those that live answers add. */
export function withoutExtraMembers(inputs: Json | undefined): Json | undefined {
  if (!isList(inputs)) return inputs;
  return inputs.map((entry) => {
    if (!isObject(entry)) return entry;
    const { function: _function, ...known } = entry;
    return isList(known.content) ? { ...known, content: known.content.map(withoutSource) } : known;
  });
}

/** The text of a message or of a function result, without other content. */
export function entryText(entry: JsonObject): string {
  if (typeof entry.result === "string") return entry.result;
  const { content } = entry;
  if (typeof content === "string") return content;
  if (!isList(content)) return "";
  return content
    .filter(isObject)
    .map((chunk) => (typeof chunk.text === "string" ? chunk.text : ""))
    .join("");
}

function withoutSource(chunk: Json): Json {
  if (!isObject(chunk)) return chunk;
  const { source: _source, ...rest } = chunk;
  return rest;
}

function typeByShape(entry: JsonObject): string {
  if ("result" in entry) return "function.result";
  if ("next_agent_id" in entry) return "agent.handoff";
  if ("tool_call_id" in entry) return "function.call";
  if ("arguments" in entry) return "tool.execution";
  return "role" in entry ? "message.input" : "message.output";
}
