import { argumentsText, messageText } from "./conversation.ts";
import type { Json, JsonObject } from "./json.ts";

/** One thing that was said or done in a conversation. Agents are named by their keys, where they have any. */
export type TranscriptLine =
  | { readonly kind: "user"; readonly text: string }
  | { readonly kind: "message"; readonly agent: string; readonly text: string }
  /** A call that the client answers. */
  | {
      readonly kind: "call";
      readonly agent: string;
      readonly name: string;
      readonly arguments: string;
    }
  | { readonly kind: "result"; readonly name: string; readonly text: string }
  /** A call that the server carried out. */
  | {
      readonly kind: "tool";
      readonly agent: string;
      readonly name: string;
      readonly arguments: string;
    }
  | { readonly kind: "handoff"; readonly from: string; readonly to: string }
  /** An entry of a type that is not known here. */
  | { readonly kind: "other"; readonly type: string };

/** A conversation as it can be shown. `nameOf` gives the name of an agent by its id. */
export function transcriptOf(
  entries: readonly JsonObject[],
  first: string,
  nameOf: (id: string) => string,
): readonly TranscriptLine[] {
  const called = new Map<Json | undefined, string>();
  const agentOf = ({ agent_id }: JsonObject) =>
    typeof agent_id === "string" ? nameOf(agent_id) : first;
  return entries.map((entry): TranscriptLine => {
    const name = String(entry.name);
    switch (entry.type) {
      case "message.input":
        return { kind: "user", text: messageText(entry) };
      case "message.output":
        return { kind: "message", agent: agentOf(entry), text: messageText(entry) };
      case "function.call":
        called.set(entry.tool_call_id, name);
        return {
          kind: "call",
          agent: agentOf(entry),
          name,
          arguments: argumentsText(entry.arguments),
        };
      case "function.result":
        return {
          kind: "result",
          name: called.get(entry.tool_call_id) ?? "",
          text: String(entry.result),
        };
      case "tool.execution":
        return {
          kind: "tool",
          agent: agentOf(entry),
          name,
          arguments: argumentsText(entry.arguments),
        };
      case "agent.handoff":
        return {
          kind: "handoff",
          from: nameOf(String(entry.previous_agent_id)),
          to: nameOf(String(entry.next_agent_id)),
        };
      default:
        return { kind: "other", type: String(entry.type) };
    }
  });
}
