import { describe, expect, test } from "vitest";
import type { AgentId } from "../../src/agent/identity.ts";
import type { RemoteAgent, RemoteAlias } from "../../src/agent/remote-agent.ts";
import { contentTag } from "../../src/plan/content-tag.ts";
import { abandonedCreates } from "../../src/plan/duplicates.ts";
import { project, tags, type Wanted } from "./world.ts";

const wanted = project({ key: "a" }, { key: "b", handoffs: ["a"] });

/** An agent of a run, created in the given second. */
function agent(
  id: string,
  key: string,
  run: string,
  second: number,
  {
    version = 0,
    versions = [version],
    ...more
  }: Partial<Record<string, unknown>> & {
    readonly version?: number;
    readonly versions?: readonly number[];
  } = {},
): RemoteAgent {
  const at = `2026-01-01T00:00:${String(second).padStart(2, "0")}.000000Z`;
  return {
    id,
    name: key,
    model: "m",
    created_at: at,
    updated_at: at,
    metadata: tags(key, { create: run, version: "0" }),
    version,
    versions,
    ...more,
  } as unknown as RemoteAgent;
}

const prod = (version: number): RemoteAlias =>
  ({ alias: "prod", version, created_at: "", updated_at: "" }) as unknown as RemoteAlias;

function found(
  agents: readonly RemoteAgent[],
  aliases: Record<string, readonly RemoteAlias[]> = {},
  desired = wanted,
  versions: Record<string, readonly RemoteAgent[]> = {},
): readonly string[] {
  return abandonedCreates(desired, agents, {
    aliases: new Map(Object.entries(aliases)) as Map<AgentId, readonly RemoteAlias[]>,
    histories: new Map(Object.entries(versions)) as Map<AgentId, readonly RemoteAgent[]>,
  }).map(({ remote }) => remote.id);
}

/** The versions of an agent that was completed after its create, the second one in the given release. */
const completed = (each: RemoteAgent, release: string): readonly RemoteAgent[] =>
  [0, 1].map((version) => {
    const own = tags("a", {
      create: `of ${each.id}`,
      version: String(version),
      release: version === 0 ? `of ${each.id}` : release,
    });
    return { ...each, metadata: own, version, versions: [0, 1] } as unknown as RemoteAgent;
  });

/** The agent after another write. */
const again = (each: RemoteAgent) =>
  ({ ...each, version: 1, versions: [0, 1] }) as unknown as RemoteAgent;

const one = agent("one", "a", "r1", 1);
const two = agent("two", "a", "r2", 2);

describe("agents that interrupted applies left", () => {
  test("none where each key has one agent", () => {
    expect(found([one, agent("b", "b", "r1", 2)])).toEqual([]);
  });

  test("all but that of the run that came first, in whatever order they are listed", () => {
    const three = agent("three", "a", "r3", 3);
    expect(found([one, two, three])).toEqual(["two", "three"]);
    expect(found([three, two, one]).toSorted()).toEqual(["three", "two"]);
  });

  test("the run whose first create is the oldest keeps all its keys", () => {
    const agents = [
      agent("a1", "a", "r1", 5),
      agent("b1", "b", "r1", 1, { handoffs: ["a1"] }),
      agent("a2", "a", "r2", 4),
      agent("b2", "b", "r2", 6, { handoffs: ["a2"] }),
    ];
    expect(found(agents).toSorted()).toEqual(["a2", "b2"]);
  });

  test("the older one, where the younger is in use", () => {
    expect(found([one, two], { two: [prod(0)] })).toEqual(["one"]);
    expect(found([one, again(two)])).toEqual(["one"]);
    const caller = agent("b", "b", "r2", 3, { handoffs: ["two"] });
    expect(found([one, two, caller])).toEqual(["one"]);
  });

  test("also one that its run completed, but not one that a later release wrote", () => {
    const own = { one: completed(one, "of one"), two: completed(two, "of two") };
    const [, first] = own.one;
    const [, second] = own.two;
    const both = [first, second].filter((each) => each !== undefined);
    expect(found(both, {}, wanted, own)).toEqual(["two"]);
    expect(found([one, ...both.slice(1)], {}, wanted, own)).toEqual(["two"]);
    const later = { ...own, two: completed(two, "another") };
    expect(found(both, {}, wanted, later)).toEqual(["one"]);
    expect(found(both, {}, wanted, { one: own.one.slice(1), two: own.two.slice(1) })).toEqual([]);
  });

  test("not one that somebody has edited in place: it is theirs by now", () => {
    const sent = contentTag({ description: "sent" }, { ignored: [], labels: [] });
    const edited = {
      ...two,
      description: "edited",
      metadata: tags("a", { create: "r2", content: sent }),
    };
    const asSent = { ...edited, description: "sent" };
    expect(found([one, asSent as unknown as RemoteAgent])).toEqual(["two"]);
    expect(found([one, edited as unknown as RemoteAgent])).toEqual(["one"]);
    expect(found([one, edited as unknown as RemoteAgent], { one: [prod(0)] })).toEqual([]);
  });

  test.each<[string, readonly RemoteAgent[], Record<string, readonly RemoteAlias[]>]>([
    ["a copy that was made in the console", [one, agent("copy", "a", "r1", 2)], {}],
    ["a copy beside an abandoned one", [one, agent("copy", "a", "r1", 2), two], {}],
    ["two that are in use", [one, two], { one: [prod(0)], two: [prod(0)] }],
    ["two that were written again", [one, two].map(again), {}],
    ["one without a nonce", [one, agent("two", "a", "", 2)], { one: [prod(0)] }],
    [
      "two that somebody else's agent hands off to",
      [
        one,
        two,
        { ...agent("x", "x", "", 3), metadata: {}, handoffs: ["one", "two"] } as RemoteAgent,
      ],
      {},
    ],
  ])("not %s: a person decides", (_name, agents, aliases) => {
    expect(found(agents, aliases)).toEqual([]);
  });

  test("not of a key that is bound by its id", () => {
    const bound: Wanted = { key: "a", id: "one" };
    expect(found([one, two], {}, project(bound))).toEqual([]);
  });

  test("not of a key that the file does not have, nor of another project", () => {
    expect(found([one, two], {}, project({ key: "b" }))).toEqual([]);
    const foreign = { project: "globex" };
    const theirs = [one, two].map(
      (each) => ({ ...each, metadata: tags("a", { ...foreign, create: each.id }) }) as RemoteAgent,
    );
    expect(found(theirs)).toEqual([]);
  });
});
