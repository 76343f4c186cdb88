import { describe, expect, test } from "vitest";
import { shiftsBetween } from "../../src/plan/shift.ts";
import { alias, applied, plan, project, remoteAgent } from "./world.ts";

const wanted = { key: "a", description: "new", aliases: { prod: "latest" as const } };
const other = { key: "b" };
const a = applied({ key: "a" });
const b = applied(other);
const standing = (version: number) => new Map([[a.id, [alias("prod", version)]]]);
const before = plan(project(wanted, other), [a, b], { aliases: standing(0) });

describe("whether a plan still holds", () => {
  test("it does when nothing moved, and when a stranger did", () => {
    const again = plan(project(wanted, other), [b, remoteAgent({ id: "ag_z" }), a], {
      aliases: standing(0),
    });
    expect(shiftsBetween(before, again)).toEqual([]);
    expect(again.digests).toEqual(before.digests);
  });

  test.each<[string, () => ReturnType<typeof plan>, object]>([
    [
      "an agent was patched",
      () =>
        plan(project(wanted, other), [applied({ key: "a" }, { version: 1, versions: [0, 1] }), b], {
          aliases: standing(0),
        }),
      { kind: "remote", key: "a" },
    ],
    [
      "an agent was patched and switched back",
      () =>
        plan(project(wanted, other), [applied({ key: "a" }, { versions: [0, 1] }), b], {
          aliases: standing(0),
        }),
      { kind: "remote", key: "a", before: { newest: 0 }, now: { newest: 1 } },
    ],
    [
      "an alias moved",
      () => plan(project(wanted, other), [a, b], { aliases: new Map([[a.id, []]]) }),
      { kind: "remote", key: "a", before: { aliases: { prod: 0 } }, now: { aliases: {} } },
    ],
    [
      "an agent was deleted",
      () => plan(project(wanted, other), [b]),
      { kind: "remote", key: "a", now: { id: null } },
    ],
    [
      "the file wants something else",
      () =>
        plan(project({ ...wanted, description: "newer" }, other), [a, b], { aliases: standing(0) }),
      { kind: "config", key: "a" },
    ],
    [
      "the file has another agent",
      () => plan(project(wanted, other, { key: "c" }), [a, b], { aliases: standing(0) }),
      { kind: "config", key: "c" },
    ],
  ])("it does not when %s, and that is named", (_name, now, expected) => {
    expect(shiftsBetween(before, now())).toMatchObject([expected]);
  });

  test("it does not for another server", () => {
    const scope = { ...before.scope, server: "elsewhere" };
    expect(shiftsBetween(before, { ...before, scope })).toMatchObject([
      { kind: "scope", member: "server" },
    ]);
  });

  test("it does not when the same inputs would lead elsewhere", () => {
    const digests = { ...before.digests, plan: "else" };
    expect(shiftsBetween(before, { ...before, digests })).toEqual([{ kind: "outcome" }]);
  });
});
