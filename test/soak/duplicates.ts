import type { StoredAgent } from "../../src/emulator/agent-state.ts";
import { handsOffTo, isOurs, keyIn } from "./sight.ts";

/** A key that several agents have, and which: the one that is in use first. */
export type Duplicate = { readonly key: string; readonly ids: readonly string[] };

/** The keys that exist more than once. */
export function duplicatesOf(agents: readonly StoredAgent[]): readonly Duplicate[] {
  const ours = agents.filter(isOurs);
  const keys = new Set(ours.map(keyIn).filter((key) => key !== undefined));
  return [...keys].flatMap((key) => {
    const ids = ours
      .filter((agent) => keyIn(agent) === key)
      .toSorted((left, right) => use(right, ours) - use(left, ours))
      .map(({ id }) => id);
    return ids.length > 1 ? [{ key, ids }] : [];
  });
}

/** How much an agent is in use: aliases on it and agents that hand off to it. */
function use({ id, aliases, versions }: StoredAgent, agents: readonly StoredAgent[]): number {
  const callers = agents.filter((agent) => agent.id !== id && handsOffTo(agent, id));
  return 100 * callers.length + 10 * aliases.length + versions.length;
}
