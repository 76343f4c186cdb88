import { afterEach, describe, expect, test } from "vitest";
import type { Behaviour } from "../../src/emulator/behaviour.ts";
import type { Fault } from "../../src/emulator/faults.ts";
import { isObject } from "../../src/emulator/json.ts";
import { awkward, variantsNamed } from "./behaviour-variants.ts";
import { idleTime } from "./idle-time.ts";
import { acme, type Stage, setStage } from "./stage.ts";
import {
  type Agents,
  applied,
  expectNothingToDo,
  methodsOf,
  pointers,
  versionCount,
} from "./steps.ts";

let stage: Stage;
afterEach(() => stage.close());

const prod = { aliases: ["prod"] };
const lag = { listed_after_reads: 2 };

// What is looked for after a lost answer is looked for in lists: their ways matter, and nothing else does.
const listings: readonly (readonly [string, Partial<Behaviour>])[] = [
  [
    "a lagging list without pages, oldest first",
    { ...lag, pages_endpoint: "missing", list_order: "oldest_first" },
  ],
  [
    "short pages of summaries that ignore the filter",
    { ...lag, pages: "short", list_items: "summary", metadata_filter: "ignored" },
  ],
];

describe.each(listings)("under %s", (_name, behaviour) => {
  test("9: a create whose answer is lost is sent once, and makes one agent", async () => {
    stage = await setStage(behaviour, idleTime);
    const faults: Readonly<Record<string, Fault>> = {
      lost: { method: "POST", effect: "lose_answer" },
      failed: { method: "POST", status: 502, after_commit: true },
      cut: { method: "POST", effect: "cut_body" },
      late: { method: "POST", effect: "late_commit", after: 2 },
    };
    let agents: Agents = {};
    for (const [key, fault] of Object.entries(faults)) {
      agents = { ...agents, [key]: prod };
      stage.emulator.faults.add(fault);
      expect(methodsOf(await applied(stage, agents)), key).toEqual(["POST", "PUT"]);
      expect(stage.emulator.control.agents(), key).toHaveLength(Object.keys(agents).length);
    }
    await expectNothingToDo(stage);
  });

  test("10: a create that never arrived is looked for, then sent once more with the same nonce", async () => {
    stage = await setStage(behaviour, idleTime);
    const faults: readonly Fault[] = [
      { method: "POST", effect: "lose_request" },
      { method: "POST", status: 503 },
    ];
    let agents: Agents = {};
    for (const [at, fault] of faults.entries()) {
      agents = { ...agents, [`k${at}`]: prod };
      stage.emulator.faults.add(fault);
      stage.emulator.clearRequests();
      stage.write(acme(agents));
      const { code, err } = await stage.run("apply --auto-approve");
      expect(code, err).toBe(0);
      const { requests, control } = stage.emulator;
      const [first, second, ...more] = requests.flatMap(({ method }, index) =>
        method === "POST" ? [index] : [],
      );
      expect(more).toEqual([]);
      expect(requests[first ?? 0]?.body).toEqual(requests[second ?? 0]?.body);
      const between = requests.slice((first ?? 0) + 1, second);
      expect(
        between.some(({ method, path }) => method === "GET" && path.startsWith("/v1/agents")),
      ).toBe(true);
      expect(control.agents()).toHaveLength(at + 1);
    }
    await expectNothingToDo(stage);
  });

  test("what was created before a build failed is found by the next apply, not created again", async () => {
    stage = await setStage(behaviour, idleTime);
    stage.write(acme({ a: prod, b: prod }));
    stage.emulator.faults.add({ method: "POST", status: 422, skip: 1 });
    const { code, err } = await stage.run("apply --auto-approve --parallelism 1");
    expect(code, err).toBe(5);
    expect(methodsOf(await applied(stage, { a: prod, b: prod }))).toEqual(["POST", "PUT", "PUT"]);
    expect(stage.emulator.control.agents()).toHaveLength(2);
  });
});

test("9, 10: of two creates that hang, the one that is carried out is found, the other one sent again", async () => {
  stage = await setStage(lag, idleTime);
  stage.write(acme({ x: prod, y: prod }));
  stage.emulator.faults.add({ method: "POST", effect: "hang" });
  stage.emulator.faults.add({ method: "POST", effect: "hang_after_commit" });
  let posts = 0;
  stage.emulator.onRequest(({ method }) => {
    if (method !== "POST") return;
    posts += 1;
    if (posts === 2) stage.signal("SIGUSR2");
  });
  const { code, err } = await stage.run("apply --auto-approve");
  expect(code, err).toBe(0);
  expect(methodsOf(stage.takeWrites()).filter((method) => method === "POST")).toHaveLength(3);
  expect(pointers(stage)).toEqual({ x: { default: 0, prod: 0 }, y: { default: 0, prod: 0 } });
  await expectNothingToDo(stage);
});

test("10: a create that was given up for lost and is carried out after the second one: one agent stays", async () => {
  stage = await setStage({}, idleTime);
  stage.write(acme({ triage: prod }));
  let posts = 0;
  let given: unknown;
  stage.emulator.onRequest(({ method, body }) => {
    if (method === "POST") {
      posts += 1;
      if (posts > 1) return;
      given = body;
      throw new Error("under way");
    }
    if (posts !== 2 || !isObject(given as never)) return;
    stage.emulator.control.seedAgent({ versions: [given as never] });
    given = undefined;
  });
  const { code, err } = await stage.run("apply --auto-approve");
  expect(code, err).toBe(0);
  expect(posts).toBe(2);
  expect(pointers(stage)).toEqual({ triage: { default: 0, prod: 0 } });
  expect(stage.emulator.control.agents()).toHaveLength(1);
  await expectNothingToDo(stage);
});

// What tells ours from theirs is numbers and tags of versions: everything about writing may matter.
describe.each([...variantsNamed("the likely behaviour", "null that means unchanged"), awkward])(
  "under %s",
  (_name, behaviour) => {
    test("12: an update whose answer is lost, or that never arrived, makes one version", async () => {
      stage = await setStage(behaviour, idleTime);
      await applied(stage, { triage: prod });
      const first = behaviour.first_version ?? 0;
      const faults: Readonly<Record<string, Fault>> = {
        "answer lost": { method: "PATCH", effect: "lose_answer" },
        "request lost": { method: "PATCH", effect: "lose_request" },
        "502 after the fact": { method: "PATCH", status: 502, after_commit: true },
        "502 before it": { method: "PATCH", status: 502 },
        "cut answer": { method: "PATCH", effect: "cut_body" },
      };
      for (const [at, [description, fault]] of Object.entries(faults).entries()) {
        stage.emulator.faults.add(fault);
        await applied(stage, { triage: { description, ...prod } });
        const now = first + at + 1;
        expect(pointers(stage), description).toEqual({ triage: { default: now, prod: now } });
        expect(versionCount(stage), description).toBe(at + 2);
      }
      await expectNothingToDo(stage);
    });
  },
);

test("12: an update that is carried out after it was looked for: its twin is not released", async () => {
  stage = await setStage({}, idleTime);
  await applied(stage, { triage: prod });
  stage.emulator.faults.add({ method: "PATCH", effect: "late_commit", after: 1 });
  await applied(stage, { triage: { description: "new", ...prod } });
  expect(pointers(stage)).toEqual({ triage: { default: 1, prod: 1 } });
  await expectNothingToDo(stage);
  await applied(stage, { triage: { description: "newer", ...prod } });
  expect(pointers(stage)).toEqual({ triage: { default: 3, prod: 3 } });
});
