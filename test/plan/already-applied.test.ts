import { expect, test } from "vitest";
import { appliedAlready } from "../../src/plan/already-applied.ts";
import { approvedPlan } from "../../src/plan/approved-plan.ts";
import { sentVersion } from "./sent-version.ts";
import { applied, plan, project, type Wanted } from "./world.ts";

const one: Wanted = { key: "a", description: "one" };
const two: Wanted = { key: "a", description: "two" };
const saved = approvedPlan(plan(project(two), [applied(one)]));
const built = { version: 1, versions: [0, 1] };

test("an update is applied once the version that it was to build is the default, and nothing is left to do", () => {
  const now = plan(project(two), [sentVersion(two, built)]);
  expect([...appliedAlready(saved, now)]).toEqual(["a"]);
});

test("it is not while the plan would still build that definition", () => {
  // The server did not clear the description, and a person has said that this is to be written again.
  const cleared: Wanted = { key: "a" };
  const clearing = approvedPlan(plan(project(cleared), [applied(one)]));
  const untaken = sentVersion(cleared, { ...built, description: "one" });
  const histories = new Map([[untaken.id, [applied(one, { versions: [0, 1] }), untaken]]]);
  const now = plan(project(cleared), [untaken], { histories, overwrites: true });
  expect(now.agents).toMatchObject([{ action: "update", drift: { properties: [] } }]);
  expect([...appliedAlready(clearing, now)]).toEqual([]);
  const resent = { ...clearing, options: { ...clearing.options, resendSecrets: ["a"] } };
  expect([...appliedAlready(resent, now)]).toEqual(["a"]);
});

test("it is although the plan would build another definition by now", () => {
  const three = { ...two, instructions: "since" };
  const now = plan(project(three), [sentVersion(two, built)]);
  expect(now.agents.map(({ action }) => action)).toEqual(["update"]);
  expect([...appliedAlready(saved, now)]).toEqual(["a"]);
});

test("it is not when the version is another one, or is no newer than those that there were", () => {
  const other = plan(project(two), [sentVersion({ ...two, description: "other" }, built)]);
  expect([...appliedAlready(saved, other)]).toEqual([]);
  const old = plan(project(two), [sentVersion(two)]);
  expect([...appliedAlready(saved, old)]).toEqual([]);
});
