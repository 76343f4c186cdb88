import type { Pointer, Version } from "../../agent/identity.ts";
import { newestVersion } from "../../agent/remote-agent.ts";
import type { ApplyEvent } from "../../apply/event.ts";
import { driftOf } from "../../plan/agent-drift.ts";
import type { AgentPlan } from "../../plan/agent-plan.ts";
import type { Fingerprint } from "../../plan/fingerprint.ts";
import { type PointerMove, targetVersion } from "../../plan/pointer-move.ts";
import { pointerAfter } from "../json/pointer-after.ts";
import { pointerText } from "../words/pointer-move.ts";
import type { PageCommand, Station } from "./data.ts";

/** The known facts about the versions of one agent. */
export type Known = {
  readonly plan: AgentPlan;
  readonly fingerprint: Fingerprint | undefined;
  /** The pointers that the plan moves. */
  readonly moves: readonly PointerMove[];
  /** The events of an apply for this agent; undefined if no apply started. */
  readonly events: readonly ApplyEvent[] | undefined;
};

type Positions = ReadonlyMap<Pointer, Version>;

/**
 * The relevant versions of an agent, oldest first: those with a pointer before or after, the oldest, the newest, and
 * the built one. Only what was read is known, so aliases that the file does not name are missing.
 */
export function timelineOf(known: Known, command: PageCommand): readonly Station[] {
  const { plan } = known;
  const now = standing(known);
  const before = command === "drift" ? asExpected(now, plan) : now;
  const after = command === "drift" ? now : afterwards(known, now);
  const built = builtVersion(known);
  const existing =
    plan.action === "create" ? [] : [...new Set([plan.remote.version, ...plan.remote.versions])];
  const shown = [
    ...before.values(),
    ...after.values(),
    ...(existing.length === 0 ? [] : [Math.min(...existing), Math.max(...existing)]),
    ...(built === undefined || command === "drift" ? [] : [built]),
  ];
  const versions = [...new Set(shown)].sort((left, right) => left - right) as Version[];
  const isGone = command !== "drift" && plan.action === "delete" && after.size === 0;
  return versions.map((version, at) => ({
    version: String(version),
    state: isGone ? "goes" : existing.includes(version) ? "stays" : "built",
    about: aboutVersion(version, plan, existing),
    pointers: pointersAt(version, before, after),
    skipped: existing.filter((each) => each < version && each > (versions[at - 1] ?? version))
      .length,
  }));
}

/** The pointers before the run. */
function standing({ plan, fingerprint }: Known): Positions {
  if (plan.action === "create") return new Map();
  const aliases = Object.entries(fingerprint?.aliases ?? {}) as [Pointer, Version][];
  return new Map<Pointer, Version>([["@default", plan.remote.version], ...aliases.sort()]);
}

/** The pointers before outside moves. */
function asExpected(now: Positions, plan: AgentPlan): Positions {
  const positions = new Map(now);
  for (const { pointer, expected } of driftOf(plan).pointers) put(positions, pointer, expected);
  return positions;
}

function afterwards(known: Known, now: Positions): Positions {
  return known.events === undefined ? planned(known, now) : happened(known.events, now);
}

/** The pointers after the plan is applied. */
function planned(known: Known, now: Positions): Positions {
  if (known.plan.action === "delete") return new Map();
  const positions = new Map(now);
  put(positions, "@default", builtVersion(known) ?? now.get("@default"));
  for (const { pointer, to } of known.moves) put(positions, pointer, targetVersion(to));
  return positions;
}

/** The pointers after the events of an apply. */
function happened(events: readonly ApplyEvent[], now: Positions): Positions {
  let positions = new Map(now);
  for (const event of events) {
    const after = pointerAfter(event);
    if (after !== undefined) put(positions, after.pointer, after.at);
    if (event.kind === "agent_deleted" || event.kind === "duplicate_deleted") positions = new Map();
  }
  return positions;
}

function put(positions: Map<Pointer, Version>, pointer: Pointer, to: Version | undefined): void {
  if (to === undefined) positions.delete(pointer);
  else positions.set(pointer, to);
}

/** The version that an apply made, or the number that it is expected to get. */
function builtVersion({ plan, events }: Known): Version | undefined {
  if (events !== undefined) {
    return events.findLast((event) => event.kind === "agent_written")?.version;
  }
  switch (plan.action) {
    case "create":
      return (plan.completedLater ? 1 : 0) as Version;
    case "update":
    case "rename":
      return plan.expected;
    case "forget":
      return (newestVersion(plan.remote) + 1) as Version;
    default:
      return undefined;
  }
}

function aboutVersion(version: Version, plan: AgentPlan, existing: readonly Version[]): string {
  if (!existing.includes(version)) return "new";
  if (plan.action === "reuse" && plan.version === version) return "reused";
  if (version === Math.max(...existing)) return existing.length === 1 ? "the only one" : "newest";
  return version === Math.min(...existing) ? "oldest" : "";
}

function pointersAt(version: Version, before: Positions, after: Positions): Station["pointers"] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((pointer) => {
    const [was, is] = [before.get(pointer) === version, after.get(pointer) === version];
    if (!was && !is) return [];
    const move = was && is ? "stays" : was ? "leaves" : "arrives";
    return [{ name: pointerText(pointer), move } as const];
  });
}
