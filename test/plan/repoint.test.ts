import { describe, expect, test } from "vitest";
import type { AliasName, Version } from "../../src/agent/identity.ts";
import type { JsonObject } from "../../src/agent/json.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { makePromotePlan, type Promotion } from "../../src/plan/promote-plan.ts";
import type { AgentWithAliases } from "../../src/plan/repoint-plan.ts";
import { makeRollbackPlan, type RollbackTarget } from "../../src/plan/rollback-plan.ts";
import { alias, applied, key, tags } from "./world.ts";

const scope = { server: "s", project: "acme", environment: "" };
const name = (text: string) => text as AliasName;

/** An agent with the versions 0 to 3, each of its own release. */
function standing(
  of: string,
  aliases: Readonly<Record<string, number>>,
  more: JsonObject & { readonly handoffs?: readonly string[] } = {},
): AgentWithAliases {
  const { handoffs, ...rest } = more;
  const remote = applied(
    { key: of, ...(handoffs !== undefined && { handoffs }) },
    { version: 3, versions: [0, 1, 2, 3], ...rest },
  );
  const places = Object.entries(aliases).map(([each, version]) => alias(each, version));
  return { key: key(of), remote, aliases: places };
}

const version = (
  of: string,
  number: number,
  release: string,
  before: string,
  more: JsonObject = {},
) =>
  applied(
    { key: of },
    {
      version: number,
      versions: [0, 1, 2, 3],
      metadata: tags(of, { version: String(number), release, aliases: before }),
      ...more,
    },
  );

const moves = ({ releaseWaves }: Plan) =>
  releaseWaves.map((wave) =>
    wave.map(({ key: of, pointer, from, to }) => {
      const target = to.kind === "existing" ? to.version : to.kind;
      return `${of}/${pointer} ${from ?? "-"} -> ${target}`;
    }),
  );
const refusals = ({ refusals: found }: Plan) => found.map(({ kind }) => kind);

describe("promote", () => {
  const a = standing("a", { staging: 3, prod: 1 }, { handoffs: ["b"] });
  const b = standing("b", { staging: 2, prod: 2 });
  const c = standing("c", { staging: 3 });
  const d = standing("d", { prod: 1 });
  const sources = new Map([
    [a.remote.id, a.remote],
    [b.remote.id, version("b", 2, "r2", "")],
    [c.remote.id, c.remote],
  ]);
  const promote = (more: Partial<Promotion> = {}, from = sources) =>
    makePromotePlan(scope, [a, b, c, d], from, {
      from: name("staging"),
      to: name("prod"),
      only: [],
      allowForeign: false,
      ...more,
    });

  test("moves every agent that has the first alias; what is left is remembered; the others stay", () => {
    expect(moves(promote())).toEqual([
      ["a/prod-prev - -> 1"],
      ["c/prod - -> 3"],
      ["a/prod 1 -> 3"],
    ]);
  });

  test("takes along what the named agents hand off to", () => {
    expect(promote({ only: ["a"] }).agents.map((agent) => agent.key)).toEqual(["a", "b"]);
    expect(promote({ only: ["c"] }).agents.map((agent) => agent.key)).toEqual(["c"]);
  });

  test("refuses versions that agentvane did not write as they stand, unless told", () => {
    const edited = new Map([...sources, [c.remote.id, version("c", 3, "r", "", { metadata: {} })]]);
    expect(refusals(promote({}, edited))).toEqual(["foreign_version"]);
    expect(refusals(promote({ only: ["a"] }, edited))).toEqual([]);
    expect(refusals(promote({ allowForeign: true }, edited))).toEqual([]);
  });

  test("takes a version from before the agent was renamed", () => {
    const metadata = tags("before", { version: "3" });
    const renamed = new Map([...sources, [c.remote.id, version("c", 3, "r", "", { metadata })]]);
    expect(refusals(promote({}, renamed))).toEqual([]);
  });

  test("refuses keys and aliases that are not there", () => {
    expect(refusals(promote({ only: ["x"] }))).toEqual(["unknown_key"]);
    expect(refusals(promote({ only: ["d"] }))).toEqual(["unknown_alias"]);
    expect(refusals(promote({}, new Map()))).toEqual(["unknown_alias"]);
  });

  test("says which moved agents others hand off to, since handoffs run the default", () => {
    const older = standing("b", { staging: 2, prod: 1 });
    const plan = makePromotePlan(scope, [a, older], sources, {
      from: name("staging"),
      to: name("prod"),
      only: [],
      allowForeign: false,
    });
    expect(plan.agents.map(({ notes }) => notes)).toEqual([
      [],
      [{ kind: "default_stays", handedOffBy: ["a"] }],
    ]);
  });
});

describe("rollback", () => {
  const a = standing("a", { prod: 3 });
  const b = standing("b", { prod: 2 });
  const c = standing("c", { prod: 1 });
  const fleet = [a, b, c];
  const targets = new Map([
    [a.remote.id, version("a", 3, "20260103T000000Z-x", "prod=1")],
    [b.remote.id, version("b", 2, "20260103T000000Z-x", "prod=0")],
    [c.remote.id, version("c", 1, "20260102T000000Z-x", "prod=0")],
  ]);
  const back = (way: RollbackTarget, sight: Partial<Parameters<typeof makeRollbackPlan>[1]> = {}) =>
    makeRollbackPlan(scope, { fleet, targets, histories: new Map(), ...sight }, name("prod"), way);

  test("undoes the newest release; agents it did not touch stay", () => {
    expect(moves(back({ kind: "release" }))).toEqual([
      ["a/prod-prev - -> 3", "b/prod-prev - -> 2"],
      ["a/prod 3 -> 1", "b/prod 2 -> 0"],
    ]);
  });

  const movedAt = (each: AgentWithAliases, time: string): AgentWithAliases => ({
    ...each,
    aliases: each.aliases.map((one) => ({ ...one, updated_at: time })),
  });

  test("what was moved without building goes back alone if it was moved last", () => {
    const promoted = standing("c", { prod: 1, "prod-prev": 3 });
    const later = movedAt(promoted, "2026-01-01T00:05:00.000000Z");
    expect(moves(back({ kind: "release" }, { fleet: [a, b, later] }))).toEqual([
      ["c/prod-prev 3 -> 1"],
      ["c/prod 1 -> 3"],
    ]);
  });

  test("a release that built some and used others again is undone as a whole", () => {
    const reused = standing("c", { prod: 1, "prod-prev": 3 });
    const [, aliases] = moves(back({ kind: "release" }, { fleet: [a, b, reused] }));
    expect(aliases?.toSorted()).toEqual(["a/prod 3 -> 1", "b/prod 2 -> 0", "c/prod 1 -> 3"]);
  });

  test("what is remembered of an older run stays when a newer one is undone", () => {
    const old = standing("c", { prod: 1, "prod-prev": 3 });
    const newer = [a, b].map((each) => movedAt(each, "2026-01-01T00:05:00.000000Z"));
    const plan = back({ kind: "release" }, { fleet: [...newer, old] });
    expect(plan.agents.map((agent) => agent.key)).toEqual(["a", "b"]);
  });

  test("of a first release, or of versions from outside, there is nothing to go back to", () => {
    const first = new Map([[a.remote.id, version("a", 3, "20260103T000000Z-x", "prod=")]]);
    expect(refusals(back({ kind: "release" }, { targets: first }))).toEqual(["nothing_before"]);
    const edited = new Map([[a.remote.id, version("a", 3, "r", "prod=1", { metadata: {} })]]);
    expect(refusals(back({ kind: "release" }, { targets: edited }))).toEqual(["nothing_before"]);
    // A console edit copies the tags of the version that it started from.
    const metadata = tags("a", { version: "2", release: "r", aliases: "prod=1" });
    const copied = new Map([[a.remote.id, version("a", 3, "r", "prod=1", { metadata })]]);
    expect(refusals(back({ kind: "release" }, { targets: copied }))).toEqual(["nothing_before"]);
  });

  test("to a version by number", () => {
    const to = (number: number, of = "a") =>
      back({ kind: "version", key: of, version: number as Version });
    expect(moves(to(0))).toEqual([["a/prod-prev - -> 3"], ["a/prod 3 -> 0"]]);
    expect(moves(to(3))).toEqual([]);
    expect(refusals(to(9))).toEqual(["unknown_version"]);
    expect(refusals(to(0, "x"))).toEqual(["unknown_key"]);
  });

  test("to a commit: each agent's newest version of it or of an ancestor", () => {
    const from = (of: string, number: number, commit: string) =>
      version(of, number, "r", "", { version_message: `agentvane, commit ${commit.repeat(40)}` });
    const histories = new Map([
      [a.remote.id, [from("a", 3, "c"), from("a", 2, "b"), from("a", 1, "a")]],
      [b.remote.id, [from("b", 2, "a"), from("b", 1, "a")]],
      [c.remote.id, [from("c", 1, "c")]],
    ]);
    const way = {
      kind: "commit",
      commit: "b".repeat(40),
      named: [],
      reaches: (commit: string) => commit < "c",
    } as const;
    expect(moves(back(way, { histories }))).toEqual([["a/prod-prev - -> 3"], ["a/prod 3 -> 2"]]);
    const nowhere = { ...way, reaches: () => false };
    expect(refusals(back(nowhere, { histories }))).toEqual(["unknown_commit"]);
  });

  test("two agents with one key are refused", () => {
    const twin = { ...a, remote: { ...a.remote, id: "ag_twin" as never } };
    const sight = { fleet: [a, twin, b, c] };
    expect(refusals(back({ kind: "release" }, sight))).toContain("duplicate_owner");
  });
});
