import {
  anyObject,
  byType,
  closed,
  completionArgs,
  guardrailList,
  orNull,
  text,
  textOrNull,
  toolList,
} from "./request-schemas.ts";

const common = {
  object: { const: "entry" },
  created_at: text,
  completed_at: textOrNull,
  id: text,
};
const author = { agent_id: textOrNull, model: textOrNull };

const chunk = byType({
  text: closed({ text }, ["text"]),
  image_url: closed({ image_url: { type: ["string", "object"] } }, ["image_url"]),
  document_url: closed({ document_url: text, document_name: textOrNull }, ["document_url"]),
  thinking: closed(
    { thinking: { type: "array" }, closed: { type: "boolean" }, signature: textOrNull },
    ["thinking"],
  ),
  tool_file: closed({ tool: text, file_id: text, file_name: textOrNull, file_type: textOrNull }, [
    "tool",
    "file_id",
  ]),
  tool_reference: closed(
    { tool: text, title: text, url: textOrNull, favicon: textOrNull, description: textOrNull },
    ["tool", "title"],
  ),
});
const content = { type: ["string", "array"], items: chunk };

/** The six entry types of the reference (InputEntries), all allowed in inputs. */
const entry = byType({
  "message.input": closed(
    { ...common, role: { enum: ["assistant", "user"] }, content, prefix: { type: "boolean" } },
    ["role", "content"],
  ),
  "message.output": closed({ ...common, ...author, role: { const: "assistant" }, content }, [
    "content",
  ]),
  "function.call": closed(
    {
      ...common,
      ...author,
      tool_call_id: text,
      name: text,
      arguments: { type: ["string", "object"] },
      confirmation_status: { enum: ["pending", "allowed", "denied", null] },
    },
    ["tool_call_id", "name", "arguments"],
  ),
  "function.result": closed({ ...common, tool_call_id: text, result: text }, [
    "tool_call_id",
    "result",
  ]),
  "tool.execution": closed({ ...common, ...author, name: text, arguments: text, info: anyObject }, [
    "name",
    "arguments",
  ]),
  "agent.handoff": closed(
    {
      ...common,
      previous_agent_id: text,
      previous_agent_name: text,
      next_agent_id: text,
      next_agent_name: text,
    },
    ["previous_agent_id", "previous_agent_name", "next_agent_id", "next_agent_name"],
  ),
});

const inputs = { type: ["string", "array"], items: entry };
const flag = { type: "boolean" };
const metadata = { type: ["object", "null"] };
const agentVersion = { type: ["string", "integer", "null"] };
const confirmations = {
  type: ["array", "null"],
  items: closed({ tool_call_id: text, confirmation: { enum: ["allow", "deny"] } }, [
    "tool_call_id",
    "confirmation",
  ]),
};

/** The bodies of conversations, as JSON Schemas (Mistral API reference, beta.conversations). */
export const conversationSchemas = {
  start: closed(
    {
      inputs,
      stream: flag,
      store: { type: ["boolean", "null"] },
      handoff_execution: { enum: ["client", "server", null] },
      instructions: textOrNull,
      tools: { ...toolList, type: ["array", "null"] },
      completion_args: orNull(completionArgs),
      guardrails: guardrailList,
      name: textOrNull,
      description: textOrNull,
      metadata,
      agent_id: textOrNull,
      agent_version: agentVersion,
      model: textOrNull,
    },
    ["inputs"],
  ),
  append: closed({
    inputs,
    stream: flag,
    store: flag,
    handoff_execution: { enum: ["client", "server"] },
    completion_args: completionArgs,
    tool_confirmations: confirmations,
  }),
  restart: closed(
    {
      inputs,
      stream: flag,
      store: flag,
      handoff_execution: { enum: ["client", "server"] },
      completion_args: completionArgs,
      guardrails: guardrailList,
      metadata,
      from_entry_id: text,
      agent_version: agentVersion,
    },
    ["from_entry_id"],
  ),
} as const;
