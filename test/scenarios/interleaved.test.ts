import { afterEach, describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/emulator/json.ts";
import { awkward, variantsNamed } from "./behaviour-variants.ts";
import { acme, type Stage, setStage, startCommand, untilEnd } from "./stage.ts";
import {
  type Agents,
  agentNamed,
  applied,
  expectNothingToDo,
  justBefore,
  methodsOf,
  pointers,
} from "./steps.ts";

let stage: Stage;
afterEach(() => stage.close());

const prod = { aliases: ["prod"] };
const isPatch = ({ method }: { readonly method: string }) => method === "PATCH";

/** Applies these agents unattended, which has to end with 4. Gives what it complained of. */
async function beaten(agents: Agents, ...flags: readonly string[]): Promise<string> {
  stage.write(acme(agents));
  stage.takeWrites();
  const { code, out, err } = await stage.run(["apply --auto-approve", ...flags].join(" "));
  expect(code, out + err).toBe(4);
  return err;
}

// Which version a PATCH starts from, its number, and whether equal ones count: all of it tells who wrote what.
describe.each([...variantsNamed("the likely behaviour", "PATCH onto the newest version"), awkward])(
  "under %s",
  (_name, behaviour) => {
    const first = behaviour.first_version ?? 0;

    test("17: another writer just before our PATCH: 4, both versions named, theirs stays, no alias moves", async () => {
      stage = await setStage(behaviour);
      await applied(stage, { triage: prod, billing: prod });
      const { id } = agentNamed(stage, "triage");
      justBefore(stage, isPatch, () => {
        stage.emulator.world.editAgent(id, { description: "theirs" });
      });
      const said = await beaten({
        triage: { instructions: "ours", ...prod },
        billing: { instructions: "ours", ...prod },
      });
      expect(said).toContain(`version ${first + 1}`);
      expect(said).toContain(`version ${first + 2}`);
      expect(pointers(stage)).toEqual({
        triage: { default: first + 1, prod: first },
        billing: { default: first, prod: first },
      });
      expect(stage.emulator.world.agent(id)?.versions).toHaveLength(3);
      expect(stage.emulator.world.shown(id).description).toBe("theirs");
      expect(methodsOf(stage.takeWrites())).not.toContain("PUT");
    });

    test.each([
      ["lost", { effect: "lose_answer" }],
      ["and the request lost", { effect: "lose_request" }],
    ] as const)(
      "17: another writer, and our answer %s: 4, theirs stays, no alias moves",
      async (_lost, fault) => {
        stage = await setStage(behaviour);
        await applied(stage, { triage: prod });
        const { id } = agentNamed(stage, "triage");
        stage.emulator.faults.add({ method: "PATCH", ...fault });
        justBefore(stage, isPatch, () => {
          stage.emulator.world.editAgent(id, { description: "theirs" });
        });
        const said = await beaten({ triage: { instructions: "ours", ...prod } });
        expect(said).toContain(`version ${first + 1}`);
        // A request that never arrived made no version of ours that could be named.
        if (fault.effect === "lose_answer") expect(said).toContain(`version ${first + 2}`);
        expect(pointers(stage)).toEqual({ triage: { default: first + 1, prod: first } });
        expect(stage.emulator.world.shown(id).description).toBe("theirs");
      },
    );

    test("17: another writer on top of ours, whose answer was lost: 4, theirs stays, no alias moves", async () => {
      stage = await setStage(behaviour);
      await applied(stage, { triage: prod });
      const { id } = agentNamed(stage, "triage");
      stage.emulator.faults.add({ method: "PATCH", effect: "lose_answer" });
      let isPatched = false;
      justBefore(
        stage,
        (request) => {
          isPatched ||= isPatch(request);
          return isPatched && request.method === "GET";
        },
        () => {
          stage.emulator.world.editAgent(id, { description: "theirs" });
        },
      );
      const said = await beaten({ triage: { instructions: "ours", ...prod } });
      expect(said).toContain(`version ${first + 1}`);
      expect(said).toContain(`version ${first + 2}`);
      expect(pointers(stage)).toEqual({ triage: { default: first + 2, prod: first } });
    });
  },
);

describe("17: another writer", () => {
  test("moves the alias before we do: 4, theirs stays, ours go back", async () => {
    stage = await setStage();
    await applied(stage, { a: prod, b: prod });
    await applied(stage, { a: { description: "1", ...prod }, b: { description: "1", ...prod } });
    const { id } = agentNamed(stage, "b");
    justBefore(
      stage,
      ({ method }) => method === "PUT",
      () => {
        stage.emulator.world.setAlias(id, "prod", 0);
      },
    );
    const said = await beaten(
      { a: { description: "2", ...prod }, b: { description: "2", ...prod } },
      "--parallelism 1",
    );
    expect(said).toContain("prod");
    expect(pointers(stage)).toMatchObject({ a: { default: 1, prod: 1 }, b: { prod: 0 } });
  });

  test("writes between our PATCH and the release, and the run fails: their default is left alone", async () => {
    stage = await setStage();
    await applied(stage, { a: prod });
    const { id } = agentNamed(stage, "a");
    stage.emulator.faults.add({ method: "PUT", status: 422, times: null });
    justBefore(
      stage,
      ({ method }) => method === "PUT",
      () => {
        stage.emulator.world.editAgent(id, { description: "theirs" });
      },
    );
    stage.write(acme({ a: { instructions: "ours", ...prod } }));
    const { code, err } = await stage.run("apply --auto-approve");
    expect([4, 5], err).toContain(code);
    expect(pointers(stage)).toEqual({ a: { default: 2, prod: 0 } });
    expect(stage.emulator.world.shown(id).description).toBe("theirs");
  });

  test("deletes the agent before our PATCH: not 0, nothing is released", async () => {
    stage = await setStage();
    await applied(stage, { a: prod, b: prod });
    const { id } = agentNamed(stage, "a");
    justBefore(stage, isPatch, () => stage.emulator.world.remove(id));
    stage.write(acme({ a: { description: "x", ...prod }, b: { description: "x", ...prod } }));
    const { code, err } = await stage.run("apply --auto-approve");
    expect([4, 5, 6], err).toContain(code);
    expect(pointers(stage)).toEqual({ b: { default: 0, prod: 0 } });
  });

  test("edits an agent that is about to be deleted: it stays", async () => {
    stage = await setStage();
    await applied(stage, { a: prod, old: {} });
    const { id } = agentNamed(stage, "old");
    justBefore(stage, isPatch, () => {
      stage.emulator.world.editAgent(id, { description: "in use" });
    });
    stage.write(acme({ a: { description: "x", ...prod } }));
    const { code, err } = await stage.run("apply --auto-approve --prune");
    expect([4, 6], err).toContain(code);
    expect(stage.emulator.world.agent(id)).toBeDefined();
    expect(pointers(stage).a).toEqual({ default: 1, prod: 1 });
  });
});

describe("two applies at once", () => {
  const fleet: Agents = { a: { handoffs: ["b"], ...prod }, b: { handoffs: ["a"], ...prod } };

  /** What another run's create request makes of one of ours. */
  const theirs = (body: JsonObject, nonce: string): JsonObject => ({
    ...body,
    metadata: { ...(body.metadata as JsonObject), "agentvane.create": nonce },
  });

  test.each([0, 2])(
    "the one that created first keeps the keys; with a list that lags %i reads",
    async (lag) => {
      stage = await setStage({ listed_after_reads: lag });
      let seeded = 0;
      stage.emulator.onRequest(({ method, body }) => {
        if (method !== "POST" || seeded > 0) return;
        seeded += 1;
        const content = theirs(body as JsonObject, "another-run");
        stage.emulator.world.seedAgent({
          versions: [content],
          created_at: "2020-01-01T00:00:00.000000Z",
        });
      });
      const said = await beaten(fleet);
      const [survivor, ...others] = stage.emulator.world.agents();
      expect(said).toContain(survivor?.id);
      expect(others.map(({ id }) => stage.emulator.world.shown(id).name)).not.toContain(
        stage.emulator.world.shown(survivor?.id ?? "").name,
      );
      await applied(stage, fleet);
      expect(stage.emulator.world.agents()).toHaveLength(2);
      expect(stage.emulator.world.agent(survivor?.id ?? "")).toBeDefined();
      await expectNothingToDo(stage);
    },
  );

  test("the one that created first goes on, although another one created the same key after it", async () => {
    stage = await setStage();
    let late: JsonObject | undefined;
    stage.emulator.onRequest(({ method, body }) => {
      if (method === "POST") late ??= theirs(body as JsonObject, "another-run");
      else if (late !== undefined && !("done" in late)) {
        stage.emulator.world.seedAgent({
          versions: [late],
          created_at: "2090-01-01T00:00:00.000000Z",
        });
        late = { done: true };
      }
    });
    stage.write(acme({ a: prod }));
    const { code, err } = await stage.run("apply --auto-approve");
    expect(code, err).toBe(0);
    expect(stage.emulator.world.agents()).toHaveLength(2);
    expect(stage.emulator.world.agents()[0]?.aliases).toMatchObject([
      { alias: "prod", version: 0 },
    ]);
    expect(methodsOf(stage.takeWrites())).not.toContain("DELETE");
  });

  test("the one that created later and then fails takes its own agent away all the same: a rerun is 0", async () => {
    stage = await setStage();
    await applied(stage, { b: prod });
    let seeded = false;
    stage.emulator.onRequest(({ method, body }) => {
      if (method !== "POST" || seeded) return;
      seeded = true;
      stage.emulator.world.seedAgent({
        versions: [theirs(body as JsonObject, "another-run")],
        created_at: "2020-01-01T00:00:00.000000Z",
      });
    });
    stage.emulator.faults.add({ method: "PATCH", status: 422 });
    stage.write(acme(fleet));
    const { code, err } = await stage.run("apply --auto-approve --parallelism 1");
    expect([4, 5], err).toContain(code);
    await applied(stage, fleet);
    expect(stage.emulator.world.agents()).toHaveLength(2);
    await expectNothingToDo(stage);
  });

  test.each(["on an empty server", "with changes of the same agents"])(
    "as real processes, %s: 0 or 4, then a rerun ends with one agent for each key",
    async (when) => {
      stage = await setStage();
      const wide: Agents = { ...fleet, c: { handoffs: ["a", "d"], ...prod }, d: prod };
      if (when !== "on an empty server") {
        await applied(stage, { a: prod, b: prod, c: prod, d: prod });
      }
      stage.write(acme(wide));
      const start = () =>
        untilEnd(
          startCommand(stage.folder, "apply --auto-approve", { AGENTVANE_SERVER_URL: stage.url }),
        );
      const outcomes = await Promise.all([start(), start()]);
      for (const { code, out, err } of outcomes) expect([0, 4], out + err).toContain(code);
      const rerun = await stage.run("apply --auto-approve");
      expect(rerun.code, rerun.out + rerun.err).toBe(0);
      expect(Object.keys(pointers(stage)).toSorted()).toEqual(["a", "b", "c", "d"]);
      expect(stage.emulator.world.agents()).toHaveLength(4);
      for (const stands of Object.values(pointers(stage))) expect(stands.prod).toBe(stands.default);
      await expectNothingToDo(stage);
    },
  );
});
