import { agentTable } from "../agent/agent-table.ts";
import { type Difference, differences } from "../agent/differences.ts";
import type { JsonObject } from "../agent/json.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { provesItself, tagsOf } from "../agent/tags.ts";
import type { Origin } from "./agent-plan.ts";

/** The three sides of a comparison, in canonical form. */
type Sides = {
  readonly base: JsonObject;
  readonly actual: JsonObject;
  readonly wanted: JsonObject;
};

/**
 * What the edits outside started from: the newest version that agentvane wrote as it stands. Undefined when
 * there is none, as on an agent that was adopted and then edited.
 */
export function baseOf(
  remote: RemoteAgent,
  history: readonly RemoteAgent[],
): RemoteAgent | undefined {
  const proven = history.filter((version) => provesItself(version, remote.versions));
  const [first, ...others] = proven;
  if (first === undefined) return undefined;
  return others.reduce((newest, each) => (each.version > newest.version ? each : newest), first);
}

/** Whether telling an agent's changes apart needs its history: it is ours, its default version is not. */
export function needsHistory(remote: RemoteAgent): boolean {
  return tagsOf(remote) !== undefined && !provesItself(remote, remote.versions);
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

function touches(changes: readonly Difference[], path: string): boolean {
  return changes.some((change) => isWithin(change.path, path) || isWithin(path, change.path));
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}
