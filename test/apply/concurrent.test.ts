import { describe, expect, test } from "vitest";
import type { Version } from "../../src/agent/identity.ts";
import type { JsonObject } from "../../src/agent/json.ts";
import type { ApplyEvent } from "../../src/apply/event.ts";
import { everyRow } from "../../src/report/events/every.ts";
import { runExitCode } from "../../src/report/run-exit-code.ts";
import { project, tags } from "../plan/world.ts";
import { apply, planFor, prod, released, serverWith } from "./apply-plan.ts";
import type { FakeServer } from "./fake-server.ts";

const codeOf = (events: readonly ApplyEvent[]) =>
  runExitCode(events, everyRow, { detailedExitCode: false });
const one = project({ key: "a", aliases: prod });
const two = project({ key: "a", aliases: prod, description: "two" });
const id = "ag_001";

/** Acts just before each read of an agent from here on. What it throws, the read throws. */
function beforeEachRead(server: FakeServer, act: () => void): void {
  const { agent } = server.reader;
  const reader = {
    ...server.reader,
    agent: (...call: Parameters<typeof agent>) => {
      act();
      return agent(...call);
    },
  };
  Object.assign(server, { reader });
}

/** Acts once, just before the next read of an agent. */
function beforeFirstRead(server: FakeServer, act: () => void): void {
  let done = false;
  beforeEachRead(server, () => {
    if (!done) act();
    done = true;
  });
}

describe("where a default goes back to", () => {
  test("a version of another run that failed and went back is not written over, nor made the default", async () => {
    const server = await serverWith({ key: "a", aliases: prod });
    beforeFirstRead(server, () => {
      server.update(id, { description: "of a run that failed" });
      server.stored(id).current = 0;
    });
    const events = await apply(server, two);
    expect(codeOf(events)).toBe(4);
    expect(events).toContainEqual(
      expect.objectContaining({ failure: { kind: "interleaved", theirs: 1, ours: undefined } }),
    );
    expect(server.writes).toEqual([]);
    expect(server.pointers()).toEqual({ [id]: { default: 0, prod: 0 } });
  });

  test("a default that was switched since the plan is not overwritten", async () => {
    const server = await serverWith({ key: "a", aliases: prod });
    await apply(server, two);
    server.writes.length = 0;
    const three = project({ key: "a", aliases: prod, description: "three" });
    beforeFirstRead(server, () => {
      server.stored(id).current = 0;
    });
    const events = await apply(server, three);
    expect(codeOf(events)).toBe(4);
    expect(server.writes).toEqual([]);
    expect(server.pointers()).toEqual({ [id]: { default: 0, prod: 1 } });
  });

  test("a version that somebody writes between our look and our write is where it goes back to", async () => {
    const server = await serverWith({ key: "a", aliases: prod });
    server.beforeWrite = (at) => {
      if (at === 0) server.update(id, { description: "theirs" });
    };
    const events = await apply(server, two);
    expect(codeOf(events)).toBe(4);
    expect(server.pointers()).toEqual({ [id]: { default: 1, prod: 0 } });
  });

  test("a reuse that switches just after somebody's write notices, and goes back to theirs", async () => {
    const server = await serverWith({ key: "a", aliases: prod });
    await apply(server, two);
    server.writes.length = 0;
    server.beforeWrite = (at) => {
      if (server.writes.length === at && at === 0) server.update(id, { description: "theirs" });
    };
    const plan = await planFor(server, one);
    expect(plan.agents.map(({ action }) => action)).toEqual(["reuse"]);
    const events = await apply(server, one);
    expect(codeOf(events)).toBe(4);
    expect(released(events)).toBe(false);
    expect(server.pointers()).toMatchObject({ [id]: { default: 2, prod: 1 } });
  });

  test("the switch of a reuse whose answer is lost notices as well", async () => {
    const server = await serverWith({ key: "a" });
    await apply(server, project({ key: "a", description: "two" }));
    server.writes.length = 0;
    server.faults = new Map([[0, "lose_answer"]]);
    server.beforeWrite = (at) => {
      if (at === 0) server.update(id, { description: "theirs" });
    };
    const events = await apply(server, project({ key: "a" }));
    expect(codeOf(events)).toBe(4);
    expect(server.pointers()).toMatchObject({ [id]: { default: 2 } });
  });
});

describe("before an apply says that it is done", () => {
  test.each([
    ["a new version", two],
    ["a version that is used again", one],
  ])("it looks at the default of %s once more", async (_name, wanted) => {
    const server = await serverWith({ key: "a", aliases: prod });
    await apply(server, project({ key: "a", aliases: prod, description: "other" }));
    const before = server.stored(id).aliases.get("prod");
    server.writes.length = 0;
    server.beforeWrite = () => {
      const isLast = server.writes.at(-1)?.startsWith("alias") === false;
      if (isLast && server.writes.some((write) => /update|switch/.test(write)))
        server.update(id, { description: "theirs" });
      server.beforeWrite = isLast ? () => {} : server.beforeWrite;
    };
    const events = await apply(server, wanted);
    expect(codeOf(events)).toBe(4);
    expect(released(events)).toBe(false);
    expect(server.stored(id).aliases.get("prod")).toBe(before);
    expect(server.stored(id).versions.get(server.stored(id).current)).toMatchObject({
      description: "theirs",
    });
    expect(events).toContainEqual(
      expect.objectContaining({ kind: "pointer_taken", pointer: "@default" }),
    );
  });

  test("a look that nobody answers puts everything back", async () => {
    const server = await serverWith({ key: "a", aliases: prod });
    let reads = 0;
    beforeEachRead(server, () => {
      reads += 1;
      if (reads === 2) throw server.unavailable();
    });
    const events = await apply(server, two);
    expect(codeOf(events)).toBe(5);
    expect(server.pointers()).toEqual({ [id]: { default: 0, prod: 0 } });
  });
});

describe("applies of different files at once", () => {
  test.each([
    [2, {}],
    [3, {}],
    [3, prod],
    [4, { ...prod, staging: "latest" as const }],
  ])("one of %i releases, and the others end with 4: aliases %o", async (count, aliases) => {
    const fleet = ["a", "b"].map((key) => ({ key, aliases }));
    const server = await serverWith(...fleet);
    const files = Array.from({ length: count }, (_, at) =>
      project(...fleet.map((each) => ({ ...each, description: `file ${at}` }))),
    );
    const runs = await Promise.all(files.map((file) => apply(server, file, { parallelism: 2 })));
    const codes = runs.map(codeOf);
    expect(codes.filter((code) => code !== 4)).toEqual([0]);
    for (const { current, versions, aliases: pointers } of server.agents.values()) {
      expect(versions.get(current)?.description).toBe(`file ${codes.indexOf(0)}`);
      for (const name of Object.keys(aliases)) expect(pointers.get(name)).toBe(current);
    }
  });

  test("the first one waits in vain for one that gets through", async () => {
    const server = await serverWith({ key: "a", aliases: prod });
    server.beforeWrite = (at) => {
      if (at !== 1) return;
      const metadata = tags("a", { version: "2", release: "theirs", aliases: "prod=0" });
      server.update(id, { description: "theirs", metadata });
    };
    const events = await apply(server, two);
    expect(codeOf(events)).toBe(4);
    expect(events).toContainEqual(
      expect.objectContaining({ failure: { kind: "pointer_moved", expected: 1, found: 2 } }),
    );
    expect(server.pointers()).toEqual({ [id]: { default: 2, prod: 0 } });
  });

  test("a version that is used again moves a default for a moment: it goes back to where it was", async () => {
    const server = await serverWith({ key: "a", aliases: prod });
    await apply(server, two);
    server.writes.length = 0;
    const three = project({ key: "a", aliases: prod, description: "three" });
    let looks = 0;
    beforeEachRead(server, () => {
      // Another run switches to version 0 when this one has moved its pointers, and then notices version 2.
      looks += 1;
      if (looks === 2) server.switchTo(id, 0);
      if (looks === 6) server.switchTo(id, 2);
    });
    expect(codeOf(await apply(server, three))).toBe(4);
    expect(server.pointers()).toEqual({ [id]: { default: 1, prod: 1 } });
  });
});

describe("an apply that only moves aliases", () => {
  const more = { staging: "latest" } as const;

  test("looks at the default that they follow once more", async () => {
    const server = await serverWith({ key: "a", aliases: prod });
    server.beforeWrite = (at) => {
      if (at === 0) server.update(id, { description: "theirs" });
    };
    const events = await apply(server, project({ key: "a", aliases: { ...prod, ...more } }));
    expect(codeOf(events)).toBe(4);
    expect(released(events)).toBe(false);
    expect(server.pointers()).toEqual({ [id]: { default: 1, prod: 0 } });
  });

  test("does not mind where the default is when an alias is pinned", async () => {
    const server = await serverWith({ key: "a", aliases: prod });
    server.beforeWrite = (at) => {
      if (at === 0) server.update(id, { description: "theirs" });
    };
    const pinned = { ...prod, staging: 0 as Version };
    const events = await apply(server, project({ key: "a", aliases: pinned }));
    expect(codeOf(events)).toBe(0);
    expect(server.pointers()).toEqual({ [id]: { default: 1, prod: 0, staging: 0 } });
  });
});

describe("a default that another run takes while a failed apply goes back", () => {
  /** Another run writes the agent just after ours, whose alias is refused. */
  async function takenBy(release: string, whileTaken: (server: FakeServer, reads: number) => void) {
    const server = await serverWith({ key: "a", aliases: prod });
    server.faults = new Map([[1, "refuse"]]);
    server.beforeWrite = (at) => {
      if (at !== 1) return;
      const metadata = tags("a", { version: "1", release, aliases: "prod=0,staging=" });
      server.update(id, { description: "theirs", metadata });
    };
    let reads = 0;
    beforeEachRead(server, () => {
      if (server.stored(id).current === 2) whileTaken(server, reads++);
    });
    const events = await apply(server, two);
    return { server, events, reads };
  }

  test("goes back as well when the other run goes back to the version of this one", async () => {
    const { server, events } = await takenBy("theirs", (taken, reads) => {
      if (reads === 4) taken.stored(id).current = 1;
    });
    expect(server.pointers()).toEqual({ [id]: { default: 0, prod: 0 } });
    expect(events).toContainEqual(
      expect.objectContaining({ kind: "reverted", pointer: "@default", to: 0 }),
    );
    expect(codeOf(events)).toBe(5);
  });

  test("is left to a run that does not go back, after the settle window", async () => {
    const { server, events, reads } = await takenBy("theirs", () => {});
    expect(server.pointers()).toEqual({ [id]: { default: 2, prod: 0 } });
    expect(codeOf(events)).toBe(4);
    expect(reads).toBeGreaterThan(5);
  });

  test("goes back as well when the other run has moved an alias before it goes back", async () => {
    const { server } = await takenBy("theirs", (taken, reads) => {
      if (reads === 1) taken.setAlias(id, "staging", 2);
      if (reads === 4) taken.stored(id).current = 1;
    });
    expect(server.pointers()).toEqual({ [id]: { default: 0, prod: 0, staging: 2 } });
  });

  test("is left to the other run, and not told as stuck, when nobody answers any more", async () => {
    const { server, events } = await takenBy("theirs", (taken, reads) => {
      if (reads >= 3) throw taken.unavailable();
    });
    expect(server.pointers()).toEqual({ [id]: { default: 2, prod: 0 } });
    expect(events).toContainEqual(
      expect.objectContaining({ kind: "pointer_taken", pointer: "@default", found: 2 }),
    );
    expect(codeOf(events)).toBe(4);
  });

  test("is left at once to a person whose edit carries a copy of our tags", async () => {
    const server = await serverWith({ key: "a", aliases: prod });
    server.faults = new Map([[1, "refuse"]]);
    server.beforeWrite = (at) => {
      if (at === 1) server.update(id, { description: "theirs" });
    };
    const events = await apply(server, two);
    expect(server.pointers()).toEqual({ [id]: { default: 2, prod: 0 } });
    const end = events.find(({ kind }) => kind === "apply_finished");
    expect(end).toMatchObject({ ms: 0 });
    expect(codeOf(events)).toBe(4);
  });
});

describe("an apply that writes an agent twice, with a version of another run in between", () => {
  /** The server takes null for "unchanged", so the second write clears the description by "". */
  async function overtaken(whileTaken: (server: FakeServer, reads: number) => void) {
    const server = await serverWith({ key: "a", aliases: prod, description: "one" });
    const update = server.update.bind(server);
    server.update = (agent, { description, ...body }) =>
      update(agent, { ...body, ...(description !== null && { description }) } as JsonObject);
    server.beforeWrite = (at) => {
      if (at !== 1) return;
      const metadata = tags("a", { version: "1", release: "theirs", aliases: "prod=0" });
      server.update(id, { description: "theirs", metadata });
    };
    let reads = 0;
    beforeEachRead(server, () => {
      if (server.stored(id).current === 2) whileTaken(server, reads++);
    });
    const events = await apply(server, one);
    expect(server.writes.slice(0, 3)).toEqual([`update ${id}`, `update ${id}`, `switch ${id} 2`]);
    expect(codeOf(events)).toBe(4);
    return server;
  }

  test("takes the default from its own first version when the other run goes back to that", async () => {
    const server = await overtaken((taken, reads) => {
      if (reads === 2) taken.stored(id).current = 1;
    });
    expect(server.pointers()).toEqual({ [id]: { default: 0, prod: 0 } });
  });

  test("leaves the default to a run that does not go back", async () => {
    const server = await overtaken(() => {});
    expect(server.pointers()).toEqual({ [id]: { default: 2, prod: 0 } });
  });
});

describe("a pointer that somebody else moves while a failed apply goes back", () => {
  const fleet = ["a", "b"].map((key) => ({ key, aliases: prod }));
  const next = project(...fleet.map((each) => ({ ...each, description: "two" })));

  test.each([
    ["an alias that was moved on", (server: FakeServer) => server.setAlias(id, "prod", 2), 2],
    [
      "an alias that was taken away",
      (server: FakeServer) => server.stored(id).aliases.delete("prod"),
      undefined,
    ],
  ])("%s is left to them, named, and exit 4", async (_name, act, found) => {
    const server = await serverWith(...fleet);
    // Two updates, two aliases: the second alias is refused, just after the first one was taken.
    server.faults = new Map([[3, "refuse"]]);
    server.beforeWrite = (at) => {
      if (at !== 3) return;
      server.stored(id).versions.set(2, server.stored(id).versions.get(1) ?? {});
      act(server);
    };
    const events = await apply(server, next);
    expect(codeOf(events)).toBe(4);
    expect(events).toContainEqual({
      kind: "pointer_taken",
      key: "a",
      id,
      pointer: "prod",
      expected: 1,
      found,
    });
    expect(server.stored(id).aliases.get("prod")).toBe(found);
    // Both tell the same story: the default of that agent stays as well.
    expect(server.stored(id).current).toBe(1);
    expect(server.pointers()).toMatchObject({ ag_002: { default: 0, prod: 0 } });
  });

  test("an alias that another run takes away just before this one is gone, as it was before", async () => {
    const server = await serverWith({ key: "a" }, { key: "b" });
    server.faults = new Map([[3, "refuse"]]);
    server.beforeWrite = (at) => {
      if (at === 4) server.stored(id).aliases.delete("prod");
    };
    const events = await apply(server, next);
    expect(server.writes[4]).toBe(`unalias ${id} prod`);
    expect(codeOf(events)).toBe(5);
    expect(server.pointers()).toEqual({ ag_001: { default: 0 }, ag_002: { default: 0 } });
  });

  test("a default is left to them, named, and exit 4", async () => {
    const server = await serverWith(...fleet);
    server.faults = new Map([[3, "refuse"]]);
    server.beforeWrite = (at) => {
      if (at === 3) server.update(id, { description: "theirs" });
    };
    const events = await apply(server, next);
    expect(codeOf(events)).toBe(4);
    expect(events).toContainEqual(
      expect.objectContaining({ kind: "pointer_taken", key: "a", pointer: "@default", found: 2 }),
    );
    expect(server.pointers()).toEqual({
      ag_001: { default: 2, prod: 0 },
      ag_002: { default: 0, prod: 0 },
    });
  });
});

describe("a default that does not go back", () => {
  test("keeps its aliases, so that the next apply carries the release on", async () => {
    const server = await serverWith({ key: "a", aliases: prod }, { key: "b", aliases: prod });
    const next = project(
      { key: "a", aliases: prod, description: "two" },
      { key: "b", aliases: prod, description: "two" },
    );
    // Two updates and two aliases, of which the second is refused; then one alias goes back, and its default does not.
    server.faults = new Map([3, 5].map((at) => [at, "refuse"]));
    const events = await apply(server, next);
    expect(codeOf(events)).toBe(6);
    expect(server.writes[5]).toBe("switch ag_001 0");
    expect(server.pointers()).toEqual({
      ag_001: { default: 1, prod: 1 },
      ag_002: { default: 0, prod: 0 },
    });
    const left = events.flatMap((event) => (event.kind === "revert_failed" ? [event.pointer] : []));
    expect(left).toEqual(["@default", "prod"]);
    server.faults = new Map();
    server.writes.length = 0;
    expect(released(await apply(server, next))).toBe(true);
  });
});

describe("what a failed apply says of the pointers that it moves back", () => {
  /** Moves that began and did not end, whatever the end was. */
  const open = (events: readonly ApplyEvent[]) => {
    const moves = new Set<string>();
    for (const event of events) {
      if (!("pointer" in event)) continue;
      const name = `${event.key} ${event.pointer}`;
      if (event.kind === "move_started") moves.add(name);
      else moves.delete(name);
    }
    return [...moves];
  };

  test("no move is begun of an alias that is where it was", async () => {
    const server = await serverWith({ key: "a", aliases: prod });
    server.faults = new Map([[1, "refuse"]]);
    const events = await apply(server, two);
    expect(codeOf(events)).toBe(5);
    expect(open(events)).toEqual([]);
  });

  test("a default that another run moves all the way back is reverted", async () => {
    const server = await serverWith({ key: "a", aliases: prod });
    server.faults = new Map([[1, "refuse"]]);
    server.beforeWrite = (at) => {
      if (at !== 1) return;
      const metadata = tags("a", { version: "1", release: "theirs", aliases: "prod=0" });
      server.update(id, { description: "theirs", metadata });
    };
    let looks = 0;
    beforeEachRead(server, () => {
      if (server.stored(id).current === 2 && ++looks === 3) server.switchTo(id, 0);
    });
    const events = await apply(server, two);
    expect(events).toContainEqual({ kind: "reverted", key: "a", id, pointer: "@default", to: 0 });
    expect(open(events)).toEqual([]);
  });
});

describe("an apply that sent nothing", () => {
  test("ends with 1 when the version it was to use again cannot be read", async () => {
    const server = await serverWith({ key: "a", aliases: prod });
    await apply(server, two);
    server.writes.length = 0;
    beforeFirstRead(server, () => {
      throw server.unavailable();
    });
    const events = await apply(server, one);
    expect(codeOf(events)).toBe(1);
    expect(server.writes).toEqual([]);
  });

  test("ends with 1 when the agent that it was to update cannot be read", async () => {
    const server = await serverWith({ key: "a", aliases: prod });
    beforeFirstRead(server, () => {
      throw server.unavailable();
    });
    const events = await apply(server, two);
    expect(codeOf(events)).toBe(1);
    expect(server.writes).toEqual([]);
  });
});
