import { type Detail, unprocessable } from "./answers.ts";
import type { Backend } from "./backend.ts";
import { type EmulatedCall, objectBody } from "./call.ts";
import { conversationSchemas } from "./conversation-schemas.ts";
import { withEntryTypes, withoutExtraMembers } from "./entries.ts";
import type { Json, JsonObject } from "./json.ts";
import { toolComplaints } from "./tool-complaints.ts";
import { createValidator } from "./validation.ts";

/** Reads the body of start, append or restart, or throws the server's answer to an invalid one. */
export type ConversationBodyReader = (
  kind: "start" | "append" | "restart",
  call: EmulatedCall,
) => JsonObject;

/**
 * Makes a reader: it checks the schemas of the reference first, then what live servers were seen to check in addition.
 */
export function createConversationBodyReader(backend: Backend): ConversationBodyReader {
  const validate = createValidator(backend.agents.isNewerTool);
  const refuse = (details: readonly Detail[]) => {
    if (details.length > 0) throw unprocessable(details);
  };
  return (kind, call) => {
    const body = knownMembers(kind, objectBody(call), backend);
    refuse(validate(kind, body));
    if (kind === "start") {
      refuse(toolComplaints(body));
      refuse(partnerComplaints(body, backend));
    }
    return body;
  };
}

function knownMembers(
  kind: "start" | "append" | "restart",
  body: JsonObject,
  backend: Backend,
): JsonObject {
  const { unknown_start_members, extra_entry_members } = backend.behaviour();
  const typed = withEntryTypes(body.inputs);
  const inputs = extra_entry_members === "ignored" ? withoutExtraMembers(typed) : typed;
  const whole = { ...body, ...(inputs !== undefined && { inputs }) };
  if (kind !== "start" || unknown_start_members === "refused") return whole;
  const known = Object.keys(conversationSchemas.start.properties as JsonObject);
  return Object.fromEntries(Object.entries(whole).filter(([name]) => known.includes(name)));
}

/** A conversation has an agent or a model; an agent brings its own tools. */
function partnerComplaints(body: JsonObject, backend: Backend): readonly Detail[] {
  const { agent_with_tools, model_with_handoff_execution } = backend.behaviour();
  const { agent_id = null, model = null, tools = null, handoff_execution = null } = body;
  const about = (member: string, msg: string, input: Json) => [
    { type: "value_error", loc: ["body", member], msg: `Value error, ${msg}`, input },
  ];
  if (agent_id === null && model === null) {
    return about("agent_id", "either agent_id or model must be given", null);
  }
  if (agent_id !== null && model !== null) {
    return about("model", "agent_id and model cannot be given together", model);
  }
  if (agent_id !== null && tools !== null && agent_with_tools === "refused") {
    return about("tools", "tools cannot be given together with agent_id", tools);
  }
  const isClientWithModel = model !== null && handoff_execution !== null;
  return isClientWithModel && model_with_handoff_execution === "refused"
    ? about("handoff_execution", "cannot be given together with model", handoff_execution)
    : [];
}
