import { expect, test } from "vitest";
import { runForget } from "../../src/commands/forget.ts";
import { serverWith } from "../apply/apply-plan.ts";
import type { FakeServer } from "../apply/fake-server.ts";
import { project, tags } from "../plan/world.ts";
import { carrying, idOf, only, told } from "./command-run.ts";

const forget = (server: FakeServer, key: string, desired = project()) =>
  told((emit) =>
    runForget({ desired, server: "s", reader: server.reader, ...carrying(server), key }, emit),
  );

test("forget takes the tags and leaves everything else, aliases included", async () => {
  const labels = { team: "support" };
  const server = await serverWith(
    { key: "a", instructions: "Hello", metadata: labels, aliases: { prod: "latest" } },
    { key: "b" },
  );
  const id = idOf(server, "a");
  const run = await forget(server, "a");
  expect(run.code).toBe(0);
  expect(server.writes).toEqual([`update ${id}`]);
  const left = Object.entries(server.read(id).metadata as object).filter(([, value]) => value);
  expect(Object.fromEntries(left)).toEqual(labels);
  expect(server.read(id)).toMatchObject({ name: "a", instructions: "Hello" });
  expect([...server.stored(id).aliases]).toEqual([["prod", 0]]);
});

test("twice, or of a key that is none, says which there are", async () => {
  const server = await serverWith({ key: "a" }, { key: "b" });
  await forget(server, "a");
  const run = await forget(server, "a");
  expect(only(run, "not_found").known).toEqual(["b"]);
  expect(run.code).toBe(3);
});

test("of two agents with one key nobody can say which", async () => {
  const server = await serverWith({ key: "a" });
  server.create({ name: "copy", model: "m", metadata: tags("a") });
  expect((await forget(server, "a")).code).toBe(4);
  expect(server.writes).toEqual([]);
});

test("says when the file still has it", async () => {
  const server = await serverWith({ key: "a" });
  const run = await forget(server, "a", project({ key: "a" }));
  expect(only(run, "planned").plan.agents[0]?.notes).toEqual([{ kind: "still_in_file" }]);
});
