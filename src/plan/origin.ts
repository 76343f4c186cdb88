import { agentTable } from "../agent/agent-table.ts";
import { type Difference, differences } from "../agent/differences.ts";
import type { JsonObject } from "../agent/json.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { provesItself, tagsOf } from "../agent/tags.ts";
import type { Drift, Origin } from "./agent-plan.ts";
import { isOurs } from "./identify.ts";
import type { Owner } from "./scope.ts";

/** The three sides of a comparison, in canonical form. */
type Sides = {
  readonly base: JsonObject;
  readonly actual: JsonObject;
  readonly wanted: JsonObject;
};

/**
 * What edits outside started from: the default version if agentvane wrote it as it stands, else the newest
 * version that agentvane did. Undefined when there is none, as on an agent that was adopted and then edited.
 */
export function baseOf(
  remote: RemoteAgent,
  history: readonly RemoteAgent[],
  owner: Owner,
): RemoteAgent | undefined {
  if (tagsOf(remote) !== undefined && provesItself(remote, remote.versions)) return remote;
  return provenVersions(remote, history, owner).at(-1);
}

/** The versions that this project wrote as they stand, oldest first. */
export function provenVersions(
  remote: RemoteAgent,
  history: readonly RemoteAgent[],
  owner: Owner,
): readonly RemoteAgent[] {
  return history
    .filter((each) => isOurs(tagsOf(each), owner) && provesItself(each, remote.versions))
    .toSorted((left, right) => left.version - right.version);
}

/** A function from a change to its origin. What both sides changed, each in its own way, is a conflict. */
export function originIn({ base, actual, wanted }: Sides): (change: Difference) => Origin {
  const outside = differences(agentTable, base, actual, "trusted");
  const ours = differences(agentTable, base, wanted, "trusted");
  return ({ path }) => {
    if (!touches(outside, path)) return "yours";
    return touches(ours, path) ? "conflict" : "drift";
  };
}

/** What was changed outside and is not what the file wants as well, by the changes that a plan found. */
export function driftIn(
  { base, actual }: Pick<Sides, "base" | "actual">,
  changes: readonly { readonly path: string; readonly origin: Origin }[],
): Drift["properties"] {
  const contested = changes.filter(({ origin }) => origin !== "yours");
  if (contested.length === 0) return [];
  return differences(agentTable, base, actual, "trusted").filter(({ path }) =>
    touches(contested, path),
  );
}

function touches(changes: readonly { readonly path: string }[], path: string): boolean {
  return changes.some((change) => isWithin(change.path, path) || isWithin(path, change.path));
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}
