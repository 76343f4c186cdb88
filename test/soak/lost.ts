import type { StoredAgent } from "../../src/emulator/agent-state.ts";
import { keyOf } from "./fleet.ts";
import type { Passage } from "./pointers.ts";
import { handsOffTo, keyIn } from "./sight.ts";
import type { Ended } from "./stage.ts";

/** No agent is lost: one that is gone was pruned, or deleted by somebody else, or was an unused one of two of a key. */
export function lostAgents(passage: Passage): readonly string[] {
  const { before, after, ended, edition } = passage;
  const wanted = new Set<string>(edition.members.map(keyOf));
  const left = new Set(after.map(({ id }) => id));
  if (ended.rivals.length > 0) return [];
  const removed = duplicatesRemovedBy(ended);
  return before
    .filter(({ id }) => !left.has(id) && !ended.disturbance.deleted.has(id))
    .filter((agent) => !removed.has(agent.id) || !wasDuplicate(agent, passage))
    .filter((agent) => !edition.prune || wanted.has(keyIn(agent) ?? ""))
    .map((agent) => `agent ${keyIn(agent)} ${agent.id} is lost`);
}

/**
 * Whether an agent that is gone had no alias, another agent of its key is there, and nobody calls the one. In a circle of
 * duplicates no caller can go first: one that is still there may call it, if the run ended before the turn of that one.
 */
function wasDuplicate(agent: StoredAgent, { before, after }: Passage): boolean {
  return (
    isUnusedTwin(agent, after) &&
    after
      .filter((caller) => handsOffTo(caller, agent.id))
      .every((caller) => isUnusedTwin(caller, after) && leadsTo(agent, caller.id, before))
  );
}

function isUnusedTwin(agent: StoredAgent, among: readonly StoredAgent[]): boolean {
  const key = keyIn(agent);
  return (
    agent.aliases.length === 0 &&
    among.some((other) => other.id !== agent.id && keyIn(other) === key)
  );
}

/** Whether handoffs lead from one agent to another. */
function leadsTo(from: StoredAgent, id: string, among: readonly StoredAgent[]): boolean {
  const reached = new Set([from]);
  for (const each of reached) {
    for (const other of among) if (handsOffTo(each, other.id)) reached.add(other);
  }
  return [...reached].some((each) => each.id === id);
}

/**
 * What a run says that it removed, or that it asked for without an answer. One that was killed right after a request
 * says nothing of it.
 */
function duplicatesRemovedBy({ code, events, requests }: Ended): ReadonlySet<string> {
  const told = events.flatMap((event) =>
    event.kind === "duplicate_deleted" ||
    (event.kind === "duplicate_left" && event.failure !== undefined)
      ? [event.id]
      : [],
  );
  const sent = requests.flatMap(({ method, path }) =>
    code === undefined && method === "DELETE" ? [path.replace("/v1/agents/", "")] : [],
  );
  return new Set<string>([...told, ...sent]);
}
