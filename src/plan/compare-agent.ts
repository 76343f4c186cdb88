import { agentTable } from "../agent/agent-table.ts";
import { bareSecretDifferences } from "../agent/bare-secrets.ts";
import { canonical } from "../agent/canonical.ts";
import type { DesiredAgent } from "../agent/definition.ts";
import { type Difference, differences } from "../agent/differences.ts";
import type { Version } from "../agent/identity.ts";
import { isSamePath, type PropertyPath } from "../agent/property-path.ts";
import { nextVersion, type RemoteAgent, type RemoteAlias } from "../agent/remote-agent.ts";
import { secretRowNames } from "../agent/secret-rows.ts";
import { tagsOf } from "../agent/tags.ts";
import { targetOf } from "../agent/target.ts";
import type {
  Change,
  ConfigReferences,
  CreatePlan,
  ReusePlan,
  SettledPlan,
  UpdatePlan,
} from "./agent-plan.ts";
import { withConfigReferences } from "./config-references.ts";
import { comparisonNotes } from "./notes.ts";
import { baseOf, contested, originIn, provenVersions } from "./origin.ts";
import { type Outside, outsideOf, takenFromCallers } from "./outside.ts";
import { pointerDrift } from "./pointer-drift.ts";
import { resentSecrets } from "./resent-secrets.ts";
import { findReusable, type Reusable } from "./reuse.ts";
import type { Owner } from "./scope.ts";
import { type Ephemerality, stampOf } from "./spec.ts";
import { tagChanges } from "./tag-changes.ts";

/** The plan for a key that has no agent yet; how it is ordered among others is decided elsewhere. */
export function planCreate(agent: DesiredAgent, owner: Ephemerality): CreatePlan {
  const wanted = canonical(agentTable, agent.definition);
  return {
    action: "create",
    key: agent.key,
    name: agent.definition.name,
    notes: [],
    definition: agent.definition,
    stamp: stampOf(agent, owner),
    changes: differences(agentTable, {}, wanted, "compared").map((each) => ({
      ...each,
      origin: "yours",
    })),
    unknownHandoffs: [],
    completedLater: false,
  };
}

/** An existing agent, and what else was read of it. */
export type AgentSight = {
  readonly remote: RemoteAgent;
  /** Every version; may be empty for an agent with one version, or one that needs no change. */
  readonly history: readonly RemoteAgent[];
  readonly aliases: readonly RemoteAlias[];
};

/** What all comparisons of a plan share. */
export type Comparing = {
  readonly owner: Owner & Ephemerality;
  readonly references: ConfigReferences;
  /** Keys whose secrets are to be written again. */
  readonly resend: readonly string[];
  /** What somebody may have edited in place is written again. */
  readonly overwrites: boolean;
};

/** The plan for a key that has an agent: nothing, a version that is there already, or a new one. */
export function planExisting(
  agent: DesiredAgent,
  sight: AgentSight,
  { owner, references, resend, overwrites }: Comparing,
): UpdatePlan | ReusePlan | SettledPlan {
  const { remote, history, aliases } = sight;
  const tags = tagsOf(remote);
  const stamp = stampOf(agent, owner);
  const current = withConfigReferences(remote, references);
  const target = targetOf(agentTable, agent.definition, current, agent.ignoreChanges);
  const actual = canonical(agentTable, current);
  const wanted = canonical(agentTable, target);
  const hidden = tags?.spec === stamp.spec ? "trusted" : "compared";
  const found = differences(agentTable, actual, wanted, hidden);

  const base = baseOf(remote, history, owner);
  const seen = { agent, remote, history, aliases, references, base, target, spec: stamp.spec };
  const outside = outsideOf(seen);
  const inside = withOrigins(found, outside);
  const secrets = resend.includes(agent.key) ? resentSecrets(agent) : [];
  const bare = bareSecretDifferences(agentTable, current, target, hidden);
  const isSettled = found.length + bare.length === 0;
  const changes = [
    ...inside,
    ...bare.map((each): Change => ({ ...each, origin: "yours" })),
    ...tagChanges(agent, remote, owner, isSettled, outside.isDefaultEdited),
    ...secrets,
  ];

  const [first, ...others] = changes;
  const proven = provenVersions(remote, history.length > 0 ? history : [remote], owner);
  const reusable =
    first === undefined || secrets.length > 0
      ? undefined
      : findReusable({ ...seen, stamp, proven, overwrites });
  const goal = first === undefined ? remote.version : reusable?.version;
  const pointers = (to: Version | undefined) =>
    pointerDrift({ agent, remote, base, proven, aliases, goal: to });
  const notes = comparisonNotes(found, current, target);
  const common = {
    key: agent.key,
    name: agent.definition.name,
    id: remote.id,
    remote,
    drift: {
      properties: [
        ...contested(outside.properties, inside),
        ...takenFromCallers(outside.behindAliases, seen),
      ],
      pointers: pointers(goal),
    },
    outside: {
      properties: [...outside.properties, ...outside.behindAliases],
      pointers: pointers(undefined),
    },
  };
  if (first === undefined) {
    return { ...common, action: tags === undefined ? "adopt" : "noop", notes };
  }
  if (reusable !== undefined) {
    return {
      ...common,
      action: "reuse",
      notes: [...notes, ...untakenNotes(reusable)],
      version: reusable.version,
      before: reusable.before,
      target,
      changes: inside,
    };
  }
  return {
    ...common,
    action: tags !== undefined && tags.key !== agent.key ? "rename" : "update",
    notes,
    target,
    stamp,
    changes: [first, ...others],
    unknownHandoffs: [],
    expected: nextVersion(remote),
    withheld: secretRowNames(agentTable).filter((name) =>
      agent.ignoreChanges.some((path) => isSamePath(path, [name])),
    ),
    wipesUnowned: tags === undefined && inside.some(({ after }) => after === undefined),
  };
}

/** Whose each change is. Without any version of ours to start from, an owned agent's are all somebody else's. */
function withOrigins(
  found: readonly Difference[],
  { properties, ours }: Outside,
): readonly Change[] {
  const originOf = ours === undefined ? () => "drift" as const : originIn(properties, ours);
  return found.map((each): Change => ({ ...each, origin: originOf(each) }));
}

function untakenNotes({
  missing,
}: Reusable): readonly { kind: "not_taken_before"; paths: readonly PropertyPath[] }[] {
  return missing.length > 0 ? [{ kind: "not_taken_before", paths: missing }] : [];
}
