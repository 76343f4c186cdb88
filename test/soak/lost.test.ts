import { expect, test } from "vitest";
import type { StoredAgent } from "../../src/emulator/agent-state.ts";
import { lostAgents } from "./lost.ts";
import type { Passage } from "./pointers.ts";

/** An agent of one version. */
function agent(id: string, key: string, handoffs: readonly string[], aliases = 0): StoredAgent {
  const metadata = { "agentvane.project": "acme", "agentvane.key": key };
  return {
    id,
    version: 0,
    versions: [{ version: 0, content: { metadata, handoffs } }],
    aliases: Array.from({ length: aliases }, () => ({ alias: "prod", version: 0 })),
  } as unknown as StoredAgent;
}

const used = [agent("a1", "a", ["b1"], 1), agent("b1", "b", ["a1"], 1)];
const circle = [agent("a2", "a", ["b2"]), agent("b2", "b", ["a2"])];

/** What is said of a run that was killed right after it had deleted a2, when `after` is left. */
function lostAfter(before: readonly StoredAgent[], after: readonly StoredAgent[]) {
  return lostAgents({
    before,
    after,
    edition: { members: [], prune: false },
    ended: {
      code: undefined,
      events: [],
      rivals: [],
      requests: [{ method: "DELETE", path: "/v1/agents/a2" }],
      disturbance: { deleted: new Set() },
    },
  } as unknown as Passage);
}

const callers: readonly (readonly [string, StoredAgent, number])[] = [
  ["a duplicate in a circle with it", agent("b2", "b", ["a2"]), 0],
  ["a duplicate that could have gone first", agent("c2", "c", ["a2"]), 1],
  ["an agent that is in use", agent("b2", "b", ["a2"], 1), 1],
  ["the only agent of its key", agent("d", "d", ["a2"]), 1],
];

test.each(callers)("a duplicate is gone that is called by %s", (_name, caller, lost) => {
  const others = [...used, agent("c1", "c", [], 1), caller];
  const before = [...circle.filter(({ id }) => id !== caller.id), ...others];
  expect(lostAfter(before, [...others, ...circle.slice(1)].filter(unique))).toHaveLength(lost);
});

test("an agent is gone that is the only one of its key", () => {
  expect(lostAfter(circle, circle.slice(1))).toHaveLength(1);
});

function unique({ id }: StoredAgent, at: number, all: readonly StoredAgent[]): boolean {
  return all.findIndex((each) => each.id === id) === at;
}
