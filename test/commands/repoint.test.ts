import { describe, expect, test } from "vitest";
import type { DesiredProject } from "../../src/agent/definition.ts";
import type { AliasName, Version } from "../../src/agent/identity.ts";
import type { Emit } from "../../src/commands/event.ts";
import { runPromote } from "../../src/commands/promote.ts";
import type { PreparePins, RepointRequest } from "../../src/commands/repoint.ts";
import { type Back, runRollback } from "../../src/commands/rollback.ts";
import { apply } from "../apply/apply-plan.ts";
import { FakeServer } from "../apply/fake-server.ts";
import { project, tags } from "../plan/world.ts";
import { carrying, idOf, only, person, told } from "./command-run.ts";
import { commitId, relationsIn } from "./commit-graph.ts";

const both = { prod: "latest", staging: "latest" } as const;
const edition = (text: string, aliases: object): DesiredProject =>
  project(
    { key: "triage", description: text, handoffs: ["billing"], aliases: aliases as never },
    { key: "billing", description: text, aliases: aliases as never },
  );

/** Two agents with three versions each; `prod` stands at the second one, `staging` at the third. */
async function fleet(): Promise<FakeServer> {
  const server = new FakeServer();
  await apply(server, edition("first", both));
  await apply(server, edition("second", both));
  await apply(server, edition("third", { staging: "latest" }));
  server.writes.length = 0;
  return server;
}

type More = Partial<Pick<RepointRequest, "approve" | "aliasNames" | "preparePins" | "desired">>;

const requestOn = (server: FakeServer, more: More): RepointRequest => ({
  desired: { ...project(), ...more.desired },
  server: "s",
  reader: server.reader,
  ...carrying(server),
  approve: undefined,
  aliasNames: [],
  pattern: undefined,
  preparePins: undefined,
  ...more,
});

const promote = (
  server: FakeServer,
  from: string,
  to: string,
  {
    keys = [],
    environments = [],
    allowForeign = false,
    ...more
  }: More & {
    keys?: readonly string[];
    environments?: readonly string[];
    allowForeign?: boolean;
  } = {},
) => {
  const promotion = { from: from as AliasName, to: to as AliasName, only: keys, allowForeign };
  const request = { ...requestOn(server, more), promotion, environments };
  return told((emit) => runPromote(request, emit));
};

const rollback = (
  server: FakeServer,
  alias: string,
  back: Back = { kind: "release" },
  more: More = {},
) =>
  told((emit) =>
    runRollback({ ...requestOn(server, more), alias: alias as AliasName, back }, emit),
  );

const at = (server: FakeServer, key: string): Readonly<Record<string, number>> => ({
  default: server.stored(idOf(server, key)).current,
  ...Object.fromEntries(server.stored(idOf(server, key)).aliases),
});
const refusals = (run: Awaited<ReturnType<typeof promote>>) =>
  only(run, "planned").plan.refusals.map(({ kind }) => kind);

describe("promote", () => {
  test("moves what callees are first, remembers where the alias stood, and builds nothing", async () => {
    const server = await fleet();
    const run = await promote(server, "staging", "prod");
    const [billing, triage] = [idOf(server, "billing"), idOf(server, "triage")];
    expect(server.writes).toEqual([
      `alias ${billing} prod-prev=1`,
      `alias ${triage} prod-prev=1`,
      `alias ${billing} prod=2`,
      `alias ${triage} prod=2`,
    ]);
    expect(only(run, "pinned").pins).toEqual([
      { key: "billing", alias: "prod", version: 2 },
      { key: "triage", alias: "prod", version: 2 },
    ]);
    expect(run.code).toBe(0);
  });

  test("is undone by rollback, and the next release of the alias forgets the memory", async () => {
    const server = await fleet();
    await promote(server, "staging", "prod");
    expect((await rollback(server, "prod")).code).toBe(0);
    expect(at(server, "triage")).toEqual({ default: 2, staging: 2, prod: 1, "prod-prev": 2 });
    await apply(server, edition("fourth", both));
    expect(at(server, "triage")).toEqual({ default: 3, staging: 3, prod: 3 });
  });

  test.each([
    ["an agent alone, with what it hands off to", ["triage"], [2, 2]],
    ["an agent that hands off to nobody", ["billing"], [1, 2]],
  ])("%s", async (_what, keys, [triage, billing]) => {
    const server = await fleet();
    expect((await promote(server, "staging", "prod", { keys })).code).toBe(0);
    expect(at(server, "triage").prod).toBe(triage);
    expect(at(server, "billing").prod).toBe(billing);
  });

  test("versions from outside only on request", async () => {
    const server = await fleet();
    const id = idOf(server, "triage");
    server.update(id, { description: "theirs" });
    server.setAlias(id, "staging", 3);
    const run = await promote(server, "staging", "prod");
    expect(refusals(run)).toEqual(["foreign_version"]);
    expect(run.code).toBe(3);
    expect(server.writes).toEqual([]);
    expect((await promote(server, "staging", "prod", { allowForeign: true })).code).toBe(0);
    expect(at(server, "triage").prod).toBe(3);
  });

  test("an alias that nothing has: what there is, also in the files", async () => {
    const server = await fleet();
    const run = await promote(server, "stagin", "prod", { aliasNames: ["canary", "prod"] });
    const [refusal] = only(run, "planned").plan.refusals;
    expect(refusal).toMatchObject({
      kind: "unknown_alias",
      known: ["prod", "staging", "canary"],
    });
    expect(run.code).toBe(3);
  });

  test("an environment is no alias, unless one is called like it", async () => {
    const environments = ["dev", "staging"];
    const server = await fleet();
    expect(refusals(await promote(server, "dev", "prod", { environments }))).toEqual([
      "alias_is_environment",
    ]);
    expect((await promote(server, "staging", "prod", { environments })).code).toBe(0);
  });

  test("nothing is left to do", async () => {
    const server = await fleet();
    await promote(server, "staging", "prod");
    server.writes.length = 0;
    const { asked, approve } = person("yes");
    const run = await promote(server, "staging", "prod", { approve });
    expect(run).toMatchObject({ code: 0, kinds: ["fetching", "planned"] });
    expect(asked).toEqual([]);
    expect(server.writes).toEqual([]);
  });

  test("two agents of a key are nobody's to choose from", async () => {
    const server = await fleet();
    server.create({ name: "copy", model: "m", metadata: tags("triage") });
    expect((await promote(server, "staging", "prod")).code).toBe(4);
    expect(server.writes).toEqual([]);
  });
});

describe("who is asked", () => {
  test.each([
    ["yes", 0, 2],
    ["no", 3, 1],
    ["unavailable", 64, 1],
  ] as const)("%s ends with %i", async (answer, code, version) => {
    const server = await fleet();
    const { asked, approve } = person(answer);
    const run = await promote(server, "staging", "prod", { approve });
    expect(asked).toEqual([only(run, "planned").plan]);
    expect(run.code).toBe(code);
    expect(run.kinds.includes("pinned")).toBe(code === 0);
    expect(at(server, "triage").prod).toBe(version);
  });

  test("an alias that somebody moves while they read is left to them, and all go back", async () => {
    const server = await fleet();
    const id = idOf(server, "triage");
    const { approve } = person("yes", () => server.setAlias(id, "prod", 0));
    const run = await promote(server, "staging", "prod", { approve });
    expect(run.code).toBe(4);
    expect(run.kinds).not.toContain("pinned");
    expect(at(server, "triage")).toEqual({ default: 2, staging: 2, prod: 0 });
    expect(at(server, "billing")).toEqual({ default: 2, staging: 2, prod: 1 });
  });
});

describe("rollback", () => {
  test("undoes the newest release: no default moves, and it is remembered", async () => {
    const server = await fleet();
    const run = await rollback(server, "staging");
    expect(at(server, "triage")).toEqual({ default: 2, staging: 1, prod: 1, "staging-prev": 2 });
    expect(only(run, "pinned").pins).toContainEqual({
      key: "triage",
      alias: "staging",
      version: 1,
    });
    expect(run.code).toBe(0);
  });

  test("prefers what is remembered, and twice is there and back", async () => {
    const server = await fleet();
    await rollback(server, "staging");
    await rollback(server, "staging");
    expect(at(server, "triage")).toEqual({ default: 2, staging: 2, prod: 1, "staging-prev": 1 });
  });

  test("agents that the release did not touch stay", async () => {
    const server = await fleet();
    const { agents, ...rest } = edition("third", { staging: "latest" });
    const [triage] = edition("fourth", { staging: "latest" }).agents;
    await apply(server, {
      ...rest,
      agents: agents.map((agent) => (agent.key === triage?.key ? triage : agent)),
    });
    await rollback(server, "staging");
    expect(at(server, "triage").staging).toBe(2);
    expect(at(server, "billing").staging).toBe(2);
  });

  test("of one agent to a version, and to none that it does not have", async () => {
    const server = await fleet();
    const to = (key: string, version: number): Back => ({
      kind: "version",
      key,
      version: version as Version,
    });
    expect((await rollback(server, "prod", to("triage", 0))).code).toBe(0);
    expect(at(server, "triage").prod).toBe(0);
    expect(at(server, "billing").prod).toBe(1);
    const missing = await rollback(server, "prod", to("triage", 9));
    expect(refusals(missing)).toEqual(["unknown_version"]);
    expect(refusals(await rollback(server, "prod", to("nobody", 0)))).toEqual(["unknown_key"]);
    expect(missing.code).toBe(3);
  });

  test.each([
    ["where nothing has the alias", "canary", "unknown_alias"],
    ["before the first release", "live", "nothing_before"],
  ])("%s: refused", async (_what, alias, kind) => {
    const server = await fleet();
    server.setAlias(idOf(server, "triage"), "live", 2);
    const run = await rollback(server, alias);
    expect(refusals(run)).toEqual([kind]);
    expect(run.code).toBe(3);
    expect(server.writes).toEqual([]);
  });

  describe("to a commit", () => {
    const graph = { a: [], b: ["a"], c: ["b"], x: ["a"] };
    const messages = (server: FakeServer, ...texts: readonly string[]) => {
      for (const key of ["triage", "billing"]) {
        const { versions } = server.stored(idOf(server, key));
        for (const [number, version_message] of texts.entries())
          versions.set(number, { ...versions.get(number), version_message });
      }
    };
    const commit = (name: string) => `commit ${commitId(name)}`;
    const to = (name: string, known = true): Back => ({
      kind: "commit",
      commit: commitId(name),
      relations: known ? relationsIn(graph, name) : undefined,
    });

    test.each([
      ["its own version", ["a", "b", "c"], "b", 1],
      ["that of the newest ancestor", ["a", "a", "c"], "b", 1],
      ["not that of a descendant", ["a", "c", "c"], "b", 0],
      ["not that of another branch", ["a", "x", "c"], "b", 0],
    ])("%s", async (_what, names, name, version) => {
      const server = await fleet();
      messages(server, ...names.map(commit));
      const run = await rollback(server, "staging", to(name));
      expect(run.code).toBe(0);
      expect(at(server, "triage").staging).toBe(version);
    });

    test("not a version of files that no commit has", async () => {
      const server = await fleet();
      messages(server, commit("a"), `${commit("b")}-dirty`, commit("c"));
      await rollback(server, "staging", to("b"));
      expect(at(server, "triage").staging).toBe(0);
    });

    test("where git does not know it, only the commit itself counts", async () => {
      const server = await fleet();
      messages(server, ...["a", "b", "c"].map(commit));
      await rollback(server, "staging", to("b", false));
      expect(at(server, "triage").staging).toBe(1);
      const run = await rollback(server, "staging", to("d", false));
      expect(refusals(run)).toEqual(["unknown_commit"]);
    });

    test("the beginning of several is refused", async () => {
      const server = await fleet();
      const near = `commit ${commitId("b").slice(0, -1)}a`;
      messages(server, commit("a"), commit("b"), near);
      const back: Back = { kind: "commit", commit: "bbbbbbb", relations: undefined };
      expect(refusals(await rollback(server, "staging", back))).toEqual(["ambiguous_commit"]);
      expect(server.writes).toEqual([]);
    });
  });
});

describe("pins", () => {
  /** A configuration that takes pins, and notes when it is asked to. */
  function pinning(log: string[], unwritable: readonly string[] = []): PreparePins {
    return async (pins) => {
      log.push(`prepare ${pins.length}`);
      const write = async (emit: Emit) => {
        log.push("write");
        emit({ kind: "file_written", path: "agents.yaml" });
      };
      return { unwritable, write };
    };
  }

  test("have a place before anybody is asked, and are written when the aliases stand", async () => {
    const server = await fleet();
    const log: string[] = [];
    const { approve } = person("yes", () => log.push("asked"));
    const run = await promote(server, "staging", "prod", { approve, preparePins: pinning(log) });
    expect(log).toEqual(["prepare 2", "asked", "write"]);
    expect(run.kinds.slice(-2)).toEqual(["pinned", "file_written"]);
  });

  test("that no file takes are told before anything moves, and keep nothing from moving", async () => {
    const server = await fleet();
    const { approve } = person("yes");
    const preparePins = pinning([], ["agents.yaml"]);
    const { kinds, code } = await rollback(server, "prod", undefined, { approve, preparePins });
    expect(kinds.indexOf("pins_unwritable")).toBeLessThan(kinds.indexOf("apply_started"));
    expect(code).toBe(0);
  });

  test.each([
    ["somebody says no", "no", new Map(), 3],
    ["an alias does not move", "yes", new Map([[3, "refuse"] as const]), 5],
  ] as const)("are not written where %s", async (_what, answer, faults, code) => {
    const server = await fleet();
    const before = server.pointers();
    server.faults = faults;
    const log: string[] = [];
    const { approve } = person(answer);
    const run = await promote(server, "staging", "prod", { approve, preparePins: pinning(log) });
    expect(log).toEqual(["prepare 2"]);
    expect(run.kinds).not.toContain("pinned");
    expect(run.code).toBe(code);
    expect(server.pointers()).toEqual(before);
  });

  test("do not count in an ephemeral environment", async () => {
    const server = await fleet();
    const desired = { ...project(), isEphemeral: true };
    const run = await promote(server, "staging", "prod", { desired });
    expect(run.kinds).not.toContain("pinned");
    expect(run.code).toBe(0);
  });
});
