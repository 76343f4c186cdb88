import { describe, expect, test } from "vitest";
import type { AgentId } from "../../src/agent/identity.ts";
import { project, tags } from "../plan/world.ts";
import { apply, prod, released, serverWith } from "./apply-plan.ts";
import type { FakeServer } from "./fake-server.ts";

const members = [
  { key: "a", handoffs: ["b"], aliases: prod },
  { key: "b", handoffs: ["a"], aliases: prod },
] as const;
const wanted = project(...members);

/** Two agents in a circle that a killed run left, beside those that have their keys. */
async function withDuplicates(): Promise<FakeServer> {
  const server = await serverWith(...members);
  const made = (key: string) => tags(key, { create: "killed", release: "killed" });
  const a = server.create({ name: "a", model: "m", metadata: made("a") });
  const b = server.create({ name: "b", model: "m", metadata: made("b"), handoffs: [a.id] });
  server.update(a.id, { metadata: { ...made("a"), "agentvane.version": "1" }, handoffs: [b.id] });
  return server;
}

describe("duplicates of a killed run", () => {
  test("are deleted", async () => {
    const server = await withDuplicates();
    await apply(server, wanted);
    expect([...server.agents.keys()]).toEqual(["ag_001", "ag_002"]);
  });

  test("in a circle go with the next apply when a run was killed after the first of them", async () => {
    const server = await withDuplicates();
    server.beforeWrite = (at) => {
      if (at === 1) throw new Error("killed");
    };
    await expect(apply(server, wanted)).rejects.toThrow("killed");
    expect([...server.agents.keys()]).toEqual(["ag_001", "ag_002", "ag_003"]);
    server.beforeWrite = () => {};
    expect(released(await apply(server, wanted))).toBe(true);
    expect([...server.agents.keys()]).toEqual(["ag_001", "ag_002"]);
  });

  test.each(["ag_003", "ag_004"])(
    "stay with what they lead to when somebody uses one meanwhile: %s",
    async (id) => {
      const server = await withDuplicates();
      server.beforeWrite = () => server.setAlias(id, "live", 0);
      await apply(server, project(...members.map((each) => ({ ...each, description: "new" }))));
      expect([...server.agents.keys()]).toEqual(["ag_001", "ag_002", "ag_003", "ag_004"]);
    },
  );

  test("stay when the one that hands off to them cannot be deleted", async () => {
    const chain = [
      { key: "a", aliases: prod },
      { key: "b", handoffs: ["a"], aliases: prod },
    ] as const;
    const server = await serverWith(...chain);
    const made = (key: string) => tags(key, { create: "killed", release: "killed" });
    server.create({ name: "a", model: "m", metadata: made("a") });
    server.create({ name: "b", model: "m", metadata: made("b"), handoffs: ["ag_003"] });
    const { remove } = server.writer;
    const unavailable = (id: AgentId) =>
      id === "ag_004" ? Promise.reject(server.unavailable()) : remove(id);
    Object.assign(server, { writer: { ...server.writer, remove: unavailable } });
    await apply(server, project(...chain));
    expect([...server.agents.keys()]).toEqual(["ag_001", "ag_002", "ag_003", "ag_004"]);
  });
});
