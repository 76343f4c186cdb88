import { afterEach, beforeEach, expect, test } from "vitest";
import { acme, type Stage, setStage } from "./stage.ts";
import {
  agentNamed,
  applied,
  expectNothingToDo,
  justBefore,
  killedBeforeWrite,
  pointers,
  versionCount,
} from "./steps.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const prod = { aliases: ["prod"] };
const fleet = (description: string) => ({
  a: { description, ...prod },
  b: { description, ...prod },
});

test("an alias that somebody moves while a failed release goes back is left to them and named: exit 4", async () => {
  for (const edition of ["one", "two"]) await applied(stage, fleet(edition));
  stage.write(acme(fleet("three")));
  // a moves first; the move of b is refused for good.
  const b = agentNamed(stage, "b");
  const a = agentNamed(stage, "a");
  const isMoveOfB = ({ method, path }: { readonly method: string; readonly path: string }) =>
    method === "PUT" && path.includes(b.id);
  stage.emulator.faults.add({ method: "PUT", path: b.id, status: 422, times: null });
  justBefore(stage, isMoveOfB, () => stage.emulator.control.setAlias(a.id, "prod", 0));
  const { code, out, err } = await stage.run("apply --auto-approve --parallelism 1");
  expect(code, out + err).toBe(4);
  expect(err).toContain("a prod was not reverted: somebody else moved it from 2 to 0");
  expect(pointers(stage)).toEqual({ a: { default: 2, prod: 0 }, b: { default: 1, prod: 1 } });
});

test("a revert whose version cannot be read ends with 1, and nothing was sent", async () => {
  for (const edition of ["one", "two"]) await applied(stage, fleet(edition));
  stage.write(acme(fleet("one")));
  stage.takeWrites();
  stage.emulator.faults.add({ method: "GET", path: "agent_version=0", status: 403, times: null });
  const { code, out, err } = await stage.run("apply --auto-approve");
  expect(code, out + err).toBe(1);
  expect(stage.takeWrites()).toEqual([]);
  stage.emulator.faults.clear();
  await applied(stage, fleet("one"));
  await expectNothingToDo(stage);
});

test("a default that is moved on before an apply is done: exit 4, and the alias goes back", async () => {
  await applied(stage, { a: { description: "one", ...prod } });
  const { id } = agentNamed(stage, "a");
  stage.write(acme({ a: { description: "two", ...prod } }));
  justBefore(
    stage,
    ({ method }) => method === "PUT",
    () => stage.emulator.control.editAgent(id, { description: "theirs" }),
  );
  const { code, out, err } = await stage.run("apply --auto-approve");
  expect(code, out + err).toBe(4);
  expect(pointers(stage)).toEqual({ a: { default: 2, prod: 0 } });
});

test("a run that fails while it carries a killed release on leaves nothing that a person has to decide", async () => {
  await applied(stage, fleet("one"));
  stage.write(acme(fleet("two")));
  // Both are written and no alias is moved.
  await killedBeforeWrite(stage, 3, "--parallelism 1");
  stage.emulator.faults.add({ method: "PUT", status: 422, skip: 1, times: 1 });
  const failed = await stage.run("apply --auto-approve --parallelism 1");
  expect(failed.code, failed.out + failed.err).toBe(5);
  expect(pointers(stage)).toEqual({ a: { default: 1, prod: 0 }, b: { default: 1, prod: 0 } });
  const versions = versionCount(stage);
  await applied(stage, fleet("two"));
  expect(versionCount(stage)).toBe(versions);
  expect(pointers(stage)).toEqual({ a: { default: 1, prod: 1 }, b: { default: 1, prod: 1 } });
  await expectNothingToDo(stage);
});

test("an agent whose default cannot be read keeps its aliases, so that the next apply converges", async () => {
  stage = await setStage();
  await applied(stage, { a: { description: "one", aliases: ["prod"] } });
  stage.write(acme({ a: { description: "two", aliases: ["prod"] } }));
  // It can be read before it is written, and not when the defaults are looked at after the release.
  stage.emulator.faults.add({
    method: "GET",
    path: "^/v1/agents/ag_[^/]+$",
    status: 403,
    skip: 1,
    times: null,
  });
  const { code, out, err } = await stage.run("apply --auto-approve --report report.json");
  expect(code, out + err).toBe(6);
  expect(pointers(stage)).toEqual({ a: { default: 1, prod: 1 } });
  stage.emulator.faults.clear();
  expect((await stage.run("apply --auto-approve")).code).toBe(0);
  expect(pointers(stage)).toEqual({ a: { default: 1, prod: 1 } });
});
