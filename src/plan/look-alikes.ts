import { agentTable } from "../agent/agent-table.ts";
import { canonical } from "../agent/canonical.ts";
import type { DesiredAgent } from "../agent/definition.ts";
import { withoutEnvironment } from "../agent/ephemeral-name.ts";
import type { AgentKey } from "../agent/identity.ts";
import type { Json } from "../agent/json.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import type { Refusal } from "./refusal.ts";

/**
 * An agent that would be created beside one that left the configuration and looks just like it: most likely
 * its key was renamed, and a new agent would leave callers behind on the old one.
 */
export function lookAlikes(
  creates: readonly DesiredAgent[],
  orphans: readonly { readonly key: AgentKey; readonly remote: RemoteAgent }[],
  environment: string,
): readonly Refusal[] {
  const bareName = (name: string) => withoutEnvironment(name, environment);
  return creates.flatMap(({ key, definition, at }): Refusal[] => {
    const prompt = promptOf(definition);
    const renamed = orphans.find(
      ({ remote }) =>
        bareName(remote.name) === bareName(definition.name) ||
        (prompt !== undefined && promptOf(remote) === prompt),
    );
    if (renamed === undefined) return [];
    return [{ kind: "looks_renamed", key, from: renamed.key, id: renamed.remote.id, at }];
  });
}

function promptOf(agent: { readonly [name: string]: Json }): Json | undefined {
  return canonical(agentTable, agent).instructions;
}
