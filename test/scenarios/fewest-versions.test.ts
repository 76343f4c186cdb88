import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { awkward, variantsNamed } from "./behaviour-variants.ts";
import { type Stage, setStage } from "./stage.ts";
import {
  type Agents,
  agentNamed,
  applied,
  expectNothingToDo,
  methodsOf,
  versionCount,
} from "./steps.ts";

let stage: Stage;
afterEach(() => stage.close());

// What a create may say, and whether equal versions count, decides what is written twice.
const variants = [
  ...variantsNamed("the likely behaviour", "checked handoffs", "deployment_chat ignored on create"),
  awkward,
];

describe.each(variants)("under %s", (_name, behaviour) => {
  test("13: a chain costs a version each, a circle with a tail one more", async () => {
    stage = await setStage(behaviour);
    const chain: Agents = { a: { handoffs: ["b"] }, b: { handoffs: ["c"] }, c: {} };
    expect(methodsOf(await applied(stage, chain))).toEqual(["POST", "POST", "POST"]);
    expect(versionCount(stage)).toBe(3);
    const circle: Agents = {
      ...chain,
      k: { handoffs: ["l"] },
      l: { handoffs: ["m"] },
      m: { handoffs: ["k", "n"] },
      n: {},
    };
    expect(methodsOf(await applied(stage, circle)).toSorted()).toEqual([
      "PATCH",
      "POST",
      "POST",
      "POST",
      "POST",
    ]);
    expect(versionCount(stage)).toBe(8);
    await expectNothingToDo(stage);
  });

  test("13: what has to be written twice anyway breaks the circle that it is in", async () => {
    stage = await setStage(behaviour);
    const circle: Agents = {
      a: { handoffs: ["b"] },
      b: { handoffs: ["c"], deployment_chat: true },
      c: { handoffs: ["a"] },
      alone: { handoffs: ["alone"] },
    };
    expect(methodsOf(await applied(stage, circle)).toSorted()).toEqual([
      "PATCH",
      "PATCH",
      "POST",
      "POST",
      "POST",
      "POST",
    ]);
    expect(versionCount(stage)).toBe(6);
    const { id, versions } = agentNamed(stage, "b");
    expect(versions).toHaveLength(2);
    expect(stage.emulator.control.shown(id).deployment_chat).toBe(true);
    await expectNothingToDo(stage);
  });

  test("14: a new agent in a circle with one that is there: one POST, one PATCH, nothing else", async () => {
    stage = await setStage(behaviour);
    await applied(stage, { a: { handoffs: ["b"] }, b: {} });
    const a = agentNamed(stage, "a");
    const b = agentNamed(stage, "b");
    const writes = await applied(stage, {
      a: { handoffs: ["b", "c"], description: "changed" },
      b: {},
      c: { handoffs: ["a"] },
    });
    expect(writes).toEqual(["POST /v1/agents", `PATCH /v1/agents/${a.id}`]);
    expect(versionCount(stage)).toBe(4);
    expect(agentNamed(stage, "b")).toEqual(b);
    expect(stage.emulator.control.shown(a.id).handoffs).toEqual([b.id, agentNamed(stage, "c").id]);
    await expectNothingToDo(stage);
  });
});

test("14: agents that are there and come to stand in a circle are written once each", async () => {
  stage = await setStage();
  await applied(stage, { a: {}, b: {}, c: {} });
  const writes = await applied(stage, {
    a: { handoffs: ["b"] },
    b: { handoffs: ["c"] },
    c: { handoffs: ["a"] },
  });
  expect(methodsOf(writes)).toEqual(["PATCH", "PATCH", "PATCH"]);
  await expectNothingToDo(stage);
});

test("13: law: a new fleet costs a version each, and a minimum feedback vertex set more", async () => {
  const keys = ["a", "b", "c", "d", "e", "f"];
  const edge = fc.tuple(fc.constantFrom(...keys), fc.constantFrom(...keys));
  const graph = fc.uniqueArray(edge, { minLength: 5, maxLength: 14, selector: String });
  await fc.assert(
    fc.asyncProperty(graph, async (edges) => {
      stage = await setStage();
      const agents = Object.fromEntries(
        keys.map((key) => {
          const handoffs = edges.filter(([from]) => from === key).map(([, to]) => to);
          return [key, handoffs.length > 0 ? { handoffs } : {}];
        }),
      );
      await applied(stage, agents);
      expect(versionCount(stage), JSON.stringify(edges)).toBe(
        keys.length + leastBroken(keys, edges),
      );
      expect((await stage.run("plan --detailed-exitcode")).code).toBe(0);
      await stage.close();
    }),
    { numRuns: 6 },
  );
  stage = await setStage();
});

type Edges = readonly (readonly [from: string, to: string])[];

/** The size of a minimum feedback vertex set, by trying every set. */
function leastBroken(keys: readonly string[], edges: Edges): number {
  const sizes = Array.from({ length: 2 ** keys.length }, (_, bits) => {
    const left = keys.filter((_key, at) => ((bits >> at) & 1) === 0);
    return isAcyclic(left, edges) ? keys.length - left.length : keys.length;
  });
  return Math.min(...sizes);
}

function isAcyclic(keys: readonly string[], edges: Edges): boolean {
  const inside = edges.filter(([from, to]) => keys.includes(from) && keys.includes(to));
  const rest = keys.filter((key) => inside.some(([from]) => from === key));
  if (rest.length === keys.length) return keys.length === 0;
  return isAcyclic(rest, inside);
}

test("1, 13: nothing is written again for a caller of an agent that changes", async () => {
  stage = await setStage();
  await applied(stage, { a: { handoffs: ["b"], aliases: ["prod"] }, b: { aliases: ["prod"] } });
  const b = agentNamed(stage, "b");
  const writes = await applied(stage, {
    a: { handoffs: ["b"], aliases: ["prod"] },
    b: { description: "new", aliases: ["prod"] },
  });
  expect(writes).toEqual([
    `PATCH /v1/agents/${b.id}`,
    `PUT /v1/agents/${b.id}/aliases?alias=prod&version=1`,
  ]);
});
