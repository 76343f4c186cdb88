import { type Detail, notFound, refusal, unprocessable } from "./answers.ts";
import type { Backend } from "./backend.ts";
import { type EmulatedCall, objectBody } from "./call.ts";
import { isList, isObject, type Json, type JsonObject } from "./json.ts";
import { creationComplaints, toolComplaints } from "./tool-complaints.ts";
import { createValidator } from "./validation.ts";

/** Reads the body of a create or update request, or throws the server's answer to an invalid one. */
export type BodyReader = (kind: "create" | "update", call: EmulatedCall) => JsonObject;

/** Makes a reader: it checks the schemas of the reference first, then what this server checks in addition. */
export function createBodyReader(backend: Backend): BodyReader {
  const validate = createValidator(backend.agents.isNewerTool);
  return (kind, call) => {
    const body = readableBody(kind, call, backend);
    refuse(validate(kind, body));
    if (kind === "create") refuse(creationComplaints(body));
    if (backend.behaviour().tool_checks === "conversations") refuse(toolComplaints(body));
    checkMetadata(body, backend);
    checkModel(body, backend);
    checkHandoffs(body, backend);
    return body;
  };
}

function readableBody(kind: "create" | "update", call: EmulatedCall, backend: Backend): JsonObject {
  const body = objectBody(call);
  if (kind === "update" || backend.behaviour().deployment_chat_on_create === "refused") return body;
  const { deployment_chat: _ignored, ...rest } = body;
  return rest;
}

function refuse(details: readonly Detail[]): void {
  if (details.length > 0) throw unprocessable(details);
}

/** Members with null are removed, so they do not count. */
function checkMetadata({ metadata }: JsonObject, backend: Backend): void {
  const { metadata_keys: most, metadata_value_length: longest } = backend.behaviour();
  if (!isObject(metadata)) return;
  const members = Object.entries(metadata).filter(([, value]) => value !== null);
  const complain = (msg: string) =>
    refuse([
      { type: "value_error", loc: ["body", "metadata"], msg: `Value error, ${msg}`, input: {} },
    ]);
  if (most !== null && members.length > most) complain(`metadata may have at most ${most} keys`);
  const tooLong = members.find(([, value]) => longest !== null && lengthOf(value) > longest);
  if (tooLong !== undefined) {
    complain(`metadata value of ${tooLong[0]} may have at most ${longest} characters`);
  }
}

function lengthOf(value: Json): number {
  return (typeof value === "string" ? value : JSON.stringify(value)).length;
}

function checkModel({ model }: JsonObject, backend: Backend): void {
  if (backend.behaviour().unknown_model === "accepted" || typeof model !== "string") return;
  if (!backend.catalogue().models.includes(model)) {
    throw refusal(400, `Invalid model: ${model}`, 3003);
  }
}

function checkHandoffs({ handoffs }: JsonObject, backend: Backend): void {
  const answer = backend.behaviour().unknown_handoff;
  if (answer === "accepted" || !isList(handoffs)) return;
  const at = handoffs.findIndex((id) => backend.agents.find(String(id)) === undefined);
  if (at < 0) return;
  const msg = `Agent ${String(handoffs[at])} not found`;
  if (answer === 404) throw notFound(msg);
  const input = handoffs[at] ?? null;
  refuse([{ type: "value_error", loc: ["body", "handoffs", at], msg, input }]);
}
