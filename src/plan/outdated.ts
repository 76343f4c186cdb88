import type { AgentId, AliasName, Pointer, Version } from "../agent/identity.ts";
import { newestVersion, type RemoteAgent } from "../agent/remote-agent.ts";
import { driftOf } from "./agent-drift.ts";
import type { AgentPlan } from "./agent-plan.ts";
import type { CommitJudgement } from "./commit-judgement.ts";
import type { CheckedOut, HistoryRule } from "./commit-relation.ts";
import { isNoOp } from "./has-changes.ts";
import type { Plan } from "./plan.ts";
import { previousAliasOf } from "./previous-alias.ts";
import { editedVersion, type VersionRecord, versionRecord } from "./version-record.ts";

/** A version of an agent, where it was read. */
export type VersionOf = (id: AgentId, version: Version) => RemoteAgent | undefined;

/**
 * Whether carrying a plan out would take back what a newer commit released. Only agents that the plan writes, moves
 * or deletes count. What is recorded of the version that callers get decides; the newest version of ours counts as
 * well, since a version that was reused keeps the commit that it was built from.
 */
export function judgeCommits(
  plan: Plan,
  versionOf: VersionOf,
  checkedOut: CheckedOut,
  rule: Exclude<HistoryRule, "off">,
): CommitJudgement {
  const judged = changedAgents(plan).map((agent) =>
    judgeAgent(plan, agent, versionOf, checkedOut, rule),
  );
  const creates = judgeCreates(plan, versionOf, checkedOut);
  return {
    outdated: [...judged.flatMap(({ outdated }) => outdated), ...creates.outdated],
    unknown: [...judged.flatMap(({ unknown }) => unknown), ...creates.unknown],
    takenBack: judged.flatMap(({ takenBack }) => takenBack),
  };
}

/** A plan's agent that exists. */
type ExistingPlan = Exclude<AgentPlan, { readonly action: "create" }>;

/** The agents that exist and that a plan writes, moves or deletes. */
function changedAgents(plan: Plan): readonly ExistingPlan[] {
  const moving = new Set(plan.releaseWaves.flat().map(({ key }) => key));
  return plan.agents.filter(exists).filter((agent) => !isNoOp(agent) || moving.has(agent.key));
}

/**
 * The agents whose versions count: those that a plan changes, and where it creates some, all that exist. With
 * `--only` somebody named what is created.
 */
export function countedAgents(plan: Plan): readonly ExistingPlan[] {
  return isCreating(plan) ? plan.agents.filter(exists) : changedAgents(plan);
}

/**
 * The versions of an agent, besides its default, whose commits count: the newest one, and where an alias goes back to.
 * In place of one that was edited outside, the one that the edit started from counts as well.
 */
export function countedVersions(plan: Plan, agent: ExistingPlan): readonly Version[] {
  const { remote } = agent;
  const back = comebacks(plan, agent).map(({ version }) => version);
  const edited = editedVersion(remote);
  const wanted = new Set([
    newestVersion(remote),
    ...back,
    ...(edited === undefined ? [] : [edited]),
  ]);
  return [...wanted].filter((version) => version !== remote.version);
}

function isCreating({ complete, agents }: Plan): boolean {
  return complete && agents.some(({ action }) => action === "create");
}

function exists(agent: AgentPlan): agent is ExistingPlan {
  return agent.action !== "create";
}

/** What the newest version of an agent tells, and what the one that callers get. */
function recordsOf(
  { remote }: ExistingPlan,
  versionOf: VersionOf,
): { readonly current: VersionRecord | undefined; readonly newest: VersionRecord | undefined } {
  const of = (version: Version) =>
    version === remote.version ? remote : versionOf(remote.id, version);
  const recordOf = (version: RemoteAgent | undefined) => {
    const edited = version && editedVersion(version);
    const found = edited === undefined ? version : of(edited);
    return found && versionRecord(found);
  };
  const newest = recordOf(of(newestVersion(remote)));
  return { current: recordOf(remote) ?? newest, newest };
}

const nothing: CommitJudgement = { outdated: [], unknown: [], takenBack: [] };

function judgeAgent(
  plan: Plan,
  agent: ExistingPlan,
  versionOf: VersionOf,
  { head, committedMs, relationTo }: CheckedOut,
  rule: Exclude<HistoryRule, "off">,
): CommitJudgement {
  const { key, remote } = agent;
  for (const { alias, version } of comebacks(plan, agent)) {
    const target = version === remote.version ? remote : versionOf(remote.id, version);
    const commit = target && versionRecord(target)?.commit;
    if (commit !== undefined && (commit === head || relationTo(commit) === "descendant")) {
      return { ...nothing, outdated: [{ kind: "reverted", key, commit, alias }] };
    }
  }
  const { current, newest } = recordsOf(agent, versionOf);
  const newer = [current, newest].find((each) => each && relationTo(each.commit) === "descendant");
  if (newer !== undefined) {
    return { ...nothing, outdated: [{ kind: "newer", key, commit: newer.commit }] };
  }
  const untold = [current, newest].find((each) => each && relationTo(each.commit) === "unknown");
  if (untold !== undefined) return { ...nothing, unknown: [{ key, commit: untold.commit }] };
  if (current === undefined) return nothing;
  const { commit } = current;
  const relation = relationTo(commit);
  switch (relation) {
    case "same":
    case "ancestor":
    case "descendant":
    case "unknown":
      return nothing;
    case "diverged":
    case "unrelated":
      if (rule === "ancestors") {
        return { ...nothing, outdated: [{ kind: "not_contained", key, commit }] };
      }
      return isOlder(committedMs, current)
        ? { ...nothing, outdated: [{ kind: relation, key, commit }] }
        : { ...nothing, takenBack: [{ key, commit, relation }] };
  }
}

/** Commits of the same second follow each other in any order, as parallel merges do. */
function isOlder(committedMs: number, { committedMs: recordedMs }: VersionRecord): boolean {
  return Math.floor(committedMs / 1000) < Math.floor(recordedMs / 1000);
}

/**
 * Aliases that would go back to the version that their memory names: they were taken from there on purpose. One that
 * somebody rolled back stands elsewhere than the default, which is drift, and has to be approved as such.
 */
function comebacks(
  plan: Plan,
  agent: ExistingPlan,
): readonly { readonly alias: AliasName; readonly version: Version }[] {
  const current = plan.fingerprints.find(({ key }) => key === agent.key)?.aliases ?? {};
  const drifted = new Set<Pointer>(driftOf(agent).pointers.map(({ pointer }) => pointer));
  return plan.releaseWaves.flat().flatMap(({ key, pointer, stage, to }) => {
    const isAlias = key === agent.key && stage === "alias" && pointer !== "@default";
    if (!isAlias || to.kind !== "existing" || drifted.has(pointer)) return [];
    const alias = pointer as AliasName;
    const memory = previousAliasOf(alias);
    const { version } = to;
    return memory !== undefined && current[memory] === version ? [{ alias, version }] : [];
  });
}

/** An older commit may still have agents that a newer one removed. */
function judgeCreates(
  plan: Plan,
  versionOf: VersionOf,
  { relationTo }: CheckedOut,
): Pick<CommitJudgement, "outdated" | "unknown"> {
  if (!isCreating(plan)) return nothing;
  const recorded = plan.agents.filter(exists).flatMap((agent) => {
    const { current, newest } = recordsOf(agent, versionOf);
    return [current, newest].flatMap((each) =>
      each === undefined ? [] : [{ key: agent.key, commit: each.commit }],
    );
  });
  const newer = recorded.find(({ commit }) => relationTo(commit) === "descendant");
  if (newer === undefined) {
    const untold = recorded.find(({ commit }) => relationTo(commit) === "unknown");
    return { outdated: [], unknown: untold === undefined ? [] : [untold] };
  }
  const { commit, key: by } = newer;
  const creates = plan.agents.filter(({ action }) => action === "create");
  return {
    outdated: creates.map(({ key }) => ({ kind: "older_create", key, commit, by })),
    unknown: [],
  };
}

/** The commits that have to be related to what is checked out before a plan can be judged. */
export function commitsToRelate(plan: Plan, versionOf: VersionOf): readonly string[] {
  const versions = countedAgents(plan).flatMap((agent) => {
    const read = countedVersions(plan, agent).flatMap(
      (version) => versionOf(agent.remote.id, version) ?? [],
    );
    const edited = read.flatMap((each) => {
      const version = editedVersion(each);
      return version === undefined ? [] : (versionOf(agent.remote.id, version) ?? []);
    });
    return [agent.remote, ...read, ...edited];
  });
  return [...new Set(versions.flatMap((each) => versionRecord(each)?.commit ?? []))];
}
