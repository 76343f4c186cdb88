import type { Switch } from "./switch.ts";

/** The ways in which a real server may differ when it holds conversations. */
export const conversationSwitches = {
  append_to_unstored: {
    values: [404, "accepted"],
    default: 404,
    doc: "the answer to an append to a conversation that was started with `store: false`",
    source: "not documented; the reference does not say that anything is kept",
  },
  unstored_listed: {
    values: ["no", "yes"],
    default: "no",
    doc: "whether a conversation with `store: false` can be read for a while",
    source: "not documented",
  },
  replay_with_agent: {
    values: ["accepted", 400, 422],
    default: "accepted",
    doc: "the answer to function calls and results among the inputs of a start with an agent",
    source: "Mistral API reference allows it; clients were seen to do it with a model only",
  },
  unknown_version: {
    values: [404, 422],
    default: 404,
    doc: "the answer to a conversation with a version or alias that the agent does not have",
    source: "not documented",
  },
  quoted_version: {
    values: [404, "number", 422],
    default: 404,
    doc: 'what a conversation makes of a version number in quotes, such as "7"',
    source: "not documented; the reference takes strings and integers",
  },
  alias_resolved_at: {
    values: ["start", "append"],
    default: "start",
    doc: "when the alias that a conversation was started with is looked up: once, or at each append",
    source: "not documented",
  },
  conversation_version: {
    values: ["number", "as_asked", "omitted"],
    default: "number",
    doc: "how a conversation shows `agent_version`",
    source: "not documented; a sample of 2025 has no such member",
  },
  result_without_call: {
    values: [400, "accepted"],
    default: 400,
    doc: "the answer to a start with a function result without its call",
    source: "not documented; one sample of the Mistral documentation does it",
  },
  call_without_result: {
    values: [400, "accepted"],
    default: 400,
    doc: "the answer to a start with a function call without its result",
    source: "seen on appends",
  },
  unknown_tool_call: {
    values: [400, "accepted"],
    default: 400,
    doc: "the answer to a second result of a call, or to the result of an unknown call",
    source: "seen by one client",
  },
  extra_entry_members: {
    values: ["refused", "ignored"],
    default: "refused",
    doc: "the answer to inputs with members of live answers that the reference does not have",
    source: "not documented; the schemas of the reference are closed",
  },
  live_extra_members: {
    values: ["present", "absent"],
    default: "present",
    doc: "whether a tool execution in an answer has the member `function`, which the reference does not have",
    source: "recorded answers of 2026",
  },
  unset_members: {
    values: ["omitted", "null"],
    default: "omitted",
    doc: "how answers of conversations show missing counts and authors",
    source: "recorded answers of 2026 leave them out, samples of 2025 have null",
  },
  unknown_start_members: {
    values: ["refused", "ignored"],
    default: "refused",
    doc: "the answer to a start with a member that the reference does not have",
    source: "not documented; the schema of the reference is open",
  },
  agent_with_tools: {
    values: ["refused", "accepted"],
    default: "refused",
    doc: "the answer to a start with both an agent and tools",
    source: "not documented",
  },
  model_with_handoff_execution: {
    values: ["refused", "accepted"],
    default: "refused",
    doc: "the answer to a start with both a model and `handoff_execution`",
    source: "seen once",
  },
  conversation_lock: {
    values: ["released", "held"],
    default: "released",
    doc: "what happens to the lock of a conversation if its request is interrupted; a held lock lasts 90 seconds",
    source: "seen by one client",
  },
  restart_needs_append: {
    values: ["no", "yes"],
    default: "no",
    doc: "whether a conversation can be restarted only after an append",
    source: "the Mistral documentation says so, a recorded answer of 2026 does not",
  },
  deleted_again: {
    values: [404, 204],
    default: 404,
    doc: "the answer to deleting a conversation for the second time",
    source: "not documented",
  },
} as const satisfies Readonly<Record<string, Switch>>;
