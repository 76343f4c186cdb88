import fc from "fast-check";
import type {
  AliasTarget,
  DesiredAgent,
  DesiredProject,
  KeyRename,
} from "../../src/agent/definition.ts";
import type { AgentKey, AliasName, Version } from "../../src/agent/identity.ts";
import type { JsonObject } from "../../src/agent/json.ts";

/** A place in the fleet: one agent through all editions, whatever its key is in each of them. */
export type Slot = 0 | 1 | 2 | 3 | 4;
const slots: readonly Slot[] = [0, 1, 2, 3, 4];

/** An agent as one edition of agents.yaml has it, as plain as can be. */
export type Member = {
  readonly slot: Slot;
  /** It has its second key: `moved` leads there and back. */
  readonly isRenamed: boolean;
  readonly description: string | null;
  readonly instructions: string | null;
  readonly temperature: number | null;
  /** Of the label `team`; null removes it, undefined leaves it alone. */
  readonly label: string | null | undefined;
  /** Of `deployment_chat`; undefined leaves it alone. */
  readonly chat: boolean | undefined;
  readonly tool: "none" | "web_search" | "secret";
  readonly protect: boolean;
  readonly handoffs: readonly Slot[];
  /** A number is the n-th version there ever was. */
  readonly aliases: { readonly [alias: string]: AliasTarget | number };
};

/** One state of agents.yaml, and whether it is applied with `--prune`. */
export type Edition = { readonly members: readonly Member[]; readonly prune: boolean };

const at = { file: "agents.yaml", line: 1, column: 1 };
const project = "acme";
const gate = { run: "judge", agents: [], timeoutMs: undefined, at };
const keys = ["a", "b", "c", "d", "e"] as const;

/** The key of a place in the fleet. */
export function keyOf({ slot, isRenamed }: Pick<Member, "slot" | "isRenamed">): AgentKey {
  return `${keys[slot]}${isRenamed ? "-new" : ""}` as AgentKey;
}

/** The place that a key stands for; undefined when it is none of the fleet's. */
export function slotOf(key: unknown): Slot | undefined {
  return slots.find((slot) => key === keys[slot] || key === `${keys[slot]}-new`);
}

/** What an agent is called. */
export function nameOf(slot: Slot): string {
  return `Agent ${keys[slot]}`;
}

/** The agents of the edition that a member hands off to. */
export function calleesOf({ handoffs }: Member, { members }: Edition): readonly Slot[] {
  return handoffs.filter((slot) => members.some((each) => each.slot === slot));
}

/** The edition as the commands want it. Versions are counted from `first`. */
export function desiredProject(
  edition: Edition,
  environment: string,
  first: number,
): DesiredProject {
  const agents = edition.members.map((member) => desiredAgent(member, edition, first));
  const renames = edition.members.map((member): KeyRename => {
    const from = keyOf({ ...member, isRenamed: !member.isRenamed });
    return { from, to: keyOf(member), at };
  });
  return {
    project,
    environment,
    isEphemeral: false,
    agents,
    renames,
    gates: [gate],
    checks: [],
    unsetSecrets: new Map(),
  };
}

function desiredAgent(member: Member, edition: Edition, first: number): DesiredAgent {
  const { slot, description, instructions, temperature, label, chat, tool } = member;
  const callees = calleesOf(member, edition);
  const definition = {
    name: nameOf(slot),
    model: "mistral-small-latest",
    ...(description !== null && { description }),
    ...(instructions !== null && { instructions: `${keys[slot]}: ${instructions}` }),
    ...(temperature !== null && { completion_args: { temperature } }),
    ...(label !== undefined && { metadata: { team: label } }),
    ...(chat !== undefined && { deployment_chat: chat }),
    ...(tool !== "none" && { tools: [tools[tool]] }),
    ...(callees.length > 0 && {
      handoffs: callees.map((callee) => ({ key: keyOf(memberAt(callee, edition)) })),
    }),
  };
  return {
    key: keyOf(member),
    definition,
    aliases: new Map(
      Object.entries(member.aliases).map(([alias, target]) => [
        alias as AliasName,
        typeof target === "number" ? ((target + first) as Version) : target,
      ]),
    ),
    preventDestroy: member.protect,
    ignoreChanges: [],
    libraryNames: new Map(),
    at,
  };
}

const tools: { readonly [Name in Exclude<Member["tool"], "none">]: JsonObject } = {
  web_search: { type: "web_search" },
  secret: {
    type: "connector",
    connector_id: "crm",
    authorization: { type: "api-key", value: { secret: "TOKEN" } },
  },
};

function memberAt(slot: Slot, { members }: Edition): Member {
  const found = members.find((each) => each.slot === slot);
  if (found === undefined) throw new Error(`the edition has no slot ${slot}`);
  return found;
}

const seldom = <Value>(usual: Value, ...others: readonly Value[]): fc.Arbitrary<Value> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant(usual) },
    { weight: others.length, arbitrary: fc.constantFrom(...others) },
  );

const member: fc.Arbitrary<Member> = fc.record({
  slot: fc.constantFrom<Slot>(0, 1, 2, 3, 4),
  isRenamed: seldom(false, true),
  description: fc.constantFrom(null, "one", "two"),
  instructions: fc.constantFrom("Be kind.", "Be brief. ", null),
  temperature: seldom<number | null>(null, 0, 0.3),
  label: seldom<string | null | undefined>(undefined, "x", "y", null),
  chat: seldom<boolean | undefined>(undefined, true, false),
  tool: seldom<Member["tool"]>("none", "web_search", "secret"),
  protect: seldom(false, true),
  handoffs: fc.uniqueArray(fc.constantFrom(...slots), { maxLength: 3 }),
  aliases: fc.oneof(
    {
      weight: 8,
      arbitrary: fc.constantFrom<Member["aliases"]>(
        { prod: "latest" },
        {},
        { staging: "latest", prod: "latest" },
      ),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom<Member["aliases"]>(
        { staging: "latest", prod: 0 },
        { prod: 1 },
        { staging: null, prod: "latest" },
        { prod: null },
      ),
    },
  ),
});

/** Fleets of up to five that often have something in common with each other. */
export const edition: fc.Arbitrary<Edition> = fc.record({
  members: fc.uniqueArray(member, { minLength: 1, maxLength: 5, selector: ({ slot }) => slot }),
  prune: fc.boolean(),
});
