import { describe, expect, test } from "vitest";
import { provenanceText } from "../../src/agent/provenance.ts";
import type { RemoteAgent } from "../../src/agent/remote-agent.ts";
import type { CheckedOut, CommitRelation } from "../../src/plan/commit-relation.ts";
import { commitsToRelate, judgeCommits, type VersionOf } from "../../src/plan/outdated.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { alias, applied, id, plan, project, tags } from "./world.ts";

const commitOf = (name: string) => name.repeat(40);
const head = commitOf("f");
const noon = Date.parse("2026-11-30T12:00:00Z");

/** A version that says from which commit it was made, and when that was. */
function from(name: string, committedAt: string | undefined, more: object = {}): RemoteAgent {
  const commit = { commit: commitOf(name), committedAt, isDirty: false };
  const message = provenanceText({ tool: "t", commit, run: undefined, actor: undefined });
  return { ...applied({ key: "a" }, more as never), version_message: message } as RemoteAgent;
}

const wanted = { key: "a", description: "new", aliases: { prod: "latest" as const } };
const changing = (remote: RemoteAgent, more: object = {}): Plan =>
  plan(project(wanted), [remote], { aliases: new Map([[remote.id, [alias("prod", 0)]]]), ...more });

function judge(
  subject: Plan,
  relation: CommitRelation,
  {
    versionOf = () => undefined,
    rule = "dates",
  }: { versionOf?: VersionOf; rule?: "dates" | "ancestors" } = {},
) {
  const checkedOut: CheckedOut = { head, committedMs: noon, relationTo: () => relation };
  return judgeCommits(subject, versionOf, checkedOut, rule);
}

describe("the commit of the version that callers get", () => {
  const at = (time: string | undefined) => changing(from("a", time));
  const [before, same, after] = ["11:59:59", "12:00:00", "12:00:01"].map(
    (time) => `2026-11-30T${time}Z`,
  );
  const none = { outdated: [], unknown: [], takenBack: [] };

  test.each<[CommitRelation, string | undefined, object]>([
    ["same", after, none],
    ["ancestor", after, none],
    ["descendant", before, { outdated: [{ kind: "newer", key: "a" }] }],
    ["diverged", before, { outdated: [], takenBack: [{ key: "a", relation: "diverged" }] }],
    ["diverged", same, { outdated: [], takenBack: [{ relation: "diverged" }] }],
    ["diverged", after, { outdated: [{ kind: "diverged" }], takenBack: [] }],
    ["unrelated", before, { outdated: [], takenBack: [{ relation: "unrelated" }] }],
    ["unrelated", after, { outdated: [{ kind: "unrelated" }] }],
    ["unrelated", undefined, { outdated: [], takenBack: [{ relation: "unrelated" }] }],
    ["unknown", before, { outdated: [], unknown: [{ key: "a" }] }],
  ])("is %s, made at %s", (relation, time, expected) => {
    expect(judge(at(time), relation)).toMatchObject(expected);
  });

  test("a date from the future counts as the time of its release", () => {
    const released = (release: string) =>
      changing(from("a", "2099-01-01T00:00:00Z", { metadata: tags("a", { release }) }));
    expect(judge(released("20261130T115959000Z-abcdef"), "diverged").outdated).toEqual([]);
    expect(judge(released("20261130T120000999Z-abcdef"), "diverged").outdated).toEqual([]);
    expect(judge(released("20261130T120001000Z-abcdef"), "diverged").outdated).toHaveLength(1);
  });

  test("has to be contained where the environment says so", () => {
    const strict = { rule: "ancestors" } as const;
    expect(judge(at(before), "diverged", strict).outdated).toMatchObject([
      { kind: "not_contained" },
    ]);
    expect(judge(at(before), "ancestor", strict).outdated).toEqual([]);
  });

  test("does not count for an agent that the plan leaves alone", () => {
    const settled = plan(project({ key: "a" }), [from("a", after)]);
    expect(judge(settled, "descendant")).toEqual(none);
    expect(commitsToRelate(settled, () => undefined)).toEqual([]);
  });
});

test("the newest version counts by what it contains, not by its date", () => {
  const remote = from("a", "2026-11-30T10:00:00Z", { versions: [0, 1] });
  const newest = from("b", "2099-01-01T00:00:00Z", { version: 1, versions: [0, 1] });
  const versionOf: VersionOf = (_id, version) => (version === 1 ? newest : undefined);
  const relations: Record<string, CommitRelation> = { [commitOf("a")]: "ancestor" };
  const with_ = (relation: CommitRelation) => {
    const relationTo = (commit: string) => relations[commit] ?? relation;
    return judgeCommits(
      changing(remote),
      versionOf,
      { head, committedMs: noon, relationTo },
      "dates",
    );
  };
  expect(with_("descendant").outdated).toMatchObject([{ kind: "newer", commit: commitOf("b") }]);
  expect(with_("diverged")).toEqual({ outdated: [], unknown: [], takenBack: [] });
});

test("an agent that would be created is judged by all others, unless somebody named it", () => {
  const creating = (options: object) =>
    plan(project({ key: "a" }, { key: "fresh" }), [from("a", undefined)], { options });
  expect(judge(creating({}), "descendant").outdated).toEqual([
    { kind: "older_create", key: "fresh", commit: commitOf("a"), by: "a" },
  ]);
  expect(judge(creating({ only: ["fresh"] }), "descendant").outdated).toEqual([]);
  expect(judge(creating({ only: ["fresh", "a"] }), "descendant").outdated).toEqual([]);
  expect(judge(creating({}), "diverged").outdated).toEqual([]);
});

describe("an alias that would return to where its memory says it was taken from", () => {
  const versions = [0, 1];
  const made = { ...wanted, description: "made" };
  const aliases = (prod: number, memory: number) =>
    new Map([[id("ag_a"), [alias("prod", prod), alias("prod-prev", memory)]]]);
  const older = from("f", undefined, { versions, description: "made" });
  const newer = (more: object = {}) =>
    from("b", undefined, { version: 1, versions, description: "later", ...more });
  const versionOf: VersionOf = (_id, version) => (version === 0 ? older : undefined);

  test("is refused where that version was made from the commit that is checked out", () => {
    const remote = newer({ metadata: tags("a", { version: "1", aliases: "prod=0" }) });
    const histories = new Map([[remote.id, [older, remote]]]);
    const subject = plan(project(made), [remote], { aliases: aliases(1, 0), histories });
    expect(subject.agents.map(({ action }) => action)).toEqual(["reuse"]);
    expect(judge(subject, "ancestor", { versionOf }).outdated).toEqual([
      { kind: "reverted", key: "a", commit: head, alias: "prod" },
    ]);
  });

  test("is drift where somebody rolled it back, and is approved as that", () => {
    const metadata = tags("a", { version: "1", aliases: "prod=0" });
    const remote = { ...from("f", undefined, { version: 1, versions, metadata }) };
    const rolledBack = plan(project({ key: "a", aliases: { prod: "latest" } }), [remote], {
      aliases: aliases(0, 1),
    });
    expect(rolledBack.agents).toMatchObject([{ drift: { pointers: [{ pointer: "prod" }] } }]);
    expect(judge(rolledBack, "same").outdated).toEqual([]);
  });
});

test("in place of a version that was edited outside counts the one that the edit started from", () => {
  const versions = [0, 1, 2];
  const base = from("b", undefined, {
    version: 1,
    versions,
    metadata: tags("a", { version: "1" }),
  });
  const edit = {
    ...applied({ key: "a" }, { version: 2, versions, metadata: tags("a", { version: "1" }) }),
    version_message: null,
  } as RemoteAgent;
  const versionOf: VersionOf = (_id, version) => (version === 1 ? base : undefined);
  const subject = changing(edit);
  expect(commitsToRelate(subject, versionOf)).toEqual([commitOf("b")]);
  expect(judge(subject, "descendant", { versionOf }).outdated).toEqual([
    { kind: "newer", key: "a", commit: commitOf("b") },
  ]);
});
