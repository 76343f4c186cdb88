import { describe, expect, test } from "vitest";
import { hasChanges } from "../../src/plan/has-changes.ts";
import { everyRow } from "../../src/report/events/every.ts";
import { runExitCode } from "../../src/report/run-exit-code.ts";
import { project, tags } from "../plan/world.ts";
import { apply, kinds, planFor, prod, released, serverWith } from "./apply-plan.ts";
import { FakeServer, type Fault } from "./fake-server.ts";

const both = project({ key: "a", handoffs: ["b"], aliases: prod }, { key: "b", aliases: prod });

/** What another run creates for a key, at a moment of ours. */
const theirs = (server: FakeServer, key: string) =>
  server.create({ name: key, model: "m", metadata: tags(key, { create: "theirs" }) });

describe("two runs that create the same keys", () => {
  test("the one that began later takes its own away and stops; the next apply uses the others", async () => {
    const server = new FakeServer();
    server.beforeWrite = (at) => {
      if (at === 0) for (const key of ["a", "b"]) theirs(server, key);
    };
    const events = await apply(server, both);
    expect(released(events)).toBe(false);
    expect(events).toContainEqual(
      expect.objectContaining({
        kind: "write_failed",
        failure: { kind: "created_twice", id: "ag_001" },
      }),
    );
    expect([...server.agents.keys()]).toEqual(["ag_001", "ag_002"]);
    expect(server.writes.some((each) => each.startsWith("alias"))).toBe(false);
    server.beforeWrite = () => {};
    expect(released(await apply(server, both))).toBe(true);
    expect(server.agents.size).toBe(2);
    expect(hasChanges(await planFor(server, both))).toBe(false);
  });

  test("the one that began first goes on and leaves the other's alone", async () => {
    const server = new FakeServer();
    server.beforeWrite = (at) => {
      if (at === 1) for (const key of ["a", "b"]) theirs(server, key);
    };
    const events = await apply(server, both);
    expect(released(events)).toBe(true);
    expect(server.agents.size).toBe(4);
    expect(server.writes.some((each) => each.startsWith("remove"))).toBe(false);
  });

  test("the one that began later and fails by something else takes its own away, and fails by that alone", async () => {
    const server = new FakeServer();
    server.faults = new Map([[1, "refuse"]]);
    server.beforeWrite = (at) => {
      if (at === 0) theirs(server, "b");
    };
    const events = await apply(server, both, { mayBeSuperseded: true });
    expect(server.writes).toEqual(["create", "create", "remove ag_002"]);
    expect(runExitCode(events, everyRow, { detailedExitCode: false })).toBe(5);
    expect([...server.agents.keys()]).toEqual(["ag_001"]);
  });

  test("an agent of the later run that hands off to one of its twins goes with it", async () => {
    const server = new FakeServer();
    server.beforeWrite = (at) => {
      if (at === 0) theirs(server, "b");
    };
    await apply(server, both);
    expect([...server.agents.keys()]).toEqual(["ag_001"]);
  });

  test("a twin that somebody uses already stays, and is named", async () => {
    const server = new FakeServer();
    server.beforeWrite = (at) => {
      if (at === 0) theirs(server, "b");
      if (at === 1) server.create({ name: "stranger", model: "m", handoffs: ["ag_002"] });
    };
    const events = await apply(server, both);
    expect(events).toContainEqual(
      expect.objectContaining({ kind: "duplicate_left", id: "ag_002" }),
    );
    expect(server.agents.has("ag_002")).toBe(true);
  });
});

describe("a create that was given up for lost", () => {
  const one = project({ key: "a", aliases: prod });

  test("and was done after all: the second agent is this run's own, and goes", async () => {
    const server = new FakeServer();
    let late: () => void = () => {};
    server.faults = new Map([[0, "lose_request"]]);
    const { create } = server.writer;
    const writer = {
      ...server.writer,
      create: (body: Parameters<typeof create>[0]) => {
        if (server.writes.length === 0) late = () => void server.create(body);
        return create(body);
      },
    };
    Object.assign(server, { writer });
    server.beforeWrite = (at) => {
      if (at === 1) late();
    };
    const events = await apply(server, one);
    expect(released(events), JSON.stringify(events)).toBe(true);
    expect(kinds(events)).toContain("duplicate_deleted");
    expect(server.agents.size).toBe(1);
    expect(hasChanges(await planFor(server, one))).toBe(false);
  });

  test("a copy somebody made is not taken for one: only a create sent twice can come twice", async () => {
    const server = new FakeServer();
    server.beforeWrite = (at) => {
      const metadata = server.agents.has("ag_001") ? server.read("ag_001").metadata : undefined;
      if (at === 1 && metadata !== undefined) server.create({ name: "a", model: "m", metadata });
    };
    const events = await apply(server, project({ key: "a" }, { key: "b" }));
    expect(kinds(events)).not.toContain("duplicate_deleted");
    expect(server.agents.size).toBe(3);
  });
});

describe("an update that was given up for lost", () => {
  test("and was done after all: the version with the expected number is ours, and the default stands on it", async () => {
    const server = await serverWith({ key: "a", aliases: prod });
    const wanted = project({ key: "a", aliases: prod, description: "new" });
    const { update } = server.writer;
    let first: Parameters<typeof update> | undefined;
    server.faults = new Map([[0, "lose_request"]]);
    Object.assign(server, {
      writer: {
        ...server.writer,
        update: (...call: Parameters<typeof update>) => {
          first ??= call;
          return update(...call);
        },
      },
    });
    server.beforeWrite = (at) => {
      if (at === 1 && first !== undefined) server.update(...first);
    };
    expect(released(await apply(server, wanted))).toBe(true);
    expect(server.pointers()).toEqual({ ag_001: { default: 1, prod: 1 } });
    expect(hasChanges(await planFor(server, wanted))).toBe(false);
  });

  test("and cannot ask for approval: not running in a terminal what became of it: its default goes back once somebody answers", async () => {
    const server = await serverWith({ key: "a", aliases: prod });
    const { agent } = server.reader;
    let answers = 0;
    const reader = {
      ...server.reader,
      agent: (...call: Parameters<typeof agent>) => {
        answers += 1;
        // The first one is the look before the write.
        if (answers === 2) throw server.unavailable();
        return agent(...call);
      },
    };
    Object.assign(server, { reader });
    server.faults = new Map([[0, "lose_answer"]]);
    const events = await apply(server, project({ key: "a", aliases: prod, description: "new" }));
    expect(released(events)).toBe(false);
    expect(events).toContainEqual(
      expect.objectContaining({ kind: "reverted", pointer: "@default", to: 0 }),
    );
    expect(server.pointers()).toEqual({ ag_001: { default: 0, prod: 0 } });
  });
});

describe("a create whose answer is lost, beside an agent of another run that a list showed late", () => {
  const one = project({ key: "a", aliases: prod });
  const beaten = (faults: readonly (readonly [number, Fault])[]) => {
    const server = new FakeServer();
    server.faults = new Map(faults);
    server.beforeWrite = (at) => {
      if (at === 0) theirs(server, "a");
    };
    return server;
  };

  test("ends to be planned again with that agent, where the run may", async () => {
    const server = beaten([[0, "lose_request"]]);
    const events = await apply(server, one, { mayBeSuperseded: true });
    expect(events.at(-1)).toEqual({
      kind: "apply_superseded",
      agents: [{ key: "a", id: "ag_001" }],
    });
    expect(kinds(events)).not.toContain("write_failed");
    expect(released(await apply(server, one))).toBe(true);
    expect(server.agents.size).toBe(1);
  });

  test("is an error where a person has read the plan", async () => {
    const events = await apply(beaten([[0, "lose_request"]]), one);
    expect(events).toContainEqual({
      kind: "write_failed",
      key: "a",
      write: "create",
      failure: { kind: "created_twice", id: "ag_001" },
    });
    expect(events.at(-1)).toMatchObject({ kind: "apply_finished", released: false });
  });

  test("is not what a run fails by whose other write failed", async () => {
    const server = beaten([
      [0, "lose_request"],
      [1, "refuse"],
    ]);
    const two = project({ key: "a", aliases: prod }, { key: "b", aliases: prod });
    const events = await apply(server, two, { mayBeSuperseded: true, parallelism: 2 });
    const failed = events.flatMap((event) => (event.kind === "write_failed" ? [event.key] : []));
    expect(failed).toEqual(["b"]);
    expect(runExitCode(events, everyRow, { detailedExitCode: false })).toBe(5);
  });
});
