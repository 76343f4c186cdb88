import type { AgentId, AliasName, Version } from "../../src/agent/identity.ts";
import type { RunEvent } from "../../src/commands/event.ts";
import { alias, applied, id, key, plan, project, remoteAgent, tags } from "../plan/world.ts";

const prompt = (question: string, tone: string) =>
  [
    "You route a customer to the right specialist.",
    "",
    "- a wrong or missing invoice: to billing",
    "- money back for an order: to refunds",
    "- the product does not do what it should: to technical",
    "",
    `${question} before you hand over. Never promise a refund, a date or a discount.`,
    "When a customer is in danger or speaks of self-harm, say that a person will call at once, and stop.",
    "",
    "Answer in the customer's language.",
    "Never ask for a password.",
    "Keep it short.",
    "",
    "If two specialists fit, take the one that the customer named first.",
    "If none does, say so.",
    tone,
  ].join("\n");

const before = {
  triage: {
    key: "triage",
    name: "Support triage",
    description: "Routes a customer to the right specialist.",
    instructions: prompt("Ask at most one question", "Be friendly."),
    handoffs: ["billing", "refunds", "technical"],
    completion_args: { temperature: 0.3 },
    aliases: { prod: "latest", staging: "latest" },
  },
  billing: {
    key: "billing",
    handoffs: ["triage"],
    instructions: "You answer questions about invoices.",
  },
  refunds: { key: "refunds", handoffs: ["triage"], description: "Gives money back." },
  technical: { key: "technical", instructions: "You find out what is broken." },
  left: { key: "old-router", description: "Nobody wants it any more." },
} as const;

const versions = [0, 1, 2, 3, 4, 5, 6, 7];

/** A plan with an agent for every action but forget, with drift and a conflict. */
export const everyday: RunEvent = {
  kind: "planned",
  plan: plan(
    project(
      {
        ...before.triage,
        instructions: prompt("Ask at most two questions", "Be friendly and terse."),
        completion_args: { temperature: 0.2 },
        tools: [{ type: "web_search" }],
        handoffs: ["billing", "refunds", "technical", "translator"],
      },
      { ...before.billing, description: "Answers questions about invoices." },
      { ...before.refunds, description: "Gives money back, or a voucher." },
      before.technical,
      {
        key: "translator",
        name: "Translator",
        instructions:
          "You translate between the customer and the specialist.\nKeep names as they are.",
        tools: [
          {
            type: "function",
            function: { name: "detect_language", parameters: { type: "object" } },
          },
        ],
        handoffs: ["triage"],
        aliases: { prod: "latest" },
      },
      { key: "console-made", id: "ag_console" },
    ),
    [
      applied(before.triage, { version: 7, versions }),
      applied(before.billing),
      applied(before.refunds, {
        version: 1,
        versions: [0, 1],
        description: "Gives all the money back.",
        metadata: tags("refunds"),
      }),
      applied(before.technical),
      applied(before.left, { version: 2, versions: [0, 1, 2], handoffs: ["ag_triage"] }),
      remoteAgent({ id: "ag_console", name: "console-made" }),
    ],
    {
      scope: { server: "https://api.mistral.ai", project: "acme-support", environment: "" },
      aliases: new Map([[id("ag_triage"), [alias("prod", 5), alias("staging", 7)]]]),
      histories: new Map([["ag_refunds" as AgentId, [applied(before.refunds)]]]),
      options: { prune: true },
    },
  ),
};

/** An apply of it whose release failed halfway, and could not be reverted as a whole. */
export const splitRelease: readonly RunEvent[] = [
  everyday,
  { kind: "apply_started", release: "20261125T120000Z-abcdef", writes: 4, moves: 3, deletions: 1 },
  written("translator", "create", 0),
  written("billing", "update", 1),
  written("refunds", "update", 2),
  written("triage", "update", 8),
  moved("translator", "prod", undefined, 0),
  moved("triage", "prod", 5, 8),
  {
    kind: "move_failed",
    key: key("triage"),
    pointer: "staging" as AliasName,
    failure: { kind: "pointer_moved", expected: version(7), found: version(3) },
  },
  {
    kind: "revert_failed",
    key: key("triage"),
    id: id("ag_triage"),
    pointer: "prod" as AliasName,
    to: version(5),
    failure: { kind: "out_of_time" },
  },
  {
    kind: "reverted",
    key: key("billing"),
    id: id("ag_billing"),
    pointer: "@default",
    to: version(0),
  },
  { kind: "apply_finished", released: false, ms: 1234 },
];

/** A fleet in which every fourth agent changes a line of a long prompt. */
export function fleet(count: number): RunEvent {
  const lines = Array.from({ length: 150 }, (_, at) => `Rule ${at}: be kind, be brief, be right.`);
  const wanted = Array.from({ length: count }, (_, at) => ({
    key: `agent-${String(at).padStart(4, "0")}`,
    instructions: lines.join("\n"),
    description: `number ${at} of the fleet`,
    handoffs: at === 0 ? [] : [`agent-${String(Math.floor((at - 1) / 5)).padStart(4, "0")}`],
  }));
  const edited = wanted.map((agent, at) =>
    at % 4 === 0
      ? {
          ...agent,
          instructions: agent.instructions.replace("Rule 75: be kind", "Rule 75: be firm"),
        }
      : agent,
  );
  return {
    kind: "planned",
    plan: plan(
      project(...edited),
      wanted.map((agent) => applied(agent)),
    ),
  };
}

function version(number: number): Version {
  return number as Version;
}

function written(name: string, write: "create" | "update", number: number): RunEvent {
  const about = { key: key(name), id: id(`ag_${name}`), version: version(number) };
  return { kind: "agent_written", ...about, write, sent: 1, recovered: false, ms: 20 };
}

function moved(name: string, pointer: string, from: number | undefined, to: number): RunEvent {
  const about = { key: key(name), id: id(`ag_${name}`), pointer: pointer as AliasName };
  const start = from === undefined ? undefined : version(from);
  return { kind: "pointer_set", ...about, from: start, to: version(to), ms: 20 };
}
