import { type DesiredAgent, type DesiredProject, handoffsOf } from "../agent/definition.ts";
import type { AgentId, AgentKey, AgentRef } from "../agent/identity.ts";
import type { RemoteAgent, RemoteAlias } from "../agent/remote-agent.ts";
import type { AgentPlan, ConfigReferences } from "./agent-plan.ts";
import { planCreate, planExisting } from "./compare-agent.ts";
import { isNoOp } from "./has-changes.ts";
import type { Identification } from "./identify.ts";

/** What the comparison of agents needs of what was read and asked for. */
export type ComparisonInput = {
  readonly desired: DesiredProject;
  readonly identification: Identification;
  readonly aliases: ReadonlyMap<AgentId, readonly RemoteAlias[]>;
  readonly histories: ReadonlyMap<AgentId, readonly RemoteAgent[]>;
  readonly connectorSpelling: ReadonlyMap<string, string>;
  readonly options: { readonly resendSecrets: readonly string[] };
  /** What somebody may have edited in place is written again, where nothing tells whether anybody did. */
  readonly overwrites?: boolean;
};

/** Each wanted agent compared with what is there, on its own: order and pointers are decided later. */
export function planAgents(
  agents: readonly DesiredAgent[],
  input: ComparisonInput,
): readonly AgentPlan[] {
  const { desired, identification, aliases, histories, connectorSpelling, options } = input;
  const { overwrites = false } = input;
  const { remoteOf } = identification;
  const keyOf = new Map([...remoteOf].map(([key, remote]) => [remote.id, key]));
  const references: ConfigReferences = {
    agent: (id) => refTo(id as AgentId, keyOf),
    connector: (id) => connectorSpelling.get(id) ?? id,
  };
  const comparing = { owner: desired, references, resend: options.resendSecrets, overwrites };
  return agents.map((agent) => {
    const named = withKnownKeys(agent, keyOf);
    const remote = remoteOf.get(agent.key);
    if (remote === undefined) return planCreate(named, desired);
    const history = histories.get(remote.id) ?? [];
    const sight = { remote, history, aliases: aliases.get(remote.id) ?? [] };
    return planExisting(named, sight, comparing);
  });
}

/** The agents whose older versions have to be looked at: there are some, and there is something to do. */
export function needingHistory(
  input: Omit<ComparisonInput, "aliases" | "histories">,
): readonly AgentId[] {
  const { desired, identification } = input;
  const several = desired.agents.filter(
    ({ key }) => (identification.remoteOf.get(key)?.versions.length ?? 0) > 1,
  );
  const blind = { ...input, aliases: new Map(), histories: new Map() };
  return planAgents(several, blind).flatMap((plan) =>
    plan.action !== "create" && !isNoOp(plan) ? [plan.id] : [],
  );
}

/** A handoff to the id of an agent of this project is a handoff to its key. */
function withKnownKeys(agent: DesiredAgent, keyOf: ReadonlyMap<AgentId, AgentKey>): DesiredAgent {
  const handoffs = handoffsOf(agent.definition);
  if (!handoffs.some((ref) => "id" in ref && keyOf.has(ref.id))) return agent;
  const known = handoffs.map((ref) => ("id" in ref ? refTo(ref.id, keyOf) : ref));
  return { ...agent, definition: { ...agent.definition, handoffs: known } };
}

function refTo(id: AgentId, keyOf: ReadonlyMap<AgentId, AgentKey>): AgentRef {
  const key = keyOf.get(id);
  return key === undefined ? { id } : { key };
}
