import { describe, expect, test } from "vitest";
import { provenanceText } from "../../src/agent/provenance.ts";
import type { HistoryRule } from "../../src/plan/commit-relation.ts";
import { prod } from "../apply/apply-plan.ts";
import { FakeServer } from "../apply/fake-server.ts";
import { project, type Wanted } from "../plan/world.ts";
import { applyOn, carrying, idOf, only, type Told } from "./command-run.ts";
import { type CommitGraph, commitId, relationsIn } from "./commit-graph.ts";

/**
 * `a` and `b` are the branch; `c` reverts `b`, and `d` reverts `c`. `e` is another branch, committed before `b`, and
 * `f` one committed after it.
 */
const graph: CommitGraph = { a: [], b: ["a"], c: ["b"], d: ["c"], e: ["a"], f: ["a"] };
const minuteOf: Readonly<Record<string, number>> = { a: 1, e: 2, b: 3, f: 4, c: 5, d: 6, 9: 4 };
const committedAt = (name: string) => `2026-11-30T12:0${minuteOf[name]}:00Z`;

const triage = { key: "triage", aliases: prod };
const billing = { key: "billing", aliases: prod };

type Job = {
  readonly fleet?: readonly Wanted[];
  readonly history?: HistoryRule;
  readonly allowRewind?: boolean;
  readonly only?: readonly string[];
  readonly prune?: boolean;
  /** What git tells of other commits: as the graph has them, nobody knows in a shallow clone, or no word. */
  readonly git?: "whole" | "shallow" | "silent";
};

/** The job that a commit runs: the agents are as its file says, unless they are given. */
function job(server: FakeServer, name: string, more: Job = {}): Promise<Told> {
  const { history = "dates", allowRewind = false, git = "whole" } = more;
  const { fleet = [{ ...triage, description: `of ${name}` }, billing] } = more;
  const record = { commit: commitId(name), committedAt: committedAt(name), isDirty: false };
  const provenance = provenanceText({
    tool: "t",
    commit: record,
    run: undefined,
    actor: undefined,
  });
  const { apply, tools } = carrying(server);
  const relations = {
    whole: relationsIn(graph, name),
    shallow: async (commits: readonly string[]) =>
      new Map(commits.map((each) => [each, "unknown" as const])),
    silent: async () => new Map(),
  };
  const checkout = {
    kind: "commit",
    head: commitId(name),
    committedMs: Date.parse(committedAt(name)),
    relations: relations[git],
    uncommitted: [],
  } as const;
  const options = { only: more.only ?? [], prune: more.prune ?? false, allowRewind };
  const request = {
    apply: { ...apply, provenance },
    tools,
    commits: { checkout, history },
    allowRewind,
  };
  const approval = { kind: "automatic", onDrift: "fail" } as const;
  return applyOn(server, project(...fleet), approval, { ...request, options });
}

/** The same words in `c` as in `a`, in `d` as in `b`. */
const reverting = { fleet: [{ ...triage, description: "of a" }, billing] };
const again = { fleet: [{ ...triage, description: "of b" }, billing] };

async function serverAfter(...jobs: readonly (readonly [string, Job?])[]): Promise<FakeServer> {
  const server = new FakeServer();
  for (const [name, more] of jobs) expect((await job(server, name, more)).code).toBe(0);
  server.writes.length = 0;
  return server;
}

async function expectOutdated(server: FakeServer, run: Told, ...kinds: readonly string[]) {
  expect(only(run, "commit_outdated").outdated.map(({ kind }) => kind)).toEqual(kinds);
  expect(run.code).toBe(4);
  expect(server.writes).toEqual([]);
}

describe("a job of", () => {
  test.each([
    ["an older commit", "b", "a", ["newer"]],
    ["a branch that is behind", "b", "e", ["diverged"]],
    ["a commit that knows nothing of it, and is older", "9", "b", ["unrelated"]],
  ] as const)("%s takes nothing back", async (_what, first, then, kinds) => {
    const server = await serverAfter([first]);
    await expectOutdated(server, await job(server, then), ...kinds);
    expect((await job(server, then, { allowRewind: true })).code).toBe(0);
    // That healed it: the commit that was taken back counts no more.
    expect((await job(server, then, again)).code).toBe(0);
  });

  test.each([
    ["a newer commit", "a", "b"],
    ["the same commit", "b", "b"],
    ["a branch that is ahead", "b", "f"],
    ["a commit that knows nothing of it, and is newer", "9", "c"],
  ])("%s applies", async (_what, first, then) => {
    const server = await serverAfter([first, reverting]);
    expect((await job(server, then)).code).toBe(0);
  });

  test("a branch that is ahead does not where the environment wants every commit contained", async () => {
    const server = await serverAfter(["b"]);
    const run = await job(server, "f", { history: "ancestors" });
    await expectOutdated(server, run, "not_contained");
    expect((await job(server, "c", { history: "ancestors" })).code).toBe(0);
  });

  test("an older commit applies where nothing has to last", async () => {
    const server = await serverAfter(["b"]);
    expect((await job(server, "a", { history: "off" })).code).toBe(0);
  });

  test("a repository that does not know what was applied does not count as one that has it", async () => {
    const server = await serverAfter(["b"]);
    await expectOutdated(server, await job(server, "a", { git: "silent" }), "unrelated");
  });

  test("a clone without the history ends with 1, and says which agent it is about", async () => {
    const server = await serverAfter(["b"]);
    const run = await job(server, "a", { git: "shallow" });
    expect(only(run, "commit_unknown").agents).toEqual([{ key: "triage", commit: commitId("b") }]);
    expect(run.code).toBe(1);
    expect(server.writes).toEqual([]);
  });
});

describe("only what a job changes counts", () => {
  test("an agent that it leaves alone may be that of a newer one", async () => {
    const newer = { ...billing, description: "of b" };
    const server = await serverAfter(
      ["a", { fleet: [triage, billing] }],
      ["b", { fleet: [triage, newer] }],
    );
    const changed = { ...triage, description: "of e" };
    await expectOutdated(server, await job(server, "e", { fleet: [changed, billing] }), "diverged");
    expect((await job(server, "e", { fleet: [changed, newer] })).code).toBe(0);
  });

  test("a deletion counts", async () => {
    const server = await serverAfter(["b"]);
    const run = await job(server, "a", { fleet: [billing], prune: true });
    await expectOutdated(server, run, "newer");
  });

  test("a create counts by all the others, unless somebody named it", async () => {
    const fleet = [triage, billing];
    const server = await serverAfter(["b", { fleet }]);
    const more = { fleet: [...fleet, { key: "new", aliases: prod }] };
    await expectOutdated(server, await job(server, "a", more), "older_create");
    expect((await job(server, "a", { ...more, only: ["new"] })).code).toBe(0);
  });
});

describe("a revert", () => {
  test("is used again, and the job of the commit that it reverted does not undo it", async () => {
    const server = await serverAfter(["a"], ["b"], ["c", reverting]);
    const id = idOf(server, "triage");
    expect(server.pointers()).toMatchObject({ [id]: { default: 0, prod: 0, "prod-prev": 1 } });
    const { outdated } = only(await job(server, "b"), "commit_outdated");
    expect(outdated).toEqual([
      { kind: "reverted", key: "triage", commit: commitId("b"), alias: "prod" },
    ]);
    expect(server.writes).toEqual([]);
  });

  test("of a revert is a newer commit, and passes", async () => {
    const server = await serverAfter(["a"], ["b"], ["c", reverting], ["d", again]);
    expect(server.pointers()).toMatchObject({
      [idOf(server, "triage")]: { default: 1, prod: 1, "prod-prev": 0 },
    });
  });
});
