import type { JsonObject } from "../../agent/json.ts";
import type { RunEvent } from "../../commands/event.ts";
import type { Plan } from "../../plan/plan.ts";
import { pointerAfter } from "./pointer-after.ts";

type Facts = {
  readonly id: string | undefined;
  readonly name: string;
  readonly version: number | undefined;
  readonly aliases: ReadonlyMap<string, number>;
};

/**
 * What an application needs to know about the agents of a run, after it: the same as `output`, without another request.
 * Aliases are included for agents that declare some. An agent without an id is left out.
 */
export function outputAfter(events: readonly RunEvent[]): JsonObject {
  const plan = events.find((event) => event.kind === "planned")?.plan;
  const facts = plan === undefined ? new Map<string, Facts>() : factsBefore(plan);
  for (const event of events) learn(facts, event);
  return Object.fromEntries(
    [...facts].flatMap(([key, { id, name, version, aliases }]) =>
      id === undefined || version === undefined
        ? []
        : [[key, { id, name, version, aliases: Object.fromEntries(aliases) }]],
    ),
  );
}

function factsBefore({ agents, fingerprints }: Plan): Map<string, Facts> {
  const standing = new Map(fingerprints.map(({ key, aliases }) => [key, Object.entries(aliases)]));
  return new Map(
    agents.flatMap((plan): [string, Facts][] => {
      if (plan.action === "orphan" || plan.action === "forget") return [];
      const { key, name } = plan;
      const aliases = new Map(standing.get(key));
      if (plan.action === "create")
        return [[key, { id: undefined, name, version: undefined, aliases }]];
      return [[key, { id: plan.id, name, version: plan.remote.version, aliases }]];
    }),
  );
}

/** Updates the facts about an agent from one event. */
function learn(facts: Map<string, Facts>, event: RunEvent): void {
  const known = "key" in event ? facts.get(event.key) : undefined;
  if (known === undefined || !("key" in event)) return;
  if (event.kind === "agent_deleted" || event.kind === "duplicate_deleted") {
    facts.delete(event.key);
    return;
  }
  const after = pointerAfter(event);
  if (after === undefined) return;
  const moved = withPointer(known, after.pointer, after.at);
  facts.set(event.key, event.kind === "agent_written" ? { ...moved, id: event.id } : moved);
}

function withPointer(known: Facts, pointer: string, to: number | undefined): Facts {
  if (pointer === "@default") return { ...known, version: to };
  const aliases = new Map(known.aliases);
  if (to === undefined) aliases.delete(pointer);
  else aliases.set(pointer, to);
  return { ...known, aliases };
}
