import { isList, isObject, type Json, type JsonObject } from "../../src/agent/json.ts";
import type { StoredAgent } from "../../src/emulator/agent-state.ts";
import type { Control } from "../../src/emulator/control.ts";
import { calleesOf, type Edition, keyOf, type Member, nameOf, type Slot, slotOf } from "./fleet.ts";

/** A tag in the content of a version, as the product's contract spells it. */
export function tagIn(content: JsonObject | undefined, name: string): string | undefined {
  const metadata = content?.metadata;
  const value = isObject(metadata) ? metadata[`agentvane.${name}`] : undefined;
  return typeof value === "string" ? value : undefined;
}

/** What a version of an agent holds. */
export function contentAt(agent: StoredAgent, version: number): JsonObject | undefined {
  return agent.versions.find((each) => each.version === version)?.content;
}

/** Whether an agent belongs to the fleet, or did before somebody dropped its tags. */
export function isOurs({ versions }: StoredAgent): boolean {
  return versions.some(
    ({ content }) =>
      tagIn(content, "project") === "acme" && tagIn(content, "environment") !== "other",
  );
}

/** The key that an agent's default version says it has; undefined for one without tags. */
export function keyIn(agent: StoredAgent): string | undefined {
  return tagIn(contentAt(agent, agent.version), "key");
}

/** Whether the default version of an agent hands off to another one. */
export function handsOffTo(agent: StoredAgent, id: string): boolean {
  const handoffs = contentAt(agent, agent.version)?.handoffs;
  return isList(handoffs) && handoffs.includes(id);
}

/** Where everything points: the default version as `@default`, and the aliases. */
export function pointersOf({ version, aliases }: StoredAgent): Readonly<Record<string, number>> {
  return {
    "@default": version,
    ...Object.fromEntries(aliases.map((each) => [each.alias, each.version])),
  };
}

/** Which place of the fleet an id stands for. */
export type SlotOf = (id: string) => Slot | undefined;

/** Knows the ids of the fleet, also those of agents that are gone. */
export type Register = {
  readonly slotOf: SlotOf;
  /** Knows only those that are there. */
  readonly slotOfLiving: SlotOf;
  readonly note: () => void;
};

/** Remembers every agent of the fleet that it is made to look at. */
export function createRegister(control: Control): Register {
  const known = new Map<string, Slot>();
  return {
    slotOf: (id) => known.get(id),
    slotOfLiving: (id) => (control.agent(id) === undefined ? undefined : known.get(id)),
    note: () => {
      for (const { id, versions } of control.agents()) {
        if (known.has(id)) continue;
        const slot = slotOf(tagIn(versions[0]?.content, "key"));
        if (slot !== undefined) known.set(id, slot);
      }
    },
  };
}

/**
 * In what the content of a version is not what an edition says of a member, by name: read from the bodies
 * that were sent, with none of the product's own reading of them.
 */
export function departures(
  content: JsonObject,
  member: Member,
  edition: Edition,
  slotOfId: SlotOf,
): readonly string[] {
  const labels = isObject(content.metadata) ? content.metadata : {};
  const args = isObject(content.completion_args) ? content.completion_args : {};
  const prefix = keyOf({ ...member, isRenamed: false });
  const instructions = member.instructions === null ? "" : `${prefix}: ${member.instructions}`;
  const handoffs = isList(content.handoffs) ? content.handoffs : [];
  const right: { readonly [name: string]: boolean } = {
    name: content.name === nameOf(member.slot),
    description: (content.description ?? "") === (member.description ?? ""),
    instructions: String(content.instructions ?? "").trimEnd() === instructions.trimEnd(),
    temperature: (args.temperature ?? null) === member.temperature,
    label: member.label === undefined || (labels.team ?? null) === member.label,
    chat: member.chat === undefined || (content.deployment_chat ?? false) === member.chat,
    tools: toolTypes(content.tools) === (member.tool === "none" ? "" : typeOf(member.tool)),
    handoffs:
      handoffs.map((id) => slotOfId(String(id)) ?? "gone").join() ===
      calleesOf(member, edition).join(),
    key: tagIn(content, "key") === keyOf(member),
    protect: tagIn(content, "protect") === String(member.protect),
  };
  return Object.keys(right).filter((name) => !right[name]);
}

function typeOf(tool: Member["tool"]): string {
  return tool === "secret" ? "connector" : tool;
}

function toolTypes(tools: Json | undefined): string {
  return (isList(tools) ? tools : []).map((tool) => (isObject(tool) ? tool.type : "")).join();
}
