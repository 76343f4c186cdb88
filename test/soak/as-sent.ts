import type { AgentId, AgentKey } from "../../src/agent/identity.ts";
import type { RemoteAgent } from "../../src/agent/remote-agent.ts";
import type { StoredAgent } from "../../src/emulator/agent-state.ts";
import { contentMismatches } from "../../src/plan/content-tag.ts";
import { contentAt } from "./sight.ts";
import type { Stage, Wish } from "./stage.ts";

/** Whether a version holds what was sent when it was made. */
export type AsSent = (agent: StoredAgent, version: number, key: AgentKey) => boolean;

const words = {
  agent: (id: string) => ({ id: id as AgentId }),
  connector: (id: string) => id,
};

/**
 * A version that does not hold what was sent is never used again, even if its content is what is wanted now: used
 * again, it would look like one that somebody edited in place. Only a server that leaves a null untaken makes one.
 */
export function asSentOn({ behaviour }: Stage, { desired }: Wish): AsSent {
  if (behaviour.null_in_patch === "clears") return () => true;
  return (agent, version, key) => {
    const wanted = desired.agents.find((each) => each.key === key);
    const read = { ...contentAt(agent, version), id: agent.id, version } as RemoteAgent;
    return wanted === undefined || contentMismatches(read, wanted, words).length === 0;
  };
}
