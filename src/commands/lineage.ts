import type { AgentKey } from "../agent/identity.ts";
import { commitIn } from "../agent/provenance.ts";
import { provesItself, tagsOf } from "../agent/tags.ts";
import type { Plan } from "../plan/plan.ts";

/** How a commit stands to what is checked out. `unknown`: the history that is here does not reach that far. */
export type Descent = "ancestor" | "stranger" | "unknown";

/** Tells of each commit how it stands to what is checked out. */
export type Lineage = (commits: readonly string[]) => Promise<ReadonlyMap<string, Descent>>;

/** An agent whose default version was made from a commit. */
export type Recorded = { readonly key: AgentKey; readonly commit: string };

/** The agents of a plan whose default version was not made from an ancestor of what is checked out. */
export type Outdated = {
  readonly strangers: readonly Recorded[];
  readonly unknown: readonly Recorded[];
};

/**
 * Whether a newer commit than this one was applied before: carrying out an older one would take its changes
 * back. Looks at the default versions that say where they came from.
 */
export async function findOutdated(plan: Plan, lineage: Lineage): Promise<Outdated> {
  const recorded = plan.agents.flatMap((agent): Recorded[] => {
    if (agent.action === "create") return [];
    const { remote, key } = agent;
    const isProven = tagsOf(remote) !== undefined && provesItself(remote, remote.versions);
    const commit = isProven ? commitIn(remote.version_message) : undefined;
    return commit === undefined ? [] : [{ key, commit }];
  });
  if (recorded.length === 0) return { strangers: [], unknown: [] };
  const descents = await lineage([...new Set(recorded.map(({ commit }) => commit))]);
  const those = (descent: Descent) =>
    recorded.filter(({ commit }) => descents.get(commit) === descent);
  return { strangers: those("stranger"), unknown: those("unknown") };
}
