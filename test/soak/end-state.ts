import type { StoredAgent } from "../../src/emulator/agent-state.ts";
import { type Edition, keyOf } from "./fleet.ts";
import { misplaced } from "./pointers.ts";
import { contentAt, departures, isOurs, keyIn, type SlotOf } from "./sight.ts";

/** In what the server is not what an edition says, everything applied: one agent a key, as defined, all pointers on it. */
export function unlike(
  agents: readonly StoredAgent[],
  edition: Edition,
  slotOf: SlotOf,
  first: number,
): readonly string[] {
  const ours = agents.filter(isOurs);
  const missed = edition.members.flatMap((member) => {
    const key = keyOf(member);
    const [agent, ...others] = ours.filter((each) => keyIn(each) === key);
    if (agent === undefined) return [`there is no agent ${key}`];
    if (others.length > 0) return [`there are ${others.length + 1} agents ${key}`];
    const content = contentAt(agent, agent.version) ?? {};
    const wrong = departures(content, member, edition, slotOf).map(
      (name) => `${name} of ${key} is not as defined in version ${agent.version}`,
    );
    return [...wrong, ...misplaced(agent, member, first)];
  });
  const wanted = new Set<string>(edition.members.map(keyOf));
  const surplus = edition.prune ? ours.filter((agent) => !wanted.has(keyIn(agent) ?? "")) : [];
  return [...missed, ...surplus.map((agent) => `agent ${keyIn(agent)} was not pruned`)];
}
