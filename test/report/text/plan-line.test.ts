import { expect, test } from "vitest";
import type { AliasName, Version } from "../../../src/agent/identity.ts";
import type { Plan } from "../../../src/plan/plan.ts";
import { makeRepointPlan } from "../../../src/plan/repoint-plan.ts";
import { planLine } from "../../../src/report/text/plan-line.ts";
import { alias, applied, key, plan, project } from "../../plan/world.ts";

const text = (of: Plan): string =>
  planLine(of)
    .map((part) => (typeof part === "string" ? part : part.text))
    .join("");
const scope = { server: "s", project: "acme", environment: "prod" };

test("a plan that compared agents with the file says that they match it", () => {
  const wanted = { key: "triage" };
  expect(text(plan(project(wanted), [applied(wanted)]))).toBe(
    "No changes. 1 agent matches agents.yaml.",
  );
});

test("a promote or rollback without a move says nothing about the file, which it does not read", () => {
  const agent = {
    key: key("triage"),
    remote: applied({ key: "triage" }),
    aliases: [alias("prod", 0)],
  };
  const repointings = [{ agent, to: 0 as Version }];
  const still = makeRepointPlan(scope, [agent], "prod" as AliasName, repointings, []);
  expect(text(still)).toBe("No changes. There are no pointers to move.");
});

test("a project may have agents in other environments than an empty one", () => {
  const empty = plan(project(), []);
  expect(text(empty)).toBe("No changes. This project owns no agents.");
  expect(text({ ...empty, scope })).toBe("No changes. This environment owns no agents.");
});

test("a sweep that finds nothing to delete does not say that the project is empty", () => {
  expect(text({ ...plan(project(), []), complete: false })).toBe(
    "No changes. There are no agents to delete.",
  );
});
