import { describe, expect, test } from "vitest";
import type { Version } from "../../src/agent/identity.ts";
import { hasChanges } from "../../src/plan/has-changes.ts";
import { project, type Wanted } from "../plan/world.ts";
import { apply, kinds, planFor, prod, released, serverWith } from "./apply-plan.ts";

const fleet = (edition: string): readonly Wanted[] => [
  { key: "a", description: edition, aliases: prod, handoffs: ["b"] },
  { key: "b", description: edition, aliases: prod },
];

/** Two agents that were released in a first and then in a second edition. */
async function twiceReleased() {
  const server = await serverWith(...fleet("first"));
  expect(released(await apply(server, project(...fleet("second"))))).toBe(true);
  server.writes.length = 0;
  return server;
}

describe("going back to an edition that is there", () => {
  test("21: no version, defaults before aliases, the old place remembered, callees before callers", async () => {
    const server = await twiceReleased();
    const events = await apply(server, project(...fleet("first")));
    expect(released(events)).toBe(true);
    expect(server.writes).toEqual([
      "switch ag_001 0",
      "switch ag_002 0",
      "alias ag_001 prod-prev=1",
      "alias ag_002 prod-prev=1",
      "alias ag_001 prod=0",
      "alias ag_002 prod=0",
    ]);
    expect(kinds(events).filter((kind) => kind === "version_verified")).toHaveLength(2);
    expect(hasChanges(await planFor(server, project(...fleet("first"))))).toBe(false);
    server.writes.length = 0;
    await apply(server, project(...fleet("third")));
    expect(server.writes.filter((each) => each.startsWith("unalias"))).toEqual([
      "unalias ag_001 prod-prev",
      "unalias ag_002 prod-prev",
    ]);
  });

  test("a move that fails puts aliases back before defaults, whatever stage it was in", async () => {
    for (let at = 0; at < 6; at += 1) {
      const server = await twiceReleased();
      const before = server.pointers();
      server.faults = new Map([[at, "refuse"]]);
      const events = await apply(server, project(...fleet("first")));
      expect(released(events)).toBe(false);
      expect(server.pointers()).toEqual(before);
      const backs = events.flatMap((event) => (event.kind === "reverted" ? [event.pointer] : []));
      const firstDefault = backs.indexOf("@default" as never);
      expect(backs.slice(firstDefault).every((pointer) => pointer === "@default")).toBe(true);
      server.faults = new Map();
      expect(released(await apply(server, project(...fleet("first"))))).toBe(true);
      expect(server.read("ag_001").versions).toEqual([0, 1]);
    }
  });

  test("a default that somebody wrote meanwhile stops the release and stays theirs", async () => {
    const server = await twiceReleased();
    server.beforeWrite = (at) => {
      if (at === 0) server.update("ag_002", { description: "theirs" });
    };
    const events = await apply(server, project(...fleet("first")));
    expect(released(events)).toBe(false);
    expect(events).toContainEqual(
      expect.objectContaining({
        kind: "move_failed",
        key: "a",
        failure: { kind: "pointer_moved", expected: 1, found: 2 },
      }),
    );
    expect(server.pointers()).toEqual({
      ag_001: { default: 1, prod: 1 },
      ag_002: { default: 2, prod: 1 },
    });
  });

  test("a version that is not what it was in the plan is not released", async () => {
    const server = await twiceReleased();
    const { reader } = server;
    Object.assign(server, {
      reader: {
        ...reader,
        agent: async (...call: Parameters<typeof reader.agent>) => {
          const agent = await reader.agent(...call);
          return call[1] === (0 as Version) ? { ...agent, description: "rotten" } : agent;
        },
      },
    });
    const events = await apply(server, project(...fleet("first")));
    expect(events).toContainEqual(
      expect.objectContaining({
        kind: "verify_failed",
        failure: { kind: "not_taken", version: 0, paths: [["description"]] },
      }),
    );
    expect(server.writes).toEqual([]);
  });
});

describe("an alias that remembers a version from before a new release", () => {
  const alone = { key: "a", aliases: prod };
  const next = project({ ...alone, description: "next" });

  /** Version 1 of `a` hands off to `b`, and `prod-prev` remembers it; `b` is to go with the next release. */
  async function remembering() {
    const server = await serverWith(alone, { key: "b" });
    for (const handoffs of [["b"], []]) {
      await apply(server, project({ ...alone, handoffs }, { key: "b" }));
    }
    expect(server.pointers()).toMatchObject({ ag_001: { default: 0, prod: 0, "prod-prev": 1 } });
    server.writes.length = 0;
    return server;
  }

  test.each([1, 2, 3])("is gone although a run was killed before write %i", async (write) => {
    const server = await remembering();
    server.beforeWrite = (at) => {
      if (at === write) throw new Error("killed");
    };
    await expect(apply(server, next, { prune: true })).rejects.toThrow("killed");
    server.beforeWrite = () => {};
    expect(released(await apply(server, next, { prune: true }))).toBe(true);
    expect(server.pointers()).toEqual({ ag_001: { default: 2, prod: 2 } });
  });

  test("is back after a release that fails", async () => {
    const server = await remembering();
    server.faults = new Map([[2, "refuse"]]);
    expect(released(await apply(server, next, { prune: true }))).toBe(false);
    expect(server.writes[2]).toBe("alias ag_001 prod=2");
    expect(server.pointers()).toMatchObject({ ag_001: { default: 0, prod: 0, "prod-prev": 1 } });
  });
});
