import type { AgentId, Version } from "../agent/identity.ts";
import type { Reader } from "../agent/ports.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { type CheckoutNote, type CheckoutProblem, commitNotes } from "../plan/checkout-note.ts";
import type { CommitJudgement } from "../plan/commit-judgement.ts";
import type { CommitRelation, HistoryRule } from "../plan/commit-relation.ts";
import { hasChanges } from "../plan/has-changes.ts";
import {
  commitsToRelate,
  countedAgents,
  countedVersions,
  judgeCommits,
  type VersionOf,
} from "../plan/outdated.ts";
import type { Plan } from "../plan/plan.ts";
import { editedVersion } from "../plan/version-record.ts";

/** The relations of commits to another one. Commits without a relation are not in this repository. */
export type CommitRelations = (
  commits: readonly string[],
) => Promise<ReadonlyMap<string, CommitRelation>>;

/** The checkout of the configuration, as far as known. */
export type Checkout =
  /** No repository, or one without a commit. */
  | { readonly kind: "none" }
  | { readonly kind: "unusable"; readonly problem: CheckoutProblem }
  | {
      readonly kind: "commit";
      readonly head: string;
      readonly committedMs: number;
      readonly relations: CommitRelations;
      /** Files that the configuration read and that differ from the commit. */
      readonly uncommitted: readonly string[];
    };

/** The rules that a plan is judged by besides the server. */
export type CommitRules = {
  readonly checkout: Checkout;
  readonly history: HistoryRule;
};

/** A plan with the judgement about its commits. */
export type JudgedPlan = { readonly plan: Plan; readonly judgement: CommitJudgement };

const nothing: CommitJudgement = { outdated: [], unknown: [], takenBack: [] };

/**
 * Judges the commits of the agents that a plan changes, with notes. It reads only single versions that count although
 * they are not the default. Rejects with an `ApiError` if one cannot be read.
 */
export async function judgePlan(
  plan: Plan,
  reader: Reader,
  { checkout, history }: CommitRules,
): Promise<JudgedPlan> {
  if (!hasChanges(plan)) return { plan, judgement: nothing };
  switch (checkout.kind) {
    case "none":
      return { plan, judgement: nothing };
    case "unusable":
      if (history === "off") return { plan, judgement: nothing };
      return {
        plan: { ...plan, checkoutNotes: [{ kind: "unusable", problem: checkout.problem }] },
        judgement: nothing,
      };
    case "commit": {
      const { head, committedMs, relations, uncommitted } = checkout;
      const dirty: readonly CheckoutNote[] =
        uncommitted.length === 0 ? [] : [{ kind: "uncommitted", files: uncommitted }];
      if (history === "off") return { plan: { ...plan, checkoutNotes: dirty }, judgement: nothing };
      const versionOf = await readVersions(plan, reader);
      const related = await relations(commitsToRelate(plan, versionOf));
      const relationTo = (commit: string) => related.get(commit) ?? "unrelated";
      const judgement = judgeCommits(plan, versionOf, { head, committedMs, relationTo }, history);
      const notes = [...commitNotes(judgement, plan.options.allowRewind), ...dirty];
      return { plan: { ...plan, checkoutNotes: notes }, judgement };
    }
  }
}

async function readVersions(plan: Plan, reader: Reader): Promise<VersionOf> {
  const versions = new Map<string, RemoteAgent>();
  const read = async (id: AgentId, version: Version): Promise<void> => {
    const found = await reader.agent(id, version);
    versions.set(nameOf(id, version), found);
    const edited = editedVersion(found);
    if (edited !== undefined && !versions.has(nameOf(id, edited))) await read(id, edited);
  };
  await Promise.all(
    countedAgents(plan).flatMap((agent) =>
      countedVersions(plan, agent).map((version) => read(agent.remote.id, version)),
    ),
  );
  return (id, version) => versions.get(nameOf(id, version));
}

function nameOf(id: AgentId, version: Version): string {
  return `${id} ${version}`;
}
