import { afterEach, describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/emulator/json.ts";
import { idleTime } from "./idle-time.ts";
import { acme, type Stage, setStage, startCommand, untilEnd } from "./stage.ts";
import { type Agents, applied, expectNothingToDo, methodsOf, pointers } from "./steps.ts";

let stage: Stage;
afterEach(() => stage.close());

const prod = { aliases: ["prod"] };

describe("two applies at once", () => {
  const fleet: Agents = { a: { handoffs: ["b"], ...prod }, b: { handoffs: ["a"], ...prod } };

  /** What another run's create request makes of one of ours. */
  const theirs = (body: JsonObject, nonce: string): JsonObject => {
    const metadata = body.metadata as JsonObject;
    const build = String(metadata["agentvane.build"]).replace(/create=[^,]*/, `create=${nonce}`);
    return { ...body, metadata: { ...metadata, "agentvane.build": build } };
  };

  test.each([0, 2])(
    "the one that created first keeps the keys, and the other one uses its agents; with a list that lags %i reads",
    async (lag) => {
      stage = await setStage({ listed_after_reads: lag }, idleTime);
      let seeded = 0;
      stage.emulator.onRequest(({ method, body }) => {
        if (method !== "POST" || seeded > 0) return;
        seeded += 1;
        const content = theirs(body as JsonObject, "another-run");
        stage.emulator.control.seedAgent({
          versions: [content],
          created_at: "2020-01-01T00:00:00.000000Z",
        });
      });
      await applied(stage, fleet);
      const [survivor] = stage.emulator.control
        .agents()
        .toSorted((left, right) => (left.created_at < right.created_at ? -1 : 1));
      expect(survivor?.created_at).toContain("2020");
      expect(stage.emulator.control.agents()).toHaveLength(2);
      expect(stage.emulator.control.agent(survivor?.id ?? "")).toBeDefined();
      await expectNothingToDo(stage);
    },
  );

  test("the one that created first goes on, although another one created the same key after it", async () => {
    stage = await setStage({}, idleTime);
    let late: JsonObject | undefined;
    stage.emulator.onRequest(({ method, body }) => {
      if (method === "POST") late ??= theirs(body as JsonObject, "another-run");
      else if (late !== undefined && !("done" in late)) {
        stage.emulator.control.seedAgent({
          versions: [late],
          created_at: "2090-01-01T00:00:00.000000Z",
        });
        late = { done: true };
      }
    });
    stage.write(acme({ a: prod }));
    const { code, err } = await stage.run("apply --auto-approve");
    expect(code, err).toBe(0);
    expect(stage.emulator.control.agents()).toHaveLength(2);
    expect(stage.emulator.control.agents()[0]?.aliases).toMatchObject([
      { alias: "prod", version: 0 },
    ]);
    expect(methodsOf(stage.takeWrites())).not.toContain("DELETE");
  });

  test("the one that created later and then fails takes its own agent away all the same: a rerun is 0", async () => {
    stage = await setStage({}, idleTime);
    await applied(stage, { b: prod });
    let seeded = false;
    stage.emulator.onRequest(({ method, body }) => {
      if (method !== "POST" || seeded) return;
      seeded = true;
      stage.emulator.control.seedAgent({
        versions: [theirs(body as JsonObject, "another-run")],
        created_at: "2020-01-01T00:00:00.000000Z",
      });
    });
    stage.emulator.faults.add({ method: "PATCH", status: 422 });
    stage.write(acme(fleet));
    const { code, err } = await stage.run("apply --auto-approve --parallelism 1");
    expect([4, 5], err).toContain(code);
    await applied(stage, fleet);
    expect(stage.emulator.control.agents()).toHaveLength(2);
    await expectNothingToDo(stage);
  });

  test.each([
    ["failed", { status: 500 }],
    ["was lost on its way", { effect: "lose_request" }],
  ] as const)(
    "a create that %s, while another run made that agent: not sent again, and that agent is used",
    async (_how, fault) => {
      stage = await setStage({}, idleTime);
      stage.emulator.faults.add({ method: "POST", times: null, ...fault });
      let sent = 0;
      stage.emulator.onRequest(({ method, body }) => {
        if (method !== "POST") return;
        sent += 1;
        if (sent > 1) return;
        stage.emulator.control.seedAgent({ versions: [theirs(body as JsonObject, "another-run")] });
      });
      await applied(stage, { a: prod });
      expect(sent).toBe(1);
      expect(stage.emulator.control.agents()).toHaveLength(1);
      await expectNothingToDo(stage);
    },
  );

  test.each(["on an empty server", "with changes of the same agents"])(
    "as real processes, %s: 0 or 4, then a rerun ends with one agent for each key",
    async (when) => {
      stage = await setStage();
      const wide: Agents = { ...fleet, c: { handoffs: ["a", "d"], ...prod }, d: prod };
      if (when !== "on an empty server") {
        await applied(stage, { a: prod, b: prod, c: prod, d: prod });
      }
      stage.write(acme(wide));
      stage.passTime(60_000);
      const start = () =>
        untilEnd(
          startCommand(stage.folder, "apply --auto-approve", { AGENTVANE_SERVER_URL: stage.url }),
        );
      const outcomes = await Promise.all([start(), start()]);
      for (const { code, out, err } of outcomes) expect([0, 4], out + err).toContain(code);
      const rerun = await stage.run("apply --auto-approve");
      expect(rerun.code, rerun.out + rerun.err).toBe(0);
      expect(Object.keys(pointers(stage)).toSorted()).toEqual(["a", "b", "c", "d"]);
      expect(stage.emulator.control.agents()).toHaveLength(4);
      for (const stands of Object.values(pointers(stage))) expect(stands.prod).toBe(stands.default);
      await expectNothingToDo(stage);
    },
  );
});
