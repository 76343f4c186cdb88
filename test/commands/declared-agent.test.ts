import { expect, test } from "vitest";
import { declaredAgents } from "../../src/commands/declared-agent.ts";
import { identify } from "../../src/plan/identify.ts";
import { apply } from "../apply/apply-plan.ts";
import { FakeServer } from "../apply/fake-server.ts";
import { at, key, project, type Wanted } from "../plan/world.ts";

/** Takes the tags from an agent, as `forget` does, and as an edit outside may. */
function untag(server: FakeServer, id: string): void {
  server.update(id, { metadata: {} });
}

async function serverWith(...agents: readonly Wanted[]): Promise<FakeServer> {
  const server = new FakeServer();
  await apply(server, project(...agents));
  return server;
}

async function found(server: FakeServer, desired: ReturnType<typeof project>) {
  const agents = await server.reader.agents();
  const declared = await declaredAgents(desired, identify(desired, agents), agents, server.reader);
  return declared.map(({ key: meant, remote, isSure }) => [meant, remote.id, isSure]);
}

test("the versions before tell which key an agent was, whatever it is called now", async () => {
  const server = await serverWith({ key: "a" }, { key: "b" });
  untag(server, "ag_001");
  server.update("ag_001", { name: "b" });
  expect(await found(server, project({ key: "a" }, { key: "b" }))).toEqual([["a", "ag_001", true]]);
});

test("a key that was renamed since is the one", async () => {
  const server = await serverWith({ key: "old" });
  untag(server, "ag_001");
  const renamed = {
    ...project({ key: "new" }),
    renames: [{ from: key("old"), to: key("new"), at }],
  };
  expect(await found(server, renamed)).toEqual([["new", "ag_001", true]]);
});

test("of two that were, none is sure", async () => {
  const server = await serverWith({ key: "a" });
  server.create(server.stored("ag_001").versions.get(0) ?? {});
  untag(server, "ag_001");
  untag(server, "ag_002");
  expect(await found(server, project({ key: "a" }))).toEqual([
    ["a", "ag_001", false],
    ["a", "ag_002", false],
  ]);
});

test("a name alone is not sure, and says nothing beside an agent that is", async () => {
  const server = await serverWith({ key: "a" });
  server.create({ name: "a", model: "m" });
  expect(await found(server, project({ key: "a" }))).toEqual([]);
  untag(server, "ag_001");
  expect(await found(server, project({ key: "a" }))).toEqual([["a", "ag_001", true]]);
  expect(await found(server, project({ key: "b", name: "a" }))).toEqual([
    ["b", "ag_001", false],
    ["b", "ag_002", false],
  ]);
});

test("keys with an agent, with an id, and ephemeral environments ask nobody", async () => {
  const server = await serverWith({ key: "a" });
  server.create({ name: "b", model: "m" });
  const { versions } = server.reader;
  const asked: string[] = [];
  const reader = {
    ...server.reader,
    versions: (...call: Parameters<typeof versions>) => {
      asked.push(call[0]);
      return versions(...call);
    },
  };
  Object.assign(server, { reader });
  expect(await found(server, project({ key: "a" }, { key: "b", id: "ag_002" }))).toEqual([]);
  untag(server, "ag_001");
  expect(await found(server, { ...project({ key: "a" }), isEphemeral: true })).toEqual([]);
  expect(asked).toEqual([]);
});
