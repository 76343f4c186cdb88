import { agentTable } from "../agent/agent-table.ts";
import type { BoundProject } from "../agent/definition.ts";
import type { AgentKey } from "../agent/identity.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { tagsOf } from "../agent/tags.ts";
import { targetOf } from "../agent/target.ts";
import type { ForgetPlan, Note } from "./agent-plan.ts";
import { serverReferences, withConfigReferences } from "./config-references.ts";
import { duplicateOwner, isOurs } from "./identify.ts";
import type { Plan } from "./plan.ts";
import { planWithoutFiles } from "./plan-without-files.ts";
import type { Scope } from "./scope.ts";

/**
 * The plan to let an agent go without deleting it: one version that has the default's content and no tags.
 * Undefined when the project has no agent of that key.
 */
export function makeForgetPlan(
  scope: Scope,
  desired: BoundProject,
  agents: readonly RemoteAgent[],
  key: AgentKey,
): Plan | undefined {
  const ours = agents.filter((agent) => isOurs(tagsOf(agent), desired));
  const owners = ours.filter((agent) => tagsOf(agent)?.key === key);
  const [remote] = owners;
  if (remote === undefined) return undefined;
  const duplicate = duplicateOwner(key, owners);
  const refusals = duplicate === undefined ? [] : [duplicate];
  const isInFile = desired.agents.some((agent) => agent.key === key);
  return planWithoutFiles({
    scope,
    only: [key],
    complete: false,
    agents: [forgetPlan(key, remote, isInFile)],
    // Handoffs stay the ids they are: the agent is nobody's, and names nobody by key.
    ids: new Map(),
    aliases: new Map(),
    buildWaves: [[key]],
    releaseWaves: [],
    refusals,
  });
}

function forgetPlan(key: AgentKey, remote: RemoteAgent, isInFile: boolean): ForgetPlan {
  const current = withConfigReferences(remote, serverReferences);
  const notes: readonly Note[] = isInFile ? [{ kind: "still_in_file" }] : [];
  const target = targetOf(agentTable, current, current, []);
  return { action: "forget", key, id: remote.id, name: remote.name, notes, remote, target };
}
