import { afterEach, describe, expect, test } from "vitest";
import type { Behaviour } from "../../src/emulator/behaviour.ts";
import { idleTime } from "./idle-time.ts";
import { acme, type Stage, setStage } from "./stage.ts";
import { refused } from "./steps.ts";

let stage: Stage;
afterEach(() => stage.close());

describe("7: 2,345 agents on three pages", () => {
  const crowd = async (behaviour: Partial<Behaviour> = {}) => {
    stage = await setStage(behaviour);
    for (let at = 0; at < 2_345; at += 1) {
      stage.emulator.control.seedAgent({ versions: [{ name: `agent ${at}`, model: "m" }] });
    }
    stage.write(acme({ triage: {} }));
  };

  test("are listed with three requests", async () => {
    await crowd();
    expect((await stage.run("plan --prune")).code).toBe(0);
    expect(
      stage.emulator.requests.filter(({ path }) => path.startsWith("/v1/agents/pages")),
    ).toHaveLength(3);
  });

  test.each([
    ["fails", { status: 500, times: null }],
    ["repeats its cursor", { effect: "repeat_cursor" }],
    ["is not whole JSON", { effect: "cut_body", times: null }],
    ["is a web page", { effect: "not_json", times: null }],
  ] as const)(
    "a second page that %s ends the plan, and an apply before it writes",
    async (_name, fault) => {
      await crowd();
      for (const args of ["plan --prune", "apply --auto-approve --prune", "drift"]) {
        stage.emulator.faults.add({ path: "page_token", ...fault });
        const result = await stage.run(args);
        expect(result.code, args).toBe(1);
        expect(result.err, args).toMatch(/page [23] of the agent list/);
        expect(result.out, args).toBe("");
        stage.emulator.faults.clear();
      }
      expect(stage.takeWrites()).toEqual([]);
    },
  );

  test("without the endpoint for pages, they are listed the old way, and a page that fails ends the plan", async () => {
    await crowd({ pages_endpoint: "missing" });
    expect((await stage.run("plan --prune")).code).toBe(0);
    stage.emulator.faults.add({ path: "[?&]page=1(&|$)", status: 500, times: null });
    expect(await refused(stage, 1, "plan --prune")).toContain("page 2 of the agent list");
  });
});

describe("what a plan looks up for a remark", () => {
  const agents = {
    triage: {
      tools: [
        { type: "document_library", library_ids: ["no-such-library"] },
        { type: "connector", connector_id: "no-such-connector" },
      ],
    },
  };
  const lookUps = ["/v1/models", "/v1/libraries", "/v1/connectors"];
  const asked = () =>
    lookUps.filter((start) => stage.emulator.requests.some(({ path }) => path.startsWith(start)));

  test("is told: a model, a library and a connector that the server does not list", async () => {
    stage = await setStage();
    stage.write(acme({ triage: { ...agents.triage, model: "no-such-model" } }));
    const { code, out } = await stage.run("plan");
    expect(code).toBe(0);
    for (const name of ["model", "library", "connector"]) {
      expect(out).toContain(`lists no ${name} no-such-${name}`);
    }
  });

  test("is not asked for where nothing is named", async () => {
    stage = await setStage();
    stage.write(acme({ triage: {} }));
    expect((await stage.run("plan")).code).toBe(0);
    expect(asked()).toEqual(["/v1/models"]);
  });

  test.each([
    ["forbidden", { status: 403, times: null }],
    ["broken", { status: 422, times: null }],
  ] as const)("ends no plan when it is %s", async (_how, fault) => {
    stage = await setStage();
    stage.write(acme(agents));
    stage.emulator.faults.add({ path: "^/v1/(models|libraries)", ...fault });
    stage.emulator.faults.add({ path: "^/v1/connectors", status: 403, times: null });
    const { code, out, err } = await stage.run("plan");
    expect(code, err).toBe(0);
    expect(asked()).toEqual(lookUps);
    expect(out).not.toContain("lists no");
  });

  test("ends it where a library is named that only the list can tell", async () => {
    stage = await setStage();
    const tools = [{ type: "document_library", libraries: ["product-docs"] }];
    stage.write(acme({ triage: { tools } }));
    stage.emulator.faults.add({ path: "^/v1/libraries", status: 422, times: null });
    expect((await stage.run("plan")).code).toBe(1);
  });
});

describe("a run that has failed", () => {
  test.each(["plan", "drift", "apply --auto-approve"])(
    "%s ends at once, whatever else was asked for at the same time",
    async (args) => {
      stage = await setStage();
      stage.write(acme({ triage: {} }));
      stage.emulator.faults.add({ path: "^/v1/agents/pages", status: 401, times: null });
      stage.emulator.faults.add({ path: "^/v1/models", effect: "hang", times: null });
      const { code, err } = await stage.run(args, idleTime);
      expect(code, err).toBe(1);
      const asked = stage.emulator.requests.filter(({ path }) => path.startsWith("/v1/models"));
      expect(asked).toHaveLength(1);
    },
  );
});
