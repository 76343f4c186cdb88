import { expect, test } from "vitest";
import type { RemoteAgent } from "../../src/agent/remote-agent.ts";
import { brokenLimits, type Limits } from "../../src/plan/limits.ts";
import { applied, plan, project, type Wanted } from "./world.ts";

const none: Limits = {
  maxDeletes: 3,
  maxUpdates: undefined,
  allowEmpty: false,
  maxAgents: undefined,
};
const names = ["a", "b", "c", "d", "e"];
const changed = names.map((name): Wanted => ({ key: name, description: "new" }));
const remotes = names.map((name) => applied({ key: name }));
const pruned = (kept: number) =>
  plan(project(...names.slice(0, kept).map((key) => ({ key }))), remotes, {
    options: { prune: true },
  });
const [before, after] = [{ key: "a" }, { key: "a", description: "new" }].map((wanted, at) =>
  applied(wanted, { version: at, versions: [0, 1] }),
) as [RemoteAgent, RemoteAgent];
const reverting = plan(project({ key: "a" }), [after], {
  histories: new Map([[after.id, [before, after]]]),
});
const kinds = (broken: readonly { readonly kind: string }[]) => broken.map(({ kind }) => kind);

test.each([
  ["three deletions are allowed", pruned(2), none, []],
  ["four are not", pruned(1), none, ["too_many_deletions"]],
  ["unless the limit says so", pruned(1), { ...none, maxDeletes: 4 }, []],
  [
    "an empty file is refused beside the count",
    pruned(0),
    none,
    ["empty_configuration", "too_many_deletions"],
  ],
  ["unless that is allowed too", pruned(0), { ...none, maxDeletes: 5, allowEmpty: true }, []],
  ["updates have no limit by default", plan(project(...changed), remotes), none, []],
  [
    "a number of updates",
    plan(project(...changed), remotes),
    { ...none, maxUpdates: { kind: "count", count: 4 } },
    ["too_many_updates"],
  ],
  [
    "a share of the existing agents",
    plan(project(...changed), remotes),
    { ...none, maxUpdates: { kind: "percent", percent: 99 } },
    ["too_many_updates"],
  ],
  [
    "agents that are created do not raise the share",
    plan(project(...changed, { key: "new" }), remotes),
    { ...none, maxUpdates: { kind: "percent", percent: 90 } },
    ["too_many_updates"],
  ],
  [
    "the whole share",
    plan(project(...changed), remotes),
    { ...none, maxUpdates: { kind: "percent", percent: 100 } },
    [],
  ],
  [
    "a version that is used again is an update",
    reverting,
    { ...none, maxUpdates: { kind: "count", count: 0 } },
    ["too_many_updates"],
  ],
  [
    "creates are no updates",
    plan(project(...changed), []),
    { ...none, maxUpdates: { kind: "count", count: 0 } },
    [],
  ],
] as const)("%s", (_name, subject, limits, expected) => {
  expect(kinds(brokenLimits(subject.agents, limits))).toEqual(expected);
});

test("a git revert is a re-use of what is there", () => {
  expect(reverting.agents.map(({ action }) => action)).toEqual(["reuse"]);
});
