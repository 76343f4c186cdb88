import type { RunEvent } from "../../src/commands/event.ts";

import { lostAgents } from "./lost.ts";
import { brokenPointers, type Passage } from "./pointers.ts";
import { contentAt, isOurs, keyIn } from "./sight.ts";
import type { Ended } from "./stage.ts";
import { strandedDefaults } from "./stranded.ts";

/** Everything that a single run promises, whatever went wrong in it: what is broken, in words. */
export function brokenByRun(passage: Passage): readonly string[] {
  const { ended } = passage;
  return [
    ...brokenCode(ended, ended.rivals.length === 0),
    ...ended.rivals.flatMap((rival) => brokenCode(rival, false)),
    ...writtenStrangers(passage),
    ...lostAgents(passage),
    ...overwrittenEdits(passage),
    ...overwrittenInPlace(passage),
    ...brokenPointers(passage),
    ...(passage.hasOnlyRivals ? strandedDefaults(passage) : []),
  ];
}

const documented: readonly (number | undefined)[] = [0, 1, 3, 4, 5, 6, 129, 130, 143];
const failures: readonly RunEvent["kind"][] = [
  "write_failed",
  "listing_failed",
  "verify_failed",
  "gate_failed",
  "move_failed",
  "revert_failed",
  "delete_failed",
  "duplicate_left",
  "content_left",
  "read_failed",
];

/** `isOwn`: the requests are those of this run alone. */
function brokenCode({ code, events, requests }: Ended, isOwn: boolean): readonly string[] {
  const broken: string[] = [];
  const kinds = new Set(events.map(({ kind }) => kind));
  const crashed = events.find((event) => event.kind === "crashed");
  if (crashed?.kind === "crashed") broken.push(`a bug came to light: ${crashed.stack}`);
  if (code === undefined) return broken;
  if (!documented.includes(code)) broken.push(`exit ${code} is not documented`);
  const failed = failures.filter((kind) => kinds.has(kind));
  if (code === 0 && failed.length > 0) broken.push(`exit 0 with ${failed.join()}`);
  const writes = requests.filter(({ method }) => method !== "GET").length;
  if ((code === 1 || code === 3) && writes > 0 && isOwn)
    broken.push(`exit ${code} after ${writes} writes`);
  if (code === 5 && writes === 0 && isOwn) broken.push("exit 5, and nothing was sent");
  return broken;
}

/** Agents of other projects, or of nobody, never receive a write. */
function writtenStrangers({ before, after, ended }: Passage): readonly string[] {
  const targets = ended.requests.flatMap(({ method, path }) => (method === "GET" ? [] : [path]));
  return before
    .filter((agent) => !isOurs(agent))
    .filter((agent) => !after.includes(agent) || targets.some((path) => path.includes(agent.id)))
    .map(({ id }) => `a stranger was written: ${id}`);
}

/** What somebody else wrote is what callers get, when nobody agreed to lose it. */
function overwrittenEdits({ after, ended, onDrift }: Passage): readonly string[] {
  if (ended.code !== 0 || onDrift === "overwrite") return [];
  return [...ended.disturbance.edits].flatMap(([id, version]) => {
    const agent = after.find((each) => each.id === id);
    if (agent === undefined || agent.versions.at(-1)?.version === version) return [];
    return [`the edit of ${keyIn(agent)} in version ${version} was overwritten in silence`];
  });
}

/**
 * The same for what somebody wrote into a version in place: nobody writes a newer version over it unasked, except
 * between the last look at the agent and the write that follows it, where no run can know of it.
 */
function overwrittenInPlace({ after, ended, onDrift }: Passage): readonly string[] {
  if (ended.code !== 0 || onDrift === "overwrite" || ended.rivals.length > 0) return [];
  return [...ended.disturbance.inPlace].flatMap(([id, { description, newest, after: at }]) => {
    const agent = after.find((each) => each.id === id);
    if (agent === undefined || (agent.versions.at(-1)?.version ?? 0) <= newest) return [];
    if (ended.disturbance.edits.has(id) || isAfterLook(ended, id, at)) return [];
    const stands = contentAt(agent, agent.version)?.description;
    return stands === description
      ? []
      : [`the edit in place of ${keyIn(agent)} was overwritten in silence`];
  });
}

/** Whether the next write of an agent follows, without another request about it, a look that came before this one. */
function isAfterLook({ requests }: Ended, id: string, at: number): boolean {
  const about = requests.flatMap(({ method, path }, place) =>
    path.split("?")[0] === `/v1/agents/${id}` ? [{ method, place }] : [],
  );
  const write = about.findIndex(({ method, place }) => method === "PATCH" && place >= at);
  const look = about[write - 1];
  return look !== undefined && look.method === "GET" && look.place < at;
}
