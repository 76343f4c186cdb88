import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildOrder } from "../../src/plan/build-order.ts";
import { components, feedbackVertexSet } from "../../src/plan/feedback-vertex-set.ts";
import { inWaves } from "../../src/plan/waves.ts";
import { key } from "./world.ts";

type Arrows = Readonly<Record<string, readonly string[]>>;

const graphOf = (arrows: Arrows) => new Map(Object.entries(arrows));

function isAcyclic(
  graph: ReadonlyMap<string, readonly string[]>,
  removed: ReadonlySet<string>,
): boolean {
  const left = new Map([...graph].filter(([node]) => !removed.has(node)));
  for (let shrank = true; shrank; ) {
    shrank = false;
    for (const [node, targets] of left) {
      if (!targets.some((target) => left.has(target))) {
        left.delete(node);
        shrank = true;
      }
    }
  }
  return left.size === 0;
}

/** The smallest set by trying all of them, beside those that are out anyway. */
function bruteForce(
  graph: ReadonlyMap<string, readonly string[]>,
  removed: ReadonlySet<string>,
): number {
  const nodes = [...graph.keys()].filter((node) => !removed.has(node));
  let best = nodes.length;
  for (let mask = 0; mask < 1 << nodes.length; mask += 1) {
    const chosen = nodes.filter((_node, at) => mask & (1 << at));
    if (chosen.length < best && isAcyclic(graph, new Set([...removed, ...chosen])))
      best = chosen.length;
  }
  return best + removed.size;
}

const randomGraph = (most: number) =>
  fc.integer({ min: 1, max: most }).chain((size) => {
    const nodes = Array.from({ length: size }, (_, at) => `n${at}`);
    return fc
      .tuple(...nodes.map(() => fc.subarray(nodes, { maxLength: Math.min(3, size) })))
      .map((targets) => new Map(nodes.map((node, at) => [node, targets[at] ?? []])));
  });

describe("fewest second writes", () => {
  test.each<[string, Arrows, number]>([
    ["nothing", {}, 0],
    ["a chain", { a: ["b"], b: ["c"], c: [] }, 0],
    ["a self-loop", { a: ["a"] }, 1],
    ["a triangle with a tail", { a: ["b"], b: ["c"], c: ["a", "d"], d: [] }, 1],
    ["two circles through one node", { a: ["b", "c"], b: ["a"], c: ["a"] }, 1],
    ["two circles apart", { a: ["b"], b: ["a"], c: ["d"], d: ["c"] }, 2],
    ["everybody to everybody", { a: ["b", "c"], b: ["a", "c"], c: ["a", "b"] }, 2],
  ])("%s", (_name, arrows, size) => {
    expect(feedbackVertexSet(graphOf(arrows), new Set()).size).toBe(size);
  });

  test("law: minimal against brute force, and what is out anyway counts", () => {
    fc.assert(
      fc.property(randomGraph(7), fc.nat(), (graph, seed) => {
        const removed = new Set([...graph.keys()].filter((_node, at) => (seed >> at) % 5 === 1));
        const found = feedbackVertexSet(graph, removed);
        expect(isAcyclic(graph, found)).toBe(true);
        expect(found.size).toBe(bruteForce(graph, removed));
      }),
      { numRuns: 300 },
    );
  });

  test("law: above the exact limit still a valid set without a needless member", () => {
    fc.assert(
      fc.property(randomGraph(30), (graph) => {
        const found = feedbackVertexSet(graph, new Set());
        expect(isAcyclic(graph, found)).toBe(true);
        for (const node of found) {
          const fewer = new Set([...found].filter((other) => other !== node));
          expect(isAcyclic(graph, fewer)).toBe(false);
        }
      }),
    );
  });

  test("a long chain needs no deep recursion", () => {
    const chain = new Map(
      Array.from({ length: 50_000 }, (_, at) => [`n${at}`, [`n${at + 1}`]] as const),
    );
    expect(components(chain)).toHaveLength(50_000);
  });
});

test("law: waves put callees before callers", () => {
  fc.assert(
    fc.property(randomGraph(12), (graph) => {
      const broken = feedbackVertexSet(graph, new Set());
      const acyclic = new Map(
        [...graph].map(([node, targets]) => [node, broken.has(node) ? [] : targets]),
      );
      const waves = inWaves(acyclic);
      const waveOf = new Map(waves.flatMap((wave, at) => wave.map((node) => [node, at] as const)));
      expect(waveOf.size).toBe(graph.size);
      for (const [node, targets] of acyclic) {
        for (const target of targets)
          expect(waveOf.get(target)).toBeLessThan(waveOf.get(node) ?? -1);
      }
    }),
  );
});

describe("build order", () => {
  const agent = (
    name: string,
    callees: readonly string[],
    isNew = true,
    needsSecondWrite = false,
  ) => ({
    key: key(name),
    isNew,
    handoffs: callees.map((callee) => ({ key: key(callee) })),
    needsSecondWrite,
  });

  test("existing agents are written once and wait for the new ones they name", () => {
    const order = buildOrder([agent("a", ["c"], false), agent("c", ["a"])]);
    expect(order.completedLater.size).toBe(0);
    expect(order.waves).toEqual([["c"], ["a"]]);
  });

  test("an agent that needs a second write anyway breaks its circle for free", () => {
    const order = buildOrder([agent("a", ["b"]), agent("b", ["a"], true, true)]);
    expect([...order.completedLater]).toEqual(["b"]);
  });

  test("an agent that hands off to itself is completed later", () => {
    expect([...buildOrder([agent("a", ["a"])]).completedLater]).toEqual(["a"]);
  });
});
