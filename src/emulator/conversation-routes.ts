import type { Hono } from "hono";
import { answerJson, answerNothing, notFound, refusal } from "./answers.ts";
import type { Backend } from "./backend.ts";
import { conversationAnswer, conversationResponse, historyAnswer } from "./conversation-answer.ts";
import { createConversationBodyReader } from "./conversation-body.ts";
import { streamedAnswer } from "./conversation-events.ts";
import { createConversationLock } from "./conversation-lock.ts";
import { agentPartner, partnerNow, partnerOf } from "./conversation-partner.ts";
import { replyTo } from "./conversation-reply.ts";
import type { StoredConversation } from "./conversation-state.ts";
import { inputEntries, stampedEntry } from "./entries.ts";
import { checkInputs, stillMissing, unconfirmedCalls } from "./input-rules.ts";
import { containsJson, isList, isObject, type Json, type JsonObject } from "./json.ts";
import { optionalJsonObject, readQuery, wholeNumber } from "./query.ts";
import type { RouteEnv } from "./route-env.ts";
import { floorOf } from "./speaker.ts";

/** Conversations: start, append, restart, and what can be read of them (Mistral API reference, beta.conversations). */
export function addConversationRoutes(app: Hono<RouteEnv>, backend: Backend): void {
  const { conversations, behaviour } = backend;
  const readBody = createConversationBodyReader(backend);
  const lock = createConversationLock(
    backend.milliseconds,
    () => behaviour().conversation_lock === "held",
  );
  const path = "/v1/conversations";

  app.post(path, ({ env }) => {
    const body = { ...readBody("start", env.call), ...env.altered };
    const inputs = inputEntries(body.inputs);
    checkReplay(backend, body, inputs);
    const partner = partnerOf(backend, body);
    checkInputs({ history: [], inputs, isStart: true }, behaviour());
    return goOn(backend, newConversation(backend, partner, body), inputs, body);
  });

  app.get(path, ({ req }) => {
    const { page, page_size, metadata } = readQuery(req.url, {
      page: wholeNumber({ min: 0, otherwise: 0 }),
      page_size: wholeNumber({ min: 0, otherwise: 100 }),
      metadata: optionalJsonObject,
    });
    const obeys = behaviour().metadata_filter === "honoured" && metadata !== undefined;
    const listed = conversations
      .all()
      .filter(({ stored }) => stored || behaviour().unstored_listed === "yes")
      .filter((each) => !obeys || containsJson(each.metadata ?? {}, metadata))
      .toReversed();
    return answerJson(
      listed
        .slice(page * page_size, (page + 1) * page_size)
        .map((each) => conversationAnswer(each, behaviour())),
    );
  });

  app.get(`${path}/:id`, ({ req }) =>
    answerJson(conversationAnswer(readable(backend, req.param("id")), behaviour())),
  );
  app.get(`${path}/:id/history`, ({ req }) =>
    answerJson(historyAnswer(readable(backend, req.param("id")), "entries")),
  );
  app.get(`${path}/:id/messages`, ({ req }) =>
    answerJson(historyAnswer(readable(backend, req.param("id")), "messages")),
  );

  app.post(`${path}/:id`, ({ req, env }) => {
    const body = { ...readBody("append", env.call), ...env.altered };
    const found = known(backend, req.param("id"));
    const inputs = inputEntries(body.inputs);
    return lock.alone(found.id, env.call.request, async () => {
      const confirmed = withConfirmations(found, body.tool_confirmations);
      checkInputs({ history: confirmed.entries, inputs, isStart: false }, behaviour());
      const partner = partnerNow(backend, found.partner);
      return goOn(backend, { ...confirmed, partner, appended: true }, inputs, body);
    });
  });

  app.post(`${path}/:id/restart`, ({ req, env }) => {
    const body = { ...readBody("restart", env.call), ...env.altered };
    const found = readable(backend, req.param("id"));
    const at = found.entries.findIndex(({ id }) => id === body.from_entry_id);
    if (at < 0) throw notFound(`Entry ${String(body.from_entry_id)} was not found`);
    if (behaviour().restart_needs_append === "yes" && !found.appended) {
      throw refusal(400, "A conversation can be restarted after at least one append", 3001);
    }
    const { partner: before } = found;
    const partner =
      before.kind === "model" ? before : agentPartner(backend, before.agent_id, body.agent_version);
    const inputs = inputEntries(body.inputs);
    const entries = found.entries.slice(0, at + 1);
    checkInputs({ history: entries, inputs, isStart: false }, behaviour());
    const fresh = newConversation(backend, partner, { ...found, ...body });
    return goOn(backend, { ...fresh, entries }, inputs, body);
  });

  app.delete(`${path}/:id`, ({ req }) => {
    const id = req.param("id");
    if (conversations.find(id) === undefined) {
      if (behaviour().deleted_again === 204 && conversations.wasRemoved(id)) return answerNothing();
      throw missing(id);
    }
    conversations.remove(id);
    return answerNothing();
  });
}

/** Answers a request, and stores the entries unless the request says otherwise. */
async function goOn(
  backend: Backend,
  conversation: StoredConversation,
  inputs: readonly JsonObject[],
  body: JsonObject,
): Promise<Response> {
  const speaker = floorOf(backend, conversation);
  if (speaker === undefined) throw notFound("The agent of the conversation was not found");
  const heard = [...conversation.entries, ...inputs.map((entry) => kept(backend, entry))];
  const reply = replyTo(backend, speaker, heard, body.handoff_execution);
  if (reply.delayMs > 0) await backend.sleep(reply.delayMs);
  const { outputs, usage } = reply;
  const after = {
    ...conversation,
    updated_at: backend.stamp(),
    entries: [...heard, ...outputs],
    floor: reply.speaker === speaker ? conversation.floor : (reply.speaker.agent?.id ?? null),
  };
  keep(backend, after, body.store !== false);
  const { id } = conversation;
  if (body.stream === true) return streamedAnswer(id, outputs, usage, backend.stamp());
  return answerJson(conversationResponse(id, outputs, usage, backend.behaviour()));
}

/** Conversations with `store: false` are kept only by servers that remember them for a while. */
function keep(backend: Backend, after: StoredConversation, stores: boolean): void {
  const { append_to_unstored, unstored_listed } = backend.behaviour();
  const isNew = backend.conversations.find(after.id) === undefined;
  if (stores) backend.conversations.put(after);
  else if (isNew && (append_to_unstored === "accepted" || unstored_listed === "yes")) {
    backend.conversations.put({ ...after, stored: false });
  }
}

function newConversation(
  backend: Backend,
  partner: StoredConversation["partner"],
  { name = null, description = null, metadata = null }: { readonly [member: string]: unknown },
): StoredConversation {
  const at = backend.stamp();
  return {
    id: backend.newEntryId("conv"),
    created_at: at,
    updated_at: at,
    partner,
    name: typeof name === "string" ? name : null,
    description: typeof description === "string" ? description : null,
    metadata: isObject(metadata) ? metadata : null,
    entries: [],
    floor: null,
    appended: false,
    stored: true,
  };
}

function kept(backend: Backend, entry: JsonObject): JsonObject {
  const { type, object: _object, id: _id, created_at: _at, completed_at: _done, ...rest } = entry;
  return stampedEntry(backend, String(type), rest);
}

/** A start with an agent and with calls and results among its inputs was never seen; some servers may refuse it. */
function checkReplay(backend: Backend, { agent_id }: JsonObject, inputs: readonly JsonObject[]) {
  const answer = backend.behaviour().replay_with_agent;
  if (answer === "accepted" || typeof agent_id !== "string") return;
  if (inputs.some(({ type }) => type === "function.call" || type === "function.result")) {
    throw refusal(answer, "Function calls cannot be among the inputs of a new conversation", 3001);
  }
}

/** The conversation with calls confirmed or denied; throws 400 if a waiting call is left out. */
function withConfirmations(
  conversation: StoredConversation,
  confirmations: Json | undefined,
): StoredConversation {
  const given = new Map(
    (isList(confirmations) ? confirmations : [])
      .filter(isObject)
      .map(({ tool_call_id, confirmation }) => [String(tool_call_id), confirmation]),
  );
  const waiting = unconfirmedCalls(conversation.entries);
  const unknown = [...given.keys()].filter((id) => !waiting.includes(id));
  if (unknown.length > 0) {
    throw refusal(
      400,
      `Confirmations with unknown tool_call_ids: ['${unknown.join("', '")}']`,
      3001,
    );
  }
  const open = waiting.filter((id) => !given.has(id));
  if (open.length > 0) throw stillMissing(open);
  const entries = conversation.entries.map((entry) => {
    const answer = given.get(String(entry.tool_call_id));
    if (entry.confirmation_status !== "pending" || answer === undefined) return entry;
    return { ...entry, confirmation_status: answer === "allow" ? "allowed" : "denied" };
  });
  return { ...conversation, entries };
}

/** A conversation that can be read. Throws 404, also if it was not stored. */
function readable(backend: Backend, id: string): StoredConversation {
  const found = backend.conversations.find(id);
  const isShown = found?.stored || backend.behaviour().unstored_listed === "yes";
  if (found === undefined || !isShown) throw missing(id);
  return found;
}

/** A conversation that can be appended to; throws 404. */
function known(backend: Backend, id: string): StoredConversation {
  const found = backend.conversations.find(id);
  const isOpen = found?.stored || backend.behaviour().append_to_unstored === "accepted";
  if (found === undefined || !isOpen) throw missing(id);
  return found;
}

function missing(id: string) {
  return notFound(`Conversation with id ${id} was not found`);
}
