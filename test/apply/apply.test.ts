import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ApiError } from "../../src/agent/api-error.ts";
import { applyPlan } from "../../src/apply/apply.ts";
import type { ApplyEvent } from "../../src/apply/event.ts";
import { hasChanges } from "../../src/plan/has-changes.ts";
import { project, tags, type Wanted } from "../plan/world.ts";
import { apply, idleClock, kinds, planFor, prod, released, serverWith } from "./apply-plan.ts";
import { FakeServer, type Fault } from "./fake-server.ts";

describe("building", () => {
  test("a circle costs one second write, and handoffs are ids in the end", async () => {
    const server = new FakeServer();
    const wanted = project(
      { key: "a", handoffs: ["b"], aliases: prod },
      { key: "b", handoffs: ["a"], aliases: prod },
    );
    expect(released(await apply(server, wanted))).toBe(true);
    expect(server.writes.filter((each) => each.startsWith("create"))).toHaveLength(2);
    expect(server.writes.filter((each) => each.startsWith("update"))).toHaveLength(1);
    expect(hasChanges(await planFor(server, wanted))).toBe(false);
  });

  test("deployment_chat is refused on create, so it comes second", async () => {
    const server = new FakeServer();
    await apply(server, project({ key: "a", deployment_chat: true }));
    expect(server.writes).toEqual(["create", "update ag_001"]);
    expect(server.read("ag_001").deployment_chat).toBe(true);
  });

  test("14: a new agent between two existing ones costs two versions, and a bystander none", async () => {
    const server = await serverWith({ key: "a", handoffs: ["b"] }, { key: "b" });
    const wanted = project(
      { key: "a", handoffs: ["b", "c"], description: "new" },
      { key: "b" },
      { key: "c", handoffs: ["a"] },
    );
    expect(released(await apply(server, wanted))).toBe(true);
    expect(server.writes).toEqual(["create", expect.stringMatching(/^update /)]);
  });

  test("every version says who owns it and which number it expected", async () => {
    const server = await serverWith({ key: "a", aliases: prod, metadata: { team: "x" } });
    await apply(
      server,
      project({ key: "a", aliases: prod, metadata: { team: "x" }, description: "d" }),
    );
    expect(server.read("ag_001").metadata).toMatchObject({
      team: "x",
      "agentvane.project": "acme",
      "agentvane.environment": "",
      "agentvane.key": "a",
      "agentvane.version": "1",
      "agentvane.aliases": "prod=0",
      "agentvane.protect": "false",
      "agentvane.build": expect.stringMatching(/^spec=[0-9a-f]{64},create=n\d+,release=r\d+$/),
    });
    expect(server.read("ag_001", 0).metadata).toMatchObject({ "agentvane.aliases": "prod=" });
    expect(server.read("ag_001").version_message).toBe("test");
  });
});

describe("answers that are lost", () => {
  test("9, 10: a create is looked for before it is sent again", async () => {
    for (const fault of ["lose_answer", "lose_request"] as const) {
      const server = new FakeServer();
      server.faults = new Map([[0, fault]]);
      const events = await apply(server, project({ key: "a", aliases: prod }));
      expect(released(events)).toBe(true);
      expect(server.agents.size).toBe(1);
      const creates = server.writes.filter((each) => each === "create").length;
      expect(creates).toBe(fault === "lose_answer" ? 1 : 2);
      expect(events).toContainEqual(
        expect.objectContaining({ kind: "agent_written", sent: creates, recovered: creates === 1 }),
      );
    }
  });

  test("12: an update makes one version whatever was lost", async () => {
    for (const fault of ["lose_answer", "lose_request"] as const) {
      const server = await serverWith({ key: "a", aliases: prod });
      server.faults = new Map([[0, fault]]);
      expect(
        released(await apply(server, project({ key: "a", aliases: prod, description: "d" }))),
      ).toBe(true);
      expect(server.read("ag_001").versions).toEqual([0, 1]);
      expect(server.pointers()).toEqual({ ag_001: { default: 1, prod: 1 } });
    }
  });
});

describe("after creating", () => {
  test("nothing ends before a listing shows what was created: the next run knows agents only by that", async () => {
    const server = new FakeServer();
    let listings = 0;
    const { agents } = server.reader;
    const lagging = { ...server.reader, agents: async () => (++listings < 4 ? [] : agents()) };
    Object.assign(server, { reader: lagging });
    expect(released(await apply(server, project({ key: "a", aliases: prod })))).toBe(true);
    expect(listings).toBe(4);
  });

  test("an agent that another run created for the same key stops the release, and is named", async () => {
    const server = new FakeServer();
    server.beforeWrite = (at) => {
      if (at === 0)
        server.create({ name: "a", model: "m", metadata: tags("a", { create: "theirs" }) });
    };
    const events = await apply(server, project({ key: "a", aliases: prod }));
    expect(events).toContainEqual(
      expect.objectContaining({
        kind: "write_failed",
        failure: { kind: "created_twice", id: "ag_001" },
      }),
    );
    expect(released(events)).toBe(false);
  });

  test("a listing that fails releases nothing", async () => {
    const server = new FakeServer();
    const plan = await planFor(server, project({ key: "a", aliases: prod }));
    const down = new ApiError({
      kind: "unavailable",
      method: "GET",
      path: "-",
      reason: "down",
      attempts: 4,
    });
    const reader = { ...server.reader, agents: () => Promise.reject(down) };
    const events: ApplyEvent[] = [];
    const tools = {
      reader,
      writer: server.writer,
      clock: idleClock(),
      reveal: () => "",
      checking: undefined,
      runGate: async () => ({ kind: "passed" as const }),
    };
    await applyPlan(
      plan,
      {
        parallelism: 1,
        settleMs: 1,
        release: "r",
        nonce: "n",
        provenance: "",
        timeLeft: () => 60_000,
        stopped: () => undefined,
      },
      { ...tools, emit: (event) => events.push(event) },
    );
    expect(kinds(events)).toEqual([
      "apply_started",
      "phase_started",
      "step_started",
      "writing_started",
      "agent_written",
      "phase_started",
      "listing_failed",
      "phase_started",
      "apply_finished",
    ]);
  });
});

describe("somebody else", () => {
  test("17: a write between plan and ours stops the release and keeps theirs", async () => {
    const server = await serverWith({ key: "a", aliases: prod });
    server.beforeWrite = (at) => {
      if (at === 0) server.update("ag_001", { description: "theirs" });
    };
    const events = await apply(server, project({ key: "a", aliases: prod, description: "ours" }));
    expect(events).toContainEqual(
      expect.objectContaining({
        kind: "write_failed",
        failure: { kind: "interleaved", theirs: 1, ours: 2 },
      }),
    );
    expect(server.pointers()).toEqual({ ag_001: { default: 1, prod: 0 } });
  });

  test("an alias that moved meanwhile stops the release, and stays where they put it", async () => {
    const server = await serverWith({ key: "a", aliases: prod }, { key: "b", aliases: prod });
    const edition = (description: string) =>
      project({ key: "a", aliases: prod, description }, { key: "b", aliases: prod, description });
    await apply(server, edition("first"));
    server.writes.length = 0;
    server.beforeWrite = (at) => {
      if (at === 2) server.setAlias("ag_002", "prod", 0);
    };
    const events = await apply(server, edition("second"));
    expect(events).toContainEqual(
      expect.objectContaining({
        kind: "move_failed",
        key: "b",
        failure: { kind: "pointer_moved", expected: 1, found: 0 },
      }),
    );
    expect(server.pointers()).toEqual({
      ag_001: { default: 1, prod: 1 },
      ag_002: { default: 1, prod: 0 },
    });
  });

  test("an agent edited since the plan is not deleted", async () => {
    const server = await serverWith({ key: "a" }, { key: "b" });
    const events: ApplyEvent[] = [];
    const plan = await planFor(server, project({ key: "b" }), true);
    server.update("ag_001", { description: "rescued" });
    const tools = {
      reader: server.reader,
      writer: server.writer,
      clock: idleClock(),
      reveal: () => "",
      checking: undefined,
      runGate: async () => ({ kind: "passed" as const }),
    };
    await applyPlan(
      plan,
      {
        parallelism: 1,
        settleMs: 1,
        release: "r",
        nonce: "n",
        provenance: "",
        timeLeft: () => 60_000,
        stopped: () => undefined,
      },
      { ...tools, emit: (event) => events.push(event) },
    );
    expect(kinds(events)).toContain("delete_failed");
    expect(server.agents.has("ag_001")).toBe(true);
  });
});

describe("a server that does not take what it is sent", () => {
  test("the property is named and nothing is released", async () => {
    const server = await serverWith({ key: "a", aliases: prod });
    server.alter = (body) => ({ ...body, instructions: "something else" });
    const events = await apply(server, project({ key: "a", aliases: prod, instructions: "x" }));
    expect(events).toContainEqual(
      expect.objectContaining({
        failure: { kind: "not_taken", version: 1, paths: [["instructions"]] },
      }),
    );
    expect(server.pointers()).toEqual({ ag_001: { default: 0, prod: 0 } });
  });

  test("a tag is named as well: without it nobody knows later whose version it is", async () => {
    const server = await serverWith({ key: "a", aliases: prod });
    server.alter = (body) => ({
      ...body,
      metadata: { ...(body.metadata as object), "agentvane.build": "cut" },
    });
    const events = await apply(server, project({ key: "a", aliases: prod, instructions: "x" }));
    expect(events).toContainEqual(
      expect.objectContaining({
        failure: { kind: "not_taken", version: 1, paths: [["metadata", "agentvane.build"]] },
      }),
    );
    expect(server.pointers()).toEqual({ ag_001: { default: 0, prod: 0 } });
  });

  test("a write that makes no version is not taken, and nothing is moved for it", async () => {
    const server = await serverWith({ key: "a", aliases: prod }, { key: "b", aliases: prod });
    await apply(
      server,
      project({ key: "a", aliases: prod, description: "x" }, { key: "b", aliases: prod }),
    );
    const pointers = server.pointers();
    server.update = (id) => server.read(id);
    const events = await apply(
      server,
      project({ key: "a", aliases: prod, description: "y" }, { key: "b", aliases: prod }),
    );
    expect(events).toContainEqual(
      expect.objectContaining({
        kind: "write_failed",
        failure: expect.objectContaining({ kind: "not_taken" }),
      }),
    );
    expect(server.pointers()).toEqual(pointers);
  });

  test("null that means unchanged is tried once in the empty form", async () => {
    const server = await serverWith({ key: "a", description: "d", instructions: "i" });
    server.alter = (body) => ({
      ...body,
      description: body.description ?? "d",
      instructions: body.instructions ?? "i",
    });
    expect(released(await apply(server, project({ key: "a" })))).toBe(true);
    expect(server.read("ag_001")).toMatchObject({ description: "", instructions: "", version: 2 });
  });

  test("what somebody set in place while a request was lost is not written over by the next one", async () => {
    const server = await serverWith({ key: "a", description: "d" });
    server.faults = new Map([[0, "lose_request"]]);
    const { agent } = server.reader;
    const editing: typeof agent = async (id, version) => {
      const first = server.stored(id).versions.get(0);
      if (server.writes.length > 0) Object.assign(first ?? {}, { description: "theirs" });
      return agent(id, version);
    };
    Object.assign(server, { reader: { ...server.reader, agent: editing } });
    const events = await apply(server, project({ key: "a", description: "ours" }));
    expect(released(events)).toBe(false);
    expect(server.read("ag_001")).toMatchObject({ description: "theirs", version: 0 });
  });

  test("what somebody set in place while the answer was lost is not taken for that", async () => {
    const server = await serverWith({ key: "a", description: "d" });
    server.faults = new Map([[0, "lose_answer"]]);
    const { agent } = server.reader;
    const editing: typeof agent = async (id, version) => {
      const made = server.stored(id).versions.get(1);
      if (made !== undefined) Object.assign(made, { description: "theirs" });
      return agent(id, version);
    };
    Object.assign(server, { reader: { ...server.reader, agent: editing } });
    const events = await apply(server, project({ key: "a" }));
    expect(released(events)).toBe(false);
    expect(events).toContainEqual(
      expect.objectContaining({
        kind: "write_failed",
        failure: { kind: "not_taken", version: 1, paths: [["description"]] },
      }),
    );
    expect(server.writes.filter((each) => each.startsWith("update"))).toHaveLength(1);
  });
});

describe("all or nothing", () => {
  const before: readonly Wanted[] = ["a", "b", "c"].map((key) => ({
    key,
    aliases: prod,
    handoffs: ["a"].filter((each) => each !== key),
  }));
  const after = before.map((each) => ({ ...each, description: "new" }));

  test("19: a failed move puts the others back, in reverse order", async () => {
    const server = await serverWith(...before);
    const pointers = server.pointers();
    server.faults = new Map([[5, "refuse"]]);
    const events = await apply(server, project(...after));
    expect(released(events)).toBe(false);
    expect(server.pointers()).toEqual(pointers);
    const backs = events.flatMap((event) =>
      event.kind === "reverted" && event.pointer !== "@default" ? [event.key] : [],
    );
    const moved = events.flatMap((event) => (event.kind === "pointer_set" ? [event.key] : []));
    expect(backs).toEqual(moved.toReversed());
  });

  test("20: what cannot be reverted is told with its repair, and the default of that agent stays", async () => {
    const server = await serverWith(...before);
    server.faults = new Map([
      [5, "refuse"],
      [6, "refuse"],
    ]);
    const events = await apply(server, project(...after));
    const failed = events.find((event) => event.kind === "revert_failed");
    expect(failed).toMatchObject({ pointer: "prod", to: 0 });
    const split = server.read(failed?.kind === "revert_failed" ? failed.id : "");
    expect(split.version).toBe(1);
    server.faults = new Map();
    expect(released(await apply(server, project(...after)))).toBe(true);
  });

  test("reverting ends when its time is used up, and names what is left", async () => {
    const server = await serverWith(...before);
    let left = 60_000;
    server.faults = new Map([[5, "refuse"]]);
    server.beforeWrite = (at) => {
      if (at === 5) left = 0;
    };
    const events = await apply(server, project(...after), { timeLeft: () => left });
    const named = events.flatMap((event) =>
      event.kind === "revert_failed" && event.failure.kind === "out_of_time" ? [event.pointer] : [],
    );
    expect(named).toContain("prod");
    expect(server.writes).toHaveLength(6);
  });

  test("25: a stop puts back what moved", async () => {
    const server = await serverWith(...before);
    const pointers = server.pointers();
    const stopped = () => (server.writes.length >= 4 ? ("SIGTERM" as const) : undefined);
    const events = await apply(server, project(...after), { stopped });
    expect(kinds(events)).toContain("apply_stopped");
    expect(server.pointers()).toEqual(pointers);
  });

  test("law: whichever write fails and how, pointers are all new or all as before; a rerun converges", async () => {
    const fault = fc.constantFrom<Fault>("refuse", "lose_request", "lose_answer");
    const fleet = fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.infiniteStream(fc.nat()))
      .map(([size, chance]) => {
        const names = Array.from({ length: size }, (_, at) => `k${at}`);
        const draw = () => chance.next().value as number;
        return (edition: number) =>
          names.map((name): Wanted => {
            const handoffs = names.filter(() => draw() % 3 === 0);
            const description = draw() % 2 === 0 ? `edition ${edition}` : "same";
            return { key: name, handoffs, description, ...(draw() % 4 > 0 && { aliases: prod }) };
          });
      });
    await fc.assert(
      fc.asyncProperty(fleet, fc.nat(14), fault, async (make, at, kind) => {
        const server = await serverWith(...make(1));
        const pointers = server.pointers();
        const desired = project(...make(2));
        server.faults = new Map([[at, kind]]);
        const events = await apply(server, desired);
        const hitAnUndo = kinds(events).includes("revert_failed");
        if (!released(events) && !hitAnUndo)
          expect(server.pointers()).toMatchObject(pointers as object);
        server.faults = new Map();
        if (hasChanges(await planFor(server, desired))) {
          expect(released(await apply(server, desired))).toBe(true);
        }
        const settled = await planFor(server, desired);
        expect(settled.refusals).toEqual([]);
        expect(hasChanges(settled)).toBe(false);
        expect(server.agents.size).toBe(desired.agents.length);
      }),
      { numRuns: 300 },
    );
  });
});
