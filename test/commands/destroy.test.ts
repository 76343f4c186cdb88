import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BoundProject } from "../../src/agent/definition.ts";
import { type DestroyRequest, runDestroy } from "../../src/commands/destroy.ts";
import { serverWith } from "../apply/apply-plan.ts";
import type { FakeServer } from "../apply/fake-server.ts";
import { at, key, project, tags } from "../plan/world.ts";
import { carrying, idOf, only, person, told } from "./command-run.ts";

/** What a file says that names these keys, or nothing at all. */
function fileWith(
  protections: Readonly<Record<string, boolean | "unknown">>,
  more: Partial<BoundProject> = {},
): BoundProject {
  const agents = Object.entries(protections).map(([name, preventDestroy]) => ({
    key: key(name),
    preventDestroy,
    at,
  }));
  return { project: "acme", environment: "", isEphemeral: false, renames: [], agents, ...more };
}

const destroy = (
  server: FakeServer,
  desired: BoundProject,
  more: Partial<Pick<DestroyRequest, "only" | "approve" | "isPartlyRead">> = {},
) =>
  told((emit) =>
    runDestroy(
      {
        desired,
        server: "s",
        reader: server.reader,
        ...carrying(server),
        only: [],
        approve: undefined,
        isPartlyRead: false,
        ...more,
      },
      emit,
    ),
  );

describe("who is asked", () => {
  test.each([
    ["yes", 0, 0],
    ["no", 3, 2],
    ["unavailable", 64, 2],
  ] as const)("%s ends with %i and leaves %i agents", async (answer, code, left) => {
    const server = await serverWith({ key: "a" }, { key: "b" });
    const { asked, approve } = person(answer);
    const run = await destroy(server, fileWith({}), { approve });
    expect(asked).toEqual([only(run, "planned").plan]);
    expect(run.code).toBe(code);
    expect(server.agents.size).toBe(left);
  });

  test("nobody where a flag said so, where there is nothing, and where a rule forbids it", async () => {
    const server = await serverWith({ key: "a", protect: true });
    const { asked, approve } = person("yes");
    expect((await destroy(server, fileWith({}), { approve })).code).toBe(3);
    expect((await destroy(await serverWith(), fileWith({}), { approve })).code).toBe(0);
    expect(asked).toEqual([]);
    const other = await serverWith({ key: "a" });
    expect((await destroy(other, fileWith({}))).code).toBe(0);
    expect(other.agents.size).toBe(0);
  });
});

describe("protection", () => {
  const cases = fc.record({
    isTagged: fc.boolean(),
    file: fc.constantFrom<boolean | "unknown" | "absent">(true, false, "unknown", "absent"),
    isPartlyRead: fc.boolean(),
    isRenamed: fc.boolean(),
    isEphemeral: fc.boolean(),
  });
  type Case = typeof cases extends fc.Arbitrary<infer Value> ? Value : never;

  /** What keeps the agent; undefined for one that goes. */
  function reasonOf({ isTagged, file, isPartlyRead, isEphemeral }: Case): string | undefined {
    if (isTagged) return "protected";
    if (isEphemeral) return undefined;
    if (file === true) return "protected";
    const isUnread = file === "unknown" || (file === "absent" && isPartlyRead);
    return isUnread ? "protection_unknown" : undefined;
  }

  function fileOf({ file, isRenamed, isEphemeral }: Case): BoundProject {
    const protections = file === "absent" ? {} : { [isRenamed ? "new" : "a"]: file };
    const renames = isRenamed ? [{ from: key("a"), to: key("new"), at }] : [];
    return fileWith(protections, { renames, isEphemeral });
  }

  test("law: the tag, the file and what nobody can read protect, each by itself", async () => {
    const seen = new Set<string | undefined>();
    await fc.assert(
      fc.asyncProperty(cases, async (each) => {
        const reason = reasonOf(each);
        seen.add(reason);
        const server = await serverWith({ key: "a", protect: each.isTagged });
        const { isPartlyRead } = each;
        const run = await destroy(server, fileOf(each), { isPartlyRead });
        const kinds = only(run, "planned").plan.refusals.map(({ kind }) => kind);
        expect(kinds).toEqual(reason === undefined ? [] : [reason]);
        expect(run.code).toBe(reason === undefined ? 0 : 3);
        expect(server.agents.size).toBe(reason === undefined ? 0 : 1);
      }),
    );
    expect(seen).toEqual(new Set([undefined, "protected", "protection_unknown"]));
  });

  test("of one agent keeps all of them, and --only the others", async () => {
    const server = await serverWith({ key: "a", protect: true }, { key: "b" });
    expect((await destroy(server, fileWith({}))).code).toBe(3);
    expect(server.agents.size).toBe(2);
    expect((await destroy(server, fileWith({}), { only: ["b"] })).code).toBe(0);
    expect([...server.agents.keys()]).toEqual([idOf(server, "a")]);
  });
});

describe("what is deleted", () => {
  test("only this project's agents of this environment, and all of them", async () => {
    const server = await serverWith({ key: "a" }, { key: "b" });
    server.create({ name: "second a", model: "m", metadata: tags("a") });
    const kept = [
      { name: "nobody's", model: "m" },
      { name: "x", model: "m", metadata: tags("a", { project: "other" }) },
      { name: "y", model: "m", metadata: tags("a", { environment: "staging" }) },
    ].map((body) => server.create(body).id);
    expect((await destroy(server, fileWith({ a: false }))).code).toBe(0);
    expect([...server.agents.keys()]).toEqual(kept);
  });

  test("nothing that somebody else's agent hands off to, by its default or by an alias", async () => {
    const server = await serverWith({ key: "a" });
    const theirs = server.create({ name: "x", model: "m", handoffs: [idOf(server, "a")] });
    server.update(theirs.id, { handoffs: null });
    expect((await destroy(server, fileWith({}), { only: ["nobody"] })).code).toBe(3);
    server.setAlias(theirs.id, "live", 0);
    const run = await destroy(server, fileWith({}));
    expect(only(run, "planned").plan.refusals).toMatchObject([{ kind: "still_used", key: "a" }]);
    expect(server.agents.size).toBe(2);
    server.stored(theirs.id).aliases.delete("live");
    expect((await destroy(server, fileWith({}))).code).toBe(0);
  });

  test("a deletion that fails is told and ends with 6", async () => {
    const server = await serverWith({ key: "a" }, { key: "b" });
    server.faults = new Map([[0, "refuse"]]);
    const run = await destroy(server, fileWith({}));
    expect(run.kinds).toContain("delete_failed");
    expect(run.code).toBe(6);
  });
});

test("destroy is no apply: what a file wants is not made", async () => {
  const server = await serverWith({ key: "a" });
  const { agents } = project({ key: "a" }, { key: "new" });
  await destroy(server, fileWith({}, { agents }));
  expect(server.writes).toEqual(["remove ag_001"]);
});
