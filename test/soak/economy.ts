import { isObject, type JsonObject } from "../../src/agent/json.ts";
import type { StoredAgent } from "../../src/emulator/agent-state.ts";
import type { Plan } from "../../src/plan/plan.ts";
import type { AsSent } from "./as-sent.ts";
import { calleesOf, type Edition, keyOf, type Member, type Slot } from "./fleet.ts";
import { contentAt, departures, type SlotOf, tagIn } from "./sight.ts";

/** How many versions a plan says it makes. */
export function versionsIn(plan: Plan): number {
  return plan.agents.reduce((sum, agent) => {
    if (agent.action === "create") return sum + (agent.completedLater ? 2 : 1);
    return sum + (agent.action === "update" || agent.action === "rename" ? 1 : 0);
  }, 0);
}

/** Where a plan makes more versions than it has to. */
export function wasted(
  plan: Plan,
  agents: readonly StoredAgent[],
  edition: Edition,
  slotOf: SlotOf,
  isAsSent: AsSent,
): readonly string[] {
  const updates = plan.agents.flatMap((each) => {
    if (each.action !== "update" && each.action !== "rename") return [];
    const agent = agents.find(({ id }) => id === each.id);
    const member = edition.members.find((candidate) => keyOf(candidate) === each.key);
    if (agent === undefined || member === undefined || member.tool === "secret") return [];
    const ready = agent.versions.find(
      ({ version }) =>
        isReady(agent, version, member, edition, slotOf) && isAsSent(agent, version, each.key),
    );
    return ready === undefined
      ? []
      : [`${each.key} is built although version ${ready.version} is what it should be`];
  });
  const created = plan.agents.filter(({ action }) => action === "create");
  const second = created.filter((each) => each.action === "create" && each.completedLater).length;
  const fresh = edition.members.filter((each) => created.some(({ key }) => key === keyOf(each)));
  const least = fewestSecondWrites(fresh, edition);
  return second === least ? updates : [...updates, `${second} second writes instead of ${least}`];
}

/** Whether a version can be used again: it proves itself, and all that is not ours is as in the default. */
function isReady(
  agent: StoredAgent,
  version: number,
  member: Member,
  edition: Edition,
  slotOf: SlotOf,
): boolean {
  const content = contentAt(agent, version) ?? {};
  const standing = contentAt(agent, agent.version) ?? {};
  const number = tagIn(content, "version");
  const isProven =
    number === String(version) || (number === "0" && version === agent.versions[0]?.version);
  const isSame = (read: (content: JsonObject) => unknown) => read(content) === read(standing);
  return (
    isProven &&
    departures(content, member, edition, slotOf).length === 0 &&
    (member.label !== undefined || isSame(labelOf)) &&
    (member.chat !== undefined || isSame(({ deployment_chat }) => deployment_chat ?? false))
  );
}

function labelOf({ metadata }: JsonObject): unknown {
  return (isObject(metadata) ? metadata.team : null) ?? null;
}

/** The size of the smallest set of new agents without which no handoffs among new ones go round in circles. */
function fewestSecondWrites(fresh: readonly Member[], edition: Edition): number {
  const forced = fresh.filter(
    (member) => member.chat === true || calleesOf(member, edition).includes(member.slot),
  );
  const sets = subsets(fresh).filter(
    (set) =>
      forced.every((member) => set.includes(member)) &&
      isAcyclic(
        fresh.filter((member) => !set.includes(member)),
        edition,
      ),
  );
  return Math.min(...sets.map(({ length }) => length));
}

function subsets<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const [first, ...others] = items;
  if (first === undefined) return [[]];
  return subsets(others).flatMap((set) => [set, [first, ...set]]);
}

function isAcyclic(members: readonly Member[], edition: Edition): boolean {
  const left = new Map<Slot, readonly Slot[]>(
    members.map((member) => [member.slot, calleesOf(member, edition)]),
  );
  for (let before = -1; before !== left.size; ) {
    before = left.size;
    for (const [slot, callees] of left) {
      if (callees.every((callee) => !left.has(callee))) left.delete(slot);
    }
  }
  return left.size === 0;
}
