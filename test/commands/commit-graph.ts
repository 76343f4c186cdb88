import type { CommitRelations } from "../../src/commands/checkout.ts";
import type { CommitRelation } from "../../src/plan/commit-relation.ts";

/** Commits by name, each with its parents. */
export type CommitGraph = Readonly<Record<string, readonly string[]>>;

/** The id of a commit of one letter. */
export const commitId = (name: string): string => name.repeat(40);

/** A commit with all that it contains, by name. */
export function contained(graph: CommitGraph, name: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (each: string): void => {
    if (found.has(each)) return;
    found.add(each);
    for (const parent of graph[each] ?? []) visit(parent);
  };
  visit(name);
  return found;
}

/** How commits stand to one of a graph, by what they contain. */
export function relationsIn(graph: CommitGraph, head: string): CommitRelations {
  const relationOf = (commit: string): CommitRelation => {
    const name = Object.keys(graph).find((each) => commitId(each) === commit);
    if (name === undefined) return "unrelated";
    if (name === head) return "same";
    if (contained(graph, head).has(name)) return "ancestor";
    return contained(graph, name).has(head) ? "descendant" : "diverged";
  };
  return async (commits) => new Map(commits.map((commit) => [commit, relationOf(commit)]));
}
