import type { JsonObject } from "./json.ts";

/**
 * An answer as server-sent events (Mistral API reference, ConversationEvents), for `stream: true`. The whole answer is
 * known before the first event is sent.
 */
export function streamedAnswer(
  id: string,
  outputs: readonly JsonObject[],
  usage: JsonObject,
  at: string,
): Response {
  const events: readonly JsonObject[] = [
    { type: "conversation.response.started", created_at: at, conversation_id: id },
    ...outputs.flatMap((entry, index) =>
      entryEvents(entry, { created_at: at, output_index: index }),
    ),
    { type: "conversation.response.done", created_at: at, usage },
  ];
  const text = events
    .map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
    .join("");
  return new Response(text, { headers: { "content-type": "text/event-stream" } });
}

function entryEvents(entry: JsonObject, place: JsonObject): readonly JsonObject[] {
  const { object: _object, created_at: _at, completed_at: _done, type, ...rest } = entry;
  const members = { ...place, ...rest };
  switch (type) {
    case "message.output":
      return [{ type: "message.output.delta", content_index: 0, ...members }];
    case "function.call":
      return [{ type: "function.call.delta", ...members }];
    case "tool.execution": {
      const { id = "", name = "", info } = entry;
      const done = { type: "tool.execution.done", ...place, id, name };
      return [
        { type: "tool.execution.started", ...members },
        info === undefined ? done : { ...done, info },
      ];
    }
    case "agent.handoff": {
      const { id = "", previous_agent_id = "", previous_agent_name = "" } = entry;
      const { next_agent_id = "", next_agent_name = "" } = entry;
      return [
        { type: "agent.handoff.started", ...place, id, previous_agent_id, previous_agent_name },
        { type: "agent.handoff.done", ...place, id, next_agent_id, next_agent_name },
      ];
    }
    default:
      return [];
  }
}
