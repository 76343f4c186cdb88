import type { StoredAgent } from "../../src/emulator/agent-state.ts";
import { type Edition, keyOf, type Member } from "./fleet.ts";
import { contentAt, departures, isOurs, keyIn, pointersOf, type Register } from "./sight.ts";
import type { Ended } from "./stage.ts";

/** The server before and after a run, and what the run was to do. */
export type Passage = {
  readonly before: readonly StoredAgent[];
  readonly after: readonly StoredAgent[];
  readonly ended: Ended;
  readonly edition: Edition;
  readonly register: Register;
  readonly onDrift: "fail" | "overwrite";
  /** A write may have been carried out after the one that was sent in its place. */
  readonly hasLateCommit: boolean;
  /** Nothing else goes wrong than that other applies run at the same time. */
  readonly hasOnlyRivals: boolean;
  /** Versions are counted from it. */
  readonly first: number;
};

/** What a run promises about pointers, the moves of others excepted: what is broken, in words. */
export function brokenPointers(passage: Passage): readonly string[] {
  const { after, ended } = passage;
  const alone = after.filter((agent) => isOurs(agent) && !ended.disturbance.touched.has(agent.id));
  const unverified = alone.flatMap((agent) => unverifiedAliases(agent, passage));
  if (ended.code === undefined || passage.hasLateCommit) return unverified;
  const check = isReleased(ended) ? notNew : notAsBefore;
  return [...unverified, ...alone.flatMap((agent) => check(agent, passage))];
}

function isReleased({ code, events }: Ended): boolean {
  const finished = events.find((event) => event.kind === "apply_finished");
  return finished?.kind === "apply_finished" ? finished.released : code === 0;
}

/** An alias that a run sets stands on what the edition says: a verified version, a pin, or a memory. */
function unverifiedAliases(agent: StoredAgent, passage: Passage): readonly string[] {
  const { before, edition, register } = passage;
  const was = before.find(({ id }) => id === agent.id);
  const then = was === undefined ? {} : pointersOf(was);
  const member = edition.members.find(({ slot }) => slot === register.slotOf(agent.id));
  return agent.aliases
    .filter(({ alias, version }) => then[alias] !== version)
    .flatMap(({ alias, version }) => {
      const wrong = wrongWith(agent, alias, version, member, passage);
      return wrong === undefined
        ? []
        : [`alias ${alias} of ${keyIn(agent)} at ${version}: ${wrong}`];
    });
}

function wrongWith(
  agent: StoredAgent,
  alias: string,
  version: number,
  member: Member | undefined,
  { edition, register, first }: Passage,
): string | undefined {
  if (member === undefined) return "the edition does not have the agent";
  const wanted = member.aliases[alias];
  if (wanted === undefined) return alias.endsWith("-prev") ? undefined : "not asked for";
  if (wanted === null) return "to be removed";
  if (wanted !== "latest") return version === wanted + first ? undefined : "not at its pin";
  const wrong = departures(contentAt(agent, version) ?? {}, member, edition, register.slotOf);
  return wrong.length === 0 ? undefined : `${wrong.join()} is not as defined`;
}

/**
 * All pointers are new when a release is whole. Of two agents of a key it is one whose are: a list may not have shown the
 * other one, which a run left that was killed.
 */
function notNew(agent: StoredAgent, { after, edition, first }: Passage): readonly string[] {
  const member = edition.members.find((each) => keyOf(each) === keyIn(agent));
  if (member === undefined) return [];
  const hasReleasedTwin = after.some(
    (other) =>
      other.id !== agent.id &&
      keyIn(other) === keyIn(agent) &&
      misplaced(other, member, first).length === 0,
  );
  return hasReleasedTwin ? [] : misplaced(agent, member, first);
}

/** The aliases of an agent that do not stand where its definition wants them. */
export function misplaced(agent: StoredAgent, member: Member, first: number): readonly string[] {
  const standing = pointersOf(agent);
  return Object.entries(member.aliases).flatMap(([alias, wanted]) => {
    const target =
      wanted === "latest" ? agent.version : wanted === null ? undefined : wanted + first;
    if (standing[alias] === target) return [];
    return [`alias ${alias} of ${keyIn(agent)} at ${standing[alias]} instead of ${target}`];
  });
}

/** All pointers are as before when it is not, but for what the run says that it could not revert. */
function notAsBefore(agent: StoredAgent, { before, ended }: Passage): readonly string[] {
  const isTold = ended.events.some(
    (event) =>
      (event.kind === "revert_failed" || event.kind === "duplicate_left") && event.id === agent.id,
  );
  if (isTold) return [];
  const was = before.find(({ id }) => id === agent.id);
  const then = was === undefined ? { "@default": agent.version } : pointersOf(was);
  const [from, to] = [inWords(then), inWords(pointersOf(agent))];
  return from === to ? [] : [`exit ${ended.code}, but ${keyIn(agent)} went from ${from} to ${to}`];
}

function inWords(pointers: Readonly<Record<string, number>>): string {
  const pairs = Object.entries(pointers).map(([pointer, version]) => `${pointer}=${version}`);
  return pairs.sort().join();
}
