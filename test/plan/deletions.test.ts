import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Version } from "../../src/agent/identity.ts";
import { alias, applied, plan, project } from "./world.ts";

const options = { prune: true };

describe("what keeps an agent from being deleted", () => {
  const old = applied({ key: "old" });
  const calling = (version: number, versions: readonly number[]) =>
    applied({ key: "caller", handoffs: ["old"] }, { version, versions });
  const free = (version: number, versions: readonly number[]) =>
    applied({ key: "caller" }, { version, versions });
  const live = (...each: readonly (readonly [ReturnType<typeof free>, string])[]) =>
    [[old, "default"] as const, ...each].map(([agent, by]) => ({ agent, by })) as never;
  const refusals = (...args: Parameters<typeof plan>) =>
    plan(...args).refusals.map(({ kind }) => kind);

  test("an alias on the version that an update leaves behind", () => {
    const remote = calling(0, [0]);
    const wanted = { key: "caller", aliases: { prod: 0 as Version } };
    const around = { options, live: live([remote, "default"], [remote, "prod"]) };
    expect(refusals(project(wanted), [old, remote], around)).toEqual(["still_used"]);
    const following = { key: "caller", aliases: { prod: "latest" as const } };
    const aliases = new Map([[remote.id, [alias("prod", 0)]]]);
    expect(refusals(project(following), [old, remote], { ...around, aliases })).toEqual([]);
  });

  test("the way back from a re-used version", () => {
    const remote = calling(1, [0, 1]);
    const wanted = { key: "caller", aliases: { prod: "latest" as const } };
    const around = {
      options,
      aliases: new Map([[remote.id, [alias("prod", 1)]]]),
      histories: new Map([[remote.id, [free(0, [0, 1]), remote]]]),
      live: live([remote, "default"], [remote, "prod"]),
    };
    expect(refusals(project(wanted), [old, remote], around)).toEqual(["still_used"]);
  });

  test("a definition that names it by id", () => {
    const remote = free(0, [0]);
    const desired = project({ key: "caller" });
    const [agent] = desired.agents;
    const naming = { ...agent, definition: { ...agent?.definition, handoffs: [{ id: old.id }] } };
    const around = { options, live: live([remote, "default"]) };
    const result = plan({ ...desired, agents: [naming as never] }, [old, remote], around);
    expect(result.refusals).toMatchObject([{ kind: "still_used", by: [{ version: undefined }] }]);
  });
});

describe("the order of deletions", () => {
  test("callers go before callees, so that what is left hands off to nothing that is gone", () => {
    const chain = [
      applied({ key: "a", handoffs: ["b"] }),
      applied({ key: "b", handoffs: ["c"] }),
      applied({ key: "c" }),
    ];
    const { deletionWaves } = plan(project(), chain, { options });
    expect(deletionWaves).toEqual([["ag_a"], ["ag_b"], ["ag_c"]]);
  });

  test("law: every agent goes exactly once, and no callee before its caller where there is no circle", () => {
    const fleet = fc.integer({ min: 1, max: 8 }).chain((size) =>
      fc.array(fc.array(fc.nat(size - 1), { maxLength: 3 }), {
        minLength: size,
        maxLength: size,
      }),
    );
    fc.assert(
      fc.property(fleet, (calls) => {
        // Only forward handoffs: no circles.
        const remotes = calls.map((callees, at) =>
          applied({
            key: `k${at}`,
            handoffs: callees.filter((to) => to > at).map((to) => `k${to}`),
          }),
        );
        const { deletionWaves } = plan(project(), remotes, { options });
        const waveOf = new Map(deletionWaves.flatMap((wave, at) => wave.map((id) => [id, at])));
        expect(waveOf.size).toBe(remotes.length);
        for (const { id, handoffs } of remotes) {
          for (const callee of (handoffs ?? []) as readonly never[]) {
            expect(waveOf.get(id)).toBeLessThan(waveOf.get(callee) as number);
          }
        }
      }),
    );
  });
});
