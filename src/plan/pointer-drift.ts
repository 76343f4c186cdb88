import type { DesiredAgent } from "../agent/definition.ts";
import type { AliasName, Pointer, Version } from "../agent/identity.ts";
import {
  newestVersion,
  oneRequestMs,
  type RemoteAgent,
  type RemoteAlias,
} from "../agent/remote-agent.ts";
import { aliasesBefore, tagsOf } from "../agent/tags.ts";
import type { PointerDrift } from "./agent-plan.ts";
import { isMemory, previousAliasOf } from "./previous-alias.ts";

/** What is known of an agent's pointers, and where a plan would put the default. */
export type PointerSight = {
  readonly agent: DesiredAgent;
  readonly remote: RemoteAgent;
  /** The version that edits outside started from; undefined when there is none. */
  readonly base: RemoteAgent | undefined;
  /** The versions that this project wrote as they stand. */
  readonly proven: readonly RemoteAgent[];
  readonly aliases: readonly RemoteAlias[];
  /** Undefined for a version that is still to be built. */
  readonly goal: Version | undefined;
};

/**
 * The pointers that somebody moved outside. After a release the default and the aliases it moved stand at one
 * version; where they disagree, whichever moved last tells why. An alias: somebody rolled back. The default:
 * a release that was not finished, or, when it is neither the newest version nor where this plan leads nor one
 * that was never released, somebody's hand. A pointer that stands where the plan would put it is none of that.
 */
export function pointerDrift(sight: PointerSight): readonly PointerDrift[] {
  const { agent, remote, base, aliases } = sight;
  // A default without tags is from before the adoption, or an edit dropped them: the base still says what was released.
  const tags = tagsOf(remote) ?? (base && tagsOf(base));
  if (tags === undefined || base === undefined) return [];
  const released = [...aliasesBefore(tags)].filter(
    ([alias]) => agent.aliases.get(alias) === "latest",
  );
  const found = released.flatMap(([alias, before]) => {
    const standing = aliases.find((each) => each.alias === alias);
    if (standing !== undefined) return withMemory(judge(sight, base, standing), aliases) ?? [];
    // A first release that was killed before its aliases looks the same as nothing removed.
    return before === undefined ? [] : [driftTo(alias, base.version, undefined)];
  });
  return found.filter(
    ({ pointer }, at) => found.findIndex((each) => each.pointer === pointer) === at,
  );
}

/** Says of an alias that left a version whether the memory of it stands there, as `promote` and `rollback` leave it. */
function withMemory(
  drift: PointerDrift | undefined,
  aliases: readonly RemoteAlias[],
): PointerDrift | undefined {
  if (drift === undefined || drift.pointer === "@default") return drift;
  const memory = previousAliasOf(drift.pointer);
  const remembers = aliases.some(
    ({ alias, version }) => alias === memory && version === drift.expected,
  );
  return remembers && memory !== undefined ? { ...drift, rememberedBy: memory } : drift;
}

function judge(
  sight: PointerSight,
  base: RemoteAgent,
  standing: RemoteAlias,
): PointerDrift | undefined {
  const { remote, goal } = sight;
  const { alias, version: at } = standing;
  if (at === remote.version) return undefined;
  // Beside a default that somebody edited, the alias belongs where that edit started from.
  const aliasLeft = base === remote ? aliasMovedLast(sight, standing) : at !== base.version;
  if (aliasLeft) return at === goal ? undefined : driftTo(alias, base.version, at);
  const isUnfinished =
    remote.version === newestVersion(remote) ||
    remote.version === goal ||
    wasNeverReleased(sight, standing);
  return isUnfinished ? undefined : driftTo("@default", at, remote.version);
}

/**
 * Whether the alias stands where the default's version, and each one made after it, was to move it from: several
 * releases failed one after the other, and the last one put the default back to what an earlier one had left.
 */
function wasNeverReleased(
  { remote, proven }: PointerSight,
  { alias, version }: RemoteAlias,
): boolean {
  const since = proven.filter((each) => each.version >= remote.version);
  const made = remote.versions.filter((each) => each >= remote.version);
  return since.length === made.length && since.every((each) => leaves(each, alias) === version);
}

/** Where a version's release was to move an alias from. */
function leaves(version: RemoteAgent, alias: AliasName): Version | undefined {
  const tags = tagsOf(version);
  return tags && aliasesBefore(tags).get(alias);
}

function driftTo(
  pointer: Pointer,
  expected: Version | undefined,
  found: Version | undefined,
): PointerDrift {
  return { pointer, expected, found };
}

/** Whether the alias is the one that left the other; in doubt it is, since that only asks a person. */
function aliasMovedLast(sight: PointerSight, alias: RemoteAlias): boolean {
  const { remote, aliases } = sight;
  const [agentMs, aliasMs] = [Date.parse(remote.updated_at), Date.parse(alias.updated_at)];
  if (!(agentMs - aliasMs > oneRequestMs)) return true;
  // On servers that touch an agent when an alias moves, its time may be that of an alias gone elsewhere.
  return aliases.some((other) => {
    const isTouch = Math.abs(agentMs - Date.parse(other.updated_at)) <= oneRequestMs;
    return isTouch && other.version !== remote.version && !isPlaced(sight, other);
  });
}

/** Whether an alias stands elsewhere because a release puts it there: at its pin, or where another one stood. */
function isPlaced({ agent, aliases }: PointerSight, other: RemoteAlias): boolean {
  return agent.aliases.get(other.alias) === other.version || isMemory(other, aliases);
}
