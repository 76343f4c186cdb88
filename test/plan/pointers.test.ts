import { describe, expect, test } from "vitest";
import type { AliasTarget } from "../../src/agent/definition.ts";
import type { AliasName, Version } from "../../src/agent/identity.ts";
import type { RemoteAlias } from "../../src/agent/remote-agent.ts";
import { driftOf, overwrittenAgents } from "../../src/plan/agent-drift.ts";
import { applied, plan, project, tags, type Wanted } from "./world.ts";

const day = (second: number) =>
  `2026-01-01T00:${String(Math.floor(second / 60)).padStart(2, "0")}:${String(second % 60).padStart(2, "0")}.000000Z`;

/** Where a pointer stands, and since which second. */
type At = { readonly version: number; readonly second: number };

const aliasAt = (name: string, { version, second }: At): RemoteAlias => ({
  alias: name as AliasName,
  version: version as Version,
  created_at: day(0),
  updated_at: day(second),
});

/**
 * An agent with the versions 0 to 4, whose descriptions are their numbers, each released with prod. The file
 * wants the description `wants`; the default and prod stand where they are said to.
 */
function seen(options: {
  readonly wants: string;
  readonly at: At;
  readonly aliases: Readonly<Record<string, At>>;
  readonly file?: Readonly<Record<string, AliasTarget>>;
  readonly edited?: boolean;
  /** The first version whose release failed, and so did all later ones; none unless said. */
  readonly failedSince?: number;
}) {
  const {
    wants,
    at,
    aliases,
    file = { prod: "latest" },
    edited = false,
    failedSince = 9,
  } = options;
  const wanted = (description: string): Wanted => ({ key: "a", description, aliases: file });
  const versions = edited ? [0, 1, 2, 3, 4, 5] : [0, 1, 2, 3, 4];
  const versionOf = (version: number) =>
    applied(wanted(String(version)), {
      version,
      versions,
      updated_at: day(at.second),
      metadata: tags("a", {
        // An edit in the console copies the tags of the version before.
        version: String(Math.min(version, 4)),
        spec: "s",
        aliases: `prod=${version === 0 ? "" : Math.min(version, failedSince) - 1}`,
      }),
    });
  const remote = versionOf(at.version);
  const result = plan(project(wanted(wants)), [remote], {
    aliases: new Map([
      [remote.id, Object.entries(aliases).map(([name, each]) => aliasAt(name, each))],
    ]),
    histories: new Map([[remote.id, versions.map(versionOf)]]),
  });
  const [agent] = result.agents;
  if (agent === undefined) throw new Error("no plan");
  return {
    action: agent.action,
    drift: driftOf(agent).pointers.map(
      ({ pointer, expected, found }) => `${pointer} ${expected} -> ${found ?? "-"}`,
    ),
    moves: result.releaseWaves.flat().map(({ pointer, from, to }) => {
      const target =
        to.kind === "built" ? "new" : to.kind === "existing" ? String(to.version) : "-";
      return `${pointer} ${from ?? "-"} -> ${target}`;
    }),
    asks: overwrittenAgents(result).length > 0,
  };
}

describe("who moved a pointer", () => {
  test.each<[string, Parameters<typeof seen>[0], Partial<ReturnType<typeof seen>>]>([
    [
      "nobody: they agree",
      {
        wants: "4",
        at: { version: 4, second: 100 },
        aliases: { prod: { version: 4, second: 101 } },
      },
      { action: "noop", drift: [], moves: [] },
    ],
    [
      "a release that was killed after the PATCH: carried on",
      {
        wants: "4",
        at: { version: 4, second: 100 },
        aliases: { prod: { version: 3, second: 50 } },
      },
      { action: "noop", drift: [], moves: ["prod 3 -> 4"] },
    ],
    [
      "an emergency rollback of the alias: drift, also when the file changes at the same time",
      {
        wants: "new",
        at: { version: 4, second: 100 },
        aliases: { prod: { version: 3, second: 200 } },
      },
      { action: "update", drift: ["prod 4 -> 3"], moves: ["prod 3 -> new"] },
    ],
    [
      "the same within a second of the default: the alias, in doubt",
      {
        wants: "4",
        at: { version: 4, second: 100 },
        aliases: { prod: { version: 3, second: 100 } },
      },
      { drift: ["prod 4 -> 3"] },
    ],
    [
      "the default exactly a second later: the alias, still in doubt",
      {
        wants: "4",
        at: { version: 4, second: 101 },
        aliases: { prod: { version: 3, second: 100 } },
      },
      { drift: ["prod 4 -> 3"] },
    ],
    [
      "the default two seconds later: a release that was not finished",
      {
        wants: "4",
        at: { version: 4, second: 102 },
        aliases: { prod: { version: 3, second: 100 } },
      },
      { drift: [], moves: ["prod 3 -> 4"] },
    ],
    [
      "a rollback that the file follows: no drift, no version",
      {
        wants: "3",
        at: { version: 4, second: 100 },
        aliases: { prod: { version: 3, second: 200 } },
      },
      { action: "reuse", drift: [], moves: ["@default 4 -> 3"] },
    ],
    [
      "a default switched back by hand: drift, also when the alias stands at the target",
      {
        wants: "4",
        at: { version: 3, second: 200 },
        aliases: { prod: { version: 4, second: 100 } },
      },
      { action: "reuse", drift: ["@default 4 -> 3"], moves: ["@default 3 -> 4"] },
    ],
    [
      "a default that a failed release put back to what a killed one had left: carried on",
      {
        wants: "4",
        at: { version: 3, second: 200 },
        aliases: { prod: { version: 2, second: 50 } },
        failedSince: 3,
      },
      { action: "reuse", drift: [], moves: ["@default 3 -> 4", "prod 2 -> 4"] },
    ],
    [
      "the same where the alias was at one of the versions since: somebody moved both",
      {
        wants: "4",
        at: { version: 3, second: 200 },
        aliases: { prod: { version: 2, second: 50 } },
        failedSince: 4,
      },
      { action: "reuse", drift: ["@default 2 -> 3"] },
    ],
    [
      "a revert that was killed between its switch and its alias: carried on",
      {
        wants: "3",
        at: { version: 3, second: 200 },
        aliases: { prod: { version: 4, second: 100 } },
      },
      { action: "noop", drift: [], moves: ["prod 4 -> 3"] },
    ],
    [
      "an alias taken away by hand: drift",
      { wants: "4", at: { version: 4, second: 100 }, aliases: {} },
      { drift: ["prod 4 -> -"], moves: ["prod - -> 4"] },
    ],
    [
      "a first release that was killed before its alias: carried on",
      { wants: "0", at: { version: 0, second: 100 }, aliases: {} },
      { action: "noop", drift: [], moves: ["prod - -> 0"] },
    ],
    [
      "pins are simply set",
      {
        wants: "4",
        at: { version: 4, second: 100 },
        aliases: { prod: { version: 3, second: 200 } },
        file: { prod: 2 as Version },
      },
      { drift: [], moves: ["prod 3 -> 2"] },
    ],
    [
      "an alias that the file does not name is left alone",
      {
        wants: "4",
        at: { version: 4, second: 100 },
        aliases: { prod: { version: 3, second: 200 } },
        file: { staging: 4 as Version },
      },
      { drift: [], moves: ["staging - -> 4"] },
    ],
  ])("%s", (_name, options, expected) => {
    expect(seen(options)).toMatchObject({
      ...expected,
      asks: (expected.drift ?? []).length > 0,
    });
  });

  test("beside an edit in the console the alias belongs where the edit started from", () => {
    const edit = { wants: "4", at: { version: 5, second: 300 }, edited: true };
    const untouched = { prod: { version: 4, second: 100 } };
    expect(seen({ ...edit, aliases: untouched }).drift).toEqual([]);
    const rolledBack = { prod: { version: 3, second: 200 } };
    expect(seen({ ...edit, aliases: rolledBack }).drift).toEqual(["prod 4 -> 3"]);
  });

  test("an agent whose time is that of another alias's move says nothing about its default", () => {
    const at = { version: 4, second: 300 };
    const prod = { version: 3, second: 200 };
    const touched = { prod, canary: { version: 2, second: 300 } };
    expect(seen({ wants: "4", at, aliases: touched }).drift).toEqual(["prod 4 -> 3"]);
    // What a release itself puts elsewhere does not count: the memory of prod, and a pin.
    const remembered = { prod, "prod-prev": { version: 3, second: 300 } };
    expect(seen({ wants: "4", at, aliases: remembered }).drift).toEqual([]);
    const file = { prod: "latest", canary: 2 as Version } as const;
    expect(seen({ wants: "4", at, aliases: touched, file }).drift).toEqual([]);
  });
});

describe("the way back", () => {
  const at = { version: 4, second: 100 };
  test("a re-used version is remembered before the alias leaves the old one", () => {
    const reverted = seen({ wants: "2", at, aliases: { prod: { version: 4, second: 101 } } });
    expect(reverted.moves).toEqual(["@default 4 -> 2", "prod-prev - -> 4", "prod 4 -> 2"]);
  });

  test("a release that was reverted and comes again is remembered, one that is carried on is not", () => {
    const here = { wants: "4", at: { version: 3, second: 100 } };
    const prod = { version: 3, second: 101 };
    const reverted = { prod, "prod-prev": { version: 4, second: 101 } };
    expect(seen({ ...here, aliases: reverted }).moves).toEqual([
      "@default 3 -> 4",
      "prod-prev 4 -> 3",
      "prod 3 -> 4",
    ]);
    expect(seen({ ...here, aliases: { prod } }).moves).toEqual(["@default 3 -> 4", "prod 3 -> 4"]);
  });

  test("the next release with a new version forgets it before the alias moves", () => {
    const aliases = { prod: { version: 4, second: 101 }, "prod-prev": { version: 3, second: 90 } };
    expect(seen({ wants: "new", at, aliases }).moves).toEqual([
      "prod-prev 3 -> -",
      "prod 4 -> new",
    ]);
  });

  test("an alias of that name which the file itself has is nobody's memory", () => {
    const file = { prod: "latest", "prod-prev": 1 as Version } as const;
    const aliases = { prod: { version: 4, second: 101 }, "prod-prev": { version: 1, second: 90 } };
    expect(seen({ wants: "2", at, aliases, file }).moves).toEqual([
      "@default 4 -> 2",
      "prod 4 -> 2",
    ]);
  });
});
