import type { DesiredAgent, DesiredProject } from "../agent/definition.ts";
import type { AgentId, AgentKey } from "../agent/identity.ts";
import type { RemoteAgent, RemoteAlias } from "../agent/remote-agent.ts";
import type { AgentPlan } from "./agent-plan.ts";
import { type CheckRun, checkRuns } from "./checked.ts";
import type { CheckoutNote } from "./checkout-note.ts";
import { planAgents } from "./compare-agents.ts";
import { type Duplicate, noteDuplicates } from "./duplicates.ts";
import { noteEphemeral } from "./ephemeral-notes.ts";
import { digestsOf, type Fingerprint, fingerprintsOf, type PlanDigests } from "./fingerprint.ts";
import { type GateRun, gateRuns, releasedVersions } from "./gated.ts";
import type { Identification } from "./identify.ts";
import { brokenLimits, type Limits, tooManyAgents } from "./limits.ts";
import { lookAlikes } from "./look-alikes.ts";
import { type ModelNote, modelNotes, modelUses, retiringModels } from "./model-notes.ts";
import { nameCollisions } from "./name-collisions.ts";
import { type Listed, noteForgottenFile, noteUnlisted } from "./notes.ts";
import { selectOnly } from "./only.ts";
import { deletionRefusals, type LiveVersion, planOrphans } from "./orphans.ts";
import { type PointerMove, pointerMoves } from "./pointer-move.ts";
import type { Refusal } from "./refusal.ts";
import { renamedBack } from "./renamed-back.ts";
import { noteSecrets, resendRefusals } from "./resent-secrets.ts";
import type { Scope } from "./scope.ts";
import { noteUnsetSecrets } from "./unset-secrets.ts";
import { orderDeletions, orderMoves, orderPlans } from "./write-order.ts";

/** What was read, and what was asked for. */
export type PlanInput = {
  readonly scope: Scope;
  readonly desired: DesiredProject;
  readonly identification: Identification;
  /** Agents that interrupted applies left; they are not among the identified ones. */
  readonly duplicates: readonly Duplicate[];
  /** Of every agent whose key declares some. */
  readonly aliases: ReadonlyMap<AgentId, readonly RemoteAlias[]>;
  /** Of every agent that `needsHistory`, and of agents of nobody that have several versions. */
  readonly histories: ReadonlyMap<AgentId, readonly RemoteAgent[]>;
  /** Every version anybody can reach; needed only when something is to be deleted. */
  readonly live: readonly LiveVersion[];
  /** How the configuration spells a connector that the server names. */
  readonly connectorSpelling: ReadonlyMap<string, string>;
  readonly listed: Listed;
  readonly options: PlanOptions;
  /** Models that retire by this time, in milliseconds, are refused. */
  readonly retiresBy?: number;
  /** What looks as if the server had not taken it is written once more: somebody may have edited it in place. */
  readonly overwrites?: boolean;
};

export type PlanOptions = {
  readonly prune: boolean;
  readonly allowDuplicateNames: boolean;
  /** Keys to plan for; empty for all. */
  readonly only: readonly string[];
  /** Keys whose secrets are written again although nobody can see that they changed. */
  readonly resendSecrets: readonly string[];
  /** How much may change. */
  readonly limits: Limits;
  /** Whether a commit may be applied although a newer one was applied before. */
  readonly allowRewind: boolean;
  /** Refuse models that retire within this time of the run. */
  readonly failOnDeprecatedMs?: number;
};

/**
 * What is to be done, as plain data: what happens to each agent, in which order agents are written, and which
 * pointers move once everything is built and verified. Made for one state of the remote side, which its
 * digests name; it may not be carried out when it has refusals.
 */
export type Plan = {
  readonly scope: Scope;
  readonly options: PlanOptions;
  /** False under `--only`. */
  readonly complete: boolean;
  /** Sorted by key. */
  readonly agents: readonly AgentPlan[];
  /** The agents that exist, by key, also those that `--only` leaves out. */
  readonly ids: ReadonlyMap<AgentKey, AgentId>;
  readonly connectorSpelling: ReadonlyMap<string, string>;
  /** Keys of the agents that are written, in waves: callees before callers. */
  readonly buildWaves: readonly (readonly AgentKey[])[];
  /** Pointer moves in waves: stage after stage, in each callees before callers. */
  readonly releaseWaves: readonly (readonly PointerMove[])[];
  /** What has to succeed before the release. */
  readonly gates: readonly GateRun[];
  readonly checks: readonly CheckRun[];
  /** Ids of the agents that are deleted, in waves: callers before callees. */
  readonly deletionWaves: readonly (readonly AgentId[])[];
  /** What the server says about the models that agents run on. */
  readonly modelNotes: readonly ModelNote[];
  /** Agents that interrupted applies left beside the one that has their key: deleted last. */
  readonly duplicates: readonly Duplicate[];
  /** What the checkout says about it. */
  readonly checkoutNotes: readonly CheckoutNote[];
  readonly refusals: readonly Refusal[];
  readonly fingerprints: readonly Fingerprint[];
  readonly digests: PlanDigests;
};

/** Decides everything that an apply will do. Pure: the same input gives the same plan, digest and all. */
export function makePlan(input: PlanInput): Plan {
  const { scope, desired, identification, options } = input;
  const selection = selectOnly(desired, identification, options.only);
  const drafted = planAgents(selection.agents, input);
  const ordered = orderPlans(
    drafted
      .map((each) => noteUnlisted(each, input.listed))
      .map((each) => noteUnsetSecrets(each, desired.unsetSecrets))
      .map((each) => noteForgottenFile(each, desired.agents))
      .map((each) => noteEphemeral(each, desired, identification))
      .map((each) => noteSecrets(each, desired.agents)),
    desired,
  );
  const duplicates = input.duplicates.filter(({ key }) =>
    selection.agents.some((agent) => agent.key === key),
  );
  const orphans = planOrphans(identification.orphans, options.prune, input.live);
  const noted = ordered.plans.map((each) => noteDuplicates(each, duplicates));
  const plans = [...noted, ...(selection.complete ? orphans : [])].sort(byKey);
  const pointers = planPointers(selection.agents, plans, input);
  const releaseWaves = orderMoves(pointers.moves, desired.agents);
  const notes = modelNotes(modelUses(plans), input.listed.models);
  const released = releasedVersions(plans, pointers.moves);
  const fingerprints = fingerprintsOf(selection.agents, plans, input.aliases);
  return {
    scope,
    options,
    complete: selection.complete,
    agents: plans,
    ids: new Map([...identification.remoteOf].map(([key, remote]) => [key, remote.id])),
    connectorSpelling: input.connectorSpelling,
    buildWaves: ordered.waves,
    releaseWaves,
    gates: gateRuns(desired.gates, released),
    checks: checkRuns(desired.checks, released, desired.agents),
    deletionWaves: orderDeletions(plans),
    modelNotes: notes,
    duplicates,
    checkoutNotes: [],
    refusals: [
      ...identification.refusals,
      ...selection.refusals,
      ...resendRefusals(desired.agents, options.resendSecrets),
      ...creationRefusals(selection.agents, input),
      ...pointers.refusals,
      ...deletionRefusals(plans, pointers.moves, input.live),
      ...brokenLimits(plans, options.limits),
      ...tooManyAgents(plans, identification, options.limits),
      ...(input.retiresBy === undefined ? [] : retiringModels(notes, input.retiresBy)),
    ],
    fingerprints,
    digests: digestsOf(scope, fingerprints, desired, plans, releaseWaves),
  };
}

function planPointers(
  desired: readonly DesiredAgent[],
  plans: readonly AgentPlan[],
  { aliases }: PlanInput,
): { readonly moves: readonly PointerMove[]; readonly refusals: readonly Refusal[] } {
  const planOf = new Map(plans.map((plan) => [plan.key, plan]));
  const each = desired.flatMap((agent) => {
    const plan = planOf.get(agent.key);
    if (plan === undefined) return [];
    const standing = plan.action === "create" ? [] : (aliases.get(plan.id) ?? []);
    return [pointerMoves(agent, plan, standing)];
  });
  return {
    moves: each.flatMap(({ moves }) => moves),
    refusals: each.flatMap(({ refusals }) => refusals),
  };
}

/** What stands in the way of agents that would be created: one that is there and may be the one meant. */
function creationRefusals(
  agents: readonly DesiredAgent[],
  { desired, identification, histories, options }: PlanInput,
): readonly Refusal[] {
  const { remoteOf, unowned, orphans } = identification;
  const creates = agents.filter((agent) => !remoteOf.has(agent.key));
  const back = renamedBack(creates, orphans, histories, desired);
  const others = creates.filter(({ key }) => !back.some((each) => each.key === key));
  return [
    ...back,
    ...nameCollisions(creates, unowned, histories, desired, options.allowDuplicateNames),
    ...lookAlikes(others, orphans, desired.environment),
  ];
}

function byKey(left: AgentPlan, right: AgentPlan): number {
  return left.key < right.key ? -1 : left.key > right.key ? 1 : 0;
}
