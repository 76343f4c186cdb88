import type { RemoteAgent } from "../agent/remote-agent.ts";
import { isEphemeral, tagsOf } from "../agent/tags.ts";
import { groupBy } from "./group-by.ts";

/** Which environments go, and which stay whatever their agents say. */
export type StaleRule = {
  readonly project: string;
  /** An environment that the file names has been made to stay. */
  readonly isKept: (environment: string) => boolean;
  /** In milliseconds: what was written after it stays; undefined: all go. */
  readonly notAfter: number | undefined;
};

/**
 * The agents to delete of ephemeral environments, by environment: those that carry the tag. An environment is as old as
 * the newest version in it, whoever wrote that; one whose age nobody can tell stays. `versions` are each agent's newest.
 */
export function staleAgents(
  versions: readonly NewestVersion[],
  { project, isKept, notAfter }: StaleRule,
): ReadonlyMap<string, readonly RemoteAgent[]> {
  const own = versions.filter(({ agent }) => tagsOf(agent)?.project === project);
  const environments = [...groupBy(own, ({ agent }) => tagsOf(agent)?.environment ?? "")];
  const stale = environments.filter(
    ([environment, members]) =>
      !isKept(environment) &&
      (notAfter === undefined || members.every((each) => writtenAt(each) <= notAfter)),
  );
  return new Map(
    stale.map(([environment, members]) => [
      environment,
      members.map(({ agent }) => agent).filter(isEphemeral),
    ]),
  );
}

/** An agent, and its newest version where that is not the default one. */
export type NewestVersion = { readonly agent: RemoteAgent; readonly newest: RemoteAgent };

/** The latest time that the server tells of either; not a number, and so never old enough, when it tells none. */
function writtenAt({ agent, newest }: NewestVersion): number {
  const times = [agent, newest].flatMap(({ created_at, updated_at }) => [created_at, updated_at]);
  return Math.max(...times.map((time) => Date.parse(time)));
}
