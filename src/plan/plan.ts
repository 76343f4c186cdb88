import type { DesiredAgent, DesiredProject } from "../agent/definition.ts";
import { handoffsOf } from "../agent/definition.ts";
import type { AgentId, AgentKey, AgentRef } from "../agent/identity.ts";
import type { RemoteAgent, RemoteAlias } from "../agent/remote-agent.ts";
import type { AgentPlan, Words } from "./agent-plan.ts";
import { type AliasMove, aliasMoves } from "./alias-move.ts";
import { planCreate, planExisting } from "./compare-agent.ts";
import { digestsOf, type PlanDigests } from "./fingerprint.ts";
import type { Identification } from "./identify.ts";
import { deletionRefusals, type LiveVersion, planLeftovers } from "./leftovers.ts";
import { noteUnknownModel } from "./model-note.ts";
import { nameCollisions } from "./name-collisions.ts";
import { selectOnly } from "./only.ts";
import type { Refusal } from "./refusal.ts";
import type { Scope } from "./scope.ts";
import { orderMoves, orderPlans } from "./write-order.ts";

/** What was read, and what was asked for. */
export type PlanInput = {
  readonly scope: Scope;
  readonly desired: DesiredProject;
  readonly identification: Identification;
  /** Of every agent that `needsAliases`. */
  readonly aliases: ReadonlyMap<AgentId, readonly RemoteAlias[]>;
  /** Of every agent that `needsHistory`, and of agents of nobody that have several versions. */
  readonly histories: ReadonlyMap<AgentId, readonly RemoteAgent[]>;
  /** Every version anybody can reach; needed only when something is to be deleted. */
  readonly live: readonly LiveVersion[];
  /** How the configuration spells a connector that the server names. */
  readonly connectorSpelling: ReadonlyMap<string, string>;
  /** Every name of a model that is known; undefined when that is not known. */
  readonly models: readonly string[] | undefined;
  readonly options: PlanOptions;
};

export type PlanOptions = {
  readonly prune: boolean;
  readonly allowDuplicateNames: boolean;
  /** Keys to plan for; empty for all. */
  readonly only: readonly string[];
};

/**
 * What is to be done, as plain data: what happens to each agent, in which order agents are written, and which
 * aliases move once everything is built and verified. Made for one state of the remote side, which its
 * digests name; it may not be carried out when it has refusals.
 */
export type Plan = {
  readonly scope: Scope;
  /** False under `--only`. */
  readonly complete: boolean;
  /** Sorted by key. */
  readonly agents: readonly AgentPlan[];
  /** The agents that exist, by key, also those that `--only` leaves out. */
  readonly ids: ReadonlyMap<AgentKey, AgentId>;
  readonly connectorSpelling: ReadonlyMap<string, string>;
  /** Keys of the agents that are written, in waves: callees before callers. */
  readonly buildWaves: readonly (readonly AgentKey[])[];
  /** Alias moves in waves: callees before callers. */
  readonly releaseWaves: readonly (readonly AliasMove[])[];
  readonly refusals: readonly Refusal[];
  readonly digests: PlanDigests;
};

/** Decides everything that an apply will do. Pure: the same input gives the same plan, digest and all. */
export function makePlan(input: PlanInput): Plan {
  const { desired, identification, options } = input;
  const selection = selectOnly(desired, identification, options.only);
  const planned = planAgents(selection.agents, input).map((each) =>
    noteUnknownModel(each, input.models),
  );
  const ordered = orderPlans(planned, desired.agents);
  const leftovers = planLeftovers(identification.orphans, options.prune);
  const shown = selection.complete ? leftovers : [];
  const plans = [...ordered.plans, ...shown].sort(byKey);
  const aliases = planAliases(selection.agents, plans, input);
  return {
    scope: input.scope,
    complete: selection.complete,
    agents: plans,
    ids: new Map([...identification.remoteOf].map(([key, remote]) => [key, remote.id])),
    connectorSpelling: input.connectorSpelling,
    buildWaves: ordered.waves,
    releaseWaves: orderMoves(aliases.moves, desired.agents),
    refusals: [
      ...identification.refusals,
      ...selection.refusals,
      ...collisions(selection.agents, input),
      ...aliases.refusals,
      ...deletionRefusals(plans, aliases.moves, input.live),
    ],
    digests: digestsOf(input.scope, selection.agents, plans, aliases.moves, input.aliases),
  };
}

function planAgents(
  desired: readonly DesiredAgent[],
  { identification, histories, connectorSpelling }: PlanInput,
): readonly AgentPlan[] {
  const keyOf = new Map([...identification.remoteOf].map(([key, remote]) => [remote.id, key]));
  const words: Words = {
    agent: (id) => refTo(id as AgentId, keyOf),
    connector: (id) => connectorSpelling.get(id) ?? id,
  };
  return desired.map((agent) => {
    const named = withKnownKeys(agent, keyOf);
    const remote = identification.remoteOf.get(agent.key);
    if (remote !== undefined) {
      return planExisting(named, remote, words, histories.get(remote.id) ?? []);
    }
    return { ...planCreate(named), unknownHandoffs: [], completedLater: false };
  });
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

function planAliases(
  desired: readonly DesiredAgent[],
  plans: readonly AgentPlan[],
  { aliases }: PlanInput,
): { readonly moves: readonly AliasMove[]; readonly refusals: readonly Refusal[] } {
  const planOf = new Map(plans.map((plan) => [plan.key, plan]));
  const each = desired.flatMap((agent) => {
    const plan = planOf.get(agent.key);
    if (plan === undefined) return [];
    const standing = plan.action === "create" ? [] : (aliases.get(plan.id) ?? []);
    return [aliasMoves(agent, plan, standing)];
  });
  return {
    moves: each.flatMap(({ moves }) => moves),
    refusals: each.flatMap(({ refusals }) => refusals),
  };
}

function collisions(
  desired: readonly DesiredAgent[],
  { identification, histories, scope, options }: PlanInput,
): readonly Refusal[] {
  const creates = desired.filter((agent) => !identification.remoteOf.has(agent.key));
  const { unowned } = identification;
  return nameCollisions(creates, unowned, histories, scope, options.allowDuplicateNames);
}

function byKey(left: AgentPlan, right: AgentPlan): number {
  return left.key < right.key ? -1 : left.key > right.key ? 1 : 0;
}
