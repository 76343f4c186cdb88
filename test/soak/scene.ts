import type { StoredAgent } from "../../src/emulator/agent-state.ts";
import { overwrittenAgents } from "../../src/plan/agent-drift.ts";
import { hasChanges } from "../../src/plan/has-changes.ts";
import { unlike } from "./end-state.ts";
import type { Edition, Slot } from "./fleet.ts";
import { brokenByRun } from "./invariants.ts";
import type { Passage } from "./pointers.ts";
import { isOurs } from "./sight.ts";
import type { Ended, Stage, Wish } from "./stage.ts";
import { hasLateCommit, type Trouble } from "./trouble.ts";

/** A stage in the middle of a story. */
export type Scene = {
  readonly stage: Stage;
  /** The aliases that were ever to follow, and those that once were not to any more, by place in the fleet and name. */
  readonly followed: Set<string>;
  readonly unfollowed: Set<string>;
  /** Places of the fleet that somebody else laid hands on, and that no edition has had since. */
  readonly estranged: Set<Slot | undefined>;
  /** Agents of which somebody edited a version in place, and the newest version that there was then. */
  readonly editedInPlace: Map<string, number>;
  /** What an edition asks for, whichever is being played. */
  readonly wishOf: (edition: number) => Wish;
  /** What happened so far, for whoever reads of a failure. */
  readonly log: string[];
};

/** A run, and how many versions it made. */
export type Run = { readonly ended: Ended; readonly made: number };

/** Applies, and holds the run to everything that a single run promises. */
export async function playRun(
  { stage, estranged, editedInPlace, wishOf, log }: Scene,
  edition: Edition,
  wish: Wish,
  troubles: readonly Trouble[],
): Promise<Run> {
  const { register, emulator, behaviour } = stage;
  const before = emulator.control.agents();
  const ended = await stage.apply(wish, troubles, wishOf);
  const after = emulator.control.agents();
  for (const id of ended.disturbance.touched) estranged.add(register.slotOf(id));
  for (const [id, { newest }] of ended.disturbance.inPlace) editedInPlace.set(id, newest);
  log.push(...protocol(ended));
  const passage: Passage = {
    before,
    after,
    ended,
    edition,
    register,
    onDrift: wish.onDrift,
    hasLateCommit: hasLateCommit(troubles),
    hasOnlyRivals: troubles.every(({ kind }) => kind === "rival"),
    first: behaviour.first_version,
  };
  claimNone(brokenByRun(passage));
  const made = countVersions(after) - countVersions(before, after) - ended.disturbance.versions;
  return { ended, made };
}

/** Claims that an edition is applied, whole, and that planning it again is empty. */
export async function claimEnd({ stage }: Scene, edition: Edition, wish: Wish): Promise<void> {
  const { behaviour, emulator, register } = stage;
  const agents = emulator.control.agents();
  claimNone(unlike(agents, edition, register.slotOfLiving, behaviour.first_version));
  await stage.rest();
  const plan = await stage.plan(wish);
  const kinds = plan.refusals.map(({ kind }) => kind).join();
  claim(kinds === "", `refused after an apply: ${kinds}`);
  const deeds = plan.agents.map(({ key, action }) => `${key} ${action}`).join(", ");
  const isEmpty = !hasChanges(plan) && overwrittenAgents(plan).length === 0;
  claim(isEmpty, `planning again is not empty: ${deeds} ${JSON.stringify(plan.releaseWaves)}`);
}

/** Throws unless it holds. */
export function claim(holds: boolean, words: string): asserts holds {
  if (!holds) throw new Error(words);
}

/** Throws when there is anything to say. */
export function claimNone(broken: readonly string[]): void {
  claim(broken.length === 0, broken.join("\n"));
}

/** How a run ended, and why. */
export function told({ code, events }: Ended): string {
  const kinds = ["drift_refused", "refused", "gate_failed", "interrupted"];
  const reasons = events.filter((event) => "failure" in event || kinds.includes(event.kind));
  return `exit ${code}: ${JSON.stringify(reasons)}`;
}

function protocol(ended: Ended): readonly string[] {
  const writes = ended.requests
    .filter(({ method }) => method !== "GET")
    .map(({ method, path, status }) => `  ${method} ${path} ${status ?? "-"}`);
  const runs = [ended, ...ended.rivals].map(told);
  return [`run: ${runs.join("; beside ")} after ${ended.requests.length} requests`, ...writes];
}

function countVersions(agents: readonly StoredAgent[], among = agents): number {
  const there = new Set(among.map(({ id }) => id));
  return agents
    .filter((agent) => isOurs(agent) && there.has(agent.id))
    .reduce((sum, { versions }) => sum + versions.length, 0);
}
