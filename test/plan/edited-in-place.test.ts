import { describe, expect, test } from "vitest";
import type { AgentId, Version } from "../../src/agent/identity.ts";
import { pathText } from "../../src/agent/property-path.ts";
import type { RemoteAgent, RemoteAlias } from "../../src/agent/remote-agent.ts";
import { withAllDrift } from "../../src/plan/agent-drift.ts";
import { sentVersion } from "./sent-version.ts";
import { alias, plan, project, type Wanted } from "./world.ts";

const one: Wanted = { key: "a", description: "one", aliases: { prod: "latest" } };
const two: Wanted = { ...one, description: "two" };
const both = [0, 1];
const time = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString();
const edited = { description: "by hand" };

type Sight = {
  readonly history?: readonly RemoteAgent[];
  readonly aliases?: readonly RemoteAlias[];
  readonly overwrites?: boolean;
};

/** What a plan does about an agent, what it would take back, and all that was changed outside. */
function seen(wanted: Wanted, remote: RemoteAgent, sight: Sight = {}) {
  const { history = [remote], aliases = [], overwrites = false } = sight;
  const [agent] = plan(project(wanted), [remote], {
    histories: new Map([[remote.id, history]]),
    aliases: new Map<AgentId, readonly RemoteAlias[]>([[remote.id, aliases]]),
    overwrites,
  }).agents;
  if (agent === undefined || !("outside" in agent)) throw new Error("the agent exists");
  const paths = (drift: typeof agent.drift) =>
    drift.properties.map(({ path, inPlace }) =>
      inPlace === undefined ? pathText(path) : `${pathText(path)}@${inPlace}`,
    );
  const all = withAllDrift(agent);
  return {
    action: agent.action === "reuse" ? `reuse ${agent.version}` : agent.action,
    drift: paths(agent.drift),
    outside: paths("drift" in all ? all.drift : agent.outside),
  };
}

describe("the only version of an agent that is not as it was sent", () => {
  const at = (seconds: number) =>
    sentVersion(one, { ...edited, created_at: time(0), updated_at: time(seconds) });

  test.each([
    ["at once", 0],
    ["within a second", 1],
  ])("and was written %s was not taken: it is verified again", (_name, seconds) => {
    expect(seen(one, at(seconds))).toMatchObject({ action: "reuse 0", outside: [] });
  });

  test("and was written later was edited, and callers would lose that", () => {
    expect(seen(one, at(1.001))).toEqual({
      action: "update",
      drift: ["description@0"],
      outside: ["description@0"],
    });
  });

  test("was edited however soon, once an alias of its release stands on it", () => {
    const version = sentVersion(one, { ...edited, updated_at: time(0), moves: "prod=" });
    expect(seen(one, version, { aliases: [alias("prod", 0)] }).drift).toEqual(["description@0"]);
  });
});

describe("the default of several versions that is not as it was sent", () => {
  const before = sentVersion(one, { versions: both });
  const cleared: Wanted = { key: "a", aliases: { prod: "latest" } };
  const standing = (wanted: Wanted, moves: string, description: string) => {
    // However soon it was written: only of the first version nobody can have had the time.
    const remote = sentVersion(wanted, {
      version: 1,
      versions: both,
      moves,
      description,
      created_at: time(0),
      updated_at: time(0),
    });
    return seen(wanted, remote, { history: [before, remote], aliases: [alias("prod", 0)] }).outside;
  };

  test.each<[string, Wanted, string, string, readonly string[]]>([
    [
      "was not taken where its aliases stand elsewhere and it is as before",
      two,
      "prod=0",
      "one",
      [],
    ],
    ["was edited where it is not as before", two, "prod=0", "by hand", ["description@1"]],
    ["was edited where it moves no alias", two, "", "one", ["description@1"]],
    ["was not taken where that was to be cleared", cleared, "", "one", []],
    [
      "was edited where it was to be cleared and is not as before",
      cleared,
      "",
      "x",
      ["description@1"],
    ],
  ])("%s", (_name, wanted, moves, description, outside) => {
    expect(standing(wanted, moves, description)).toEqual(outside);
  });
});

describe("a version that is not the default", () => {
  const first = sentVersion(one, { versions: both });
  const last = (now: object) => sentVersion(two, { version: 1, versions: both, ...now });
  const byDefault = { ...first, versions: both as Version[] } as RemoteAgent;

  test("the newest was not taken, since its release failed: it is verified again", () => {
    const history = [byDefault, last({ description: "one" })];
    expect(seen(two, byDefault, { history })).toMatchObject({ action: "reuse 1", outside: [] });
  });

  test("an older one was edited, and is not used again", () => {
    const older = sentVersion(one, { versions: both, ...edited });
    const remote = last({});
    expect(seen(one, remote, { history: [older, remote] }).action).toBe("update");
  });

  test("is not used again where the edit is just what is wanted now", () => {
    const three = { ...one, description: "three" };
    const older = sentVersion(one, { versions: both, description: "three" });
    const remote = last({});
    expect(seen(three, remote, { history: [older, remote] }).action).toBe("update");
  });

  test("is not used again where something that was to be sent is missing, although all that is wanted is there", () => {
    const history = [byDefault, last({ description: "three" })];
    const three = { ...one, description: "three" };
    expect(seen(three, byDefault, { history }).action).toBe("update");
  });

  test("is used again where it is as it was sent", () => {
    const remote = last({});
    expect(seen(one, remote, { history: [byDefault, remote] }).action).toBe("reuse 0");
  });

  test("is used again where it was built for this and an old edit is none of it", () => {
    const older = sentVersion(one, { versions: both, instructions: "by hand" });
    const remote = last({});
    expect(seen(one, remote, { history: [older, remote] }).action).toBe("update");
  });
});

describe("an edit behind an alias", () => {
  const older = sentVersion(one, { versions: both, moves: "prod=", ...edited });
  const remote = sentVersion(two, { version: 1, versions: both, moves: "prod=0" });
  const sight = { history: [older, remote], aliases: [alias("prod", 0)] };

  test("is told, and taken from callers where the alias follows", () => {
    const { drift, outside } = seen(two, remote, sight);
    expect(outside).toEqual(["description@0"]);
    expect(drift).toEqual(["description@0"]);
  });

  test("is told, and takes nothing from callers where the alias is pinned", () => {
    const pinned = { ...two, aliases: { prod: 0 as Version } };
    const { drift, outside } = seen(pinned, remote, sight);
    expect(outside).toEqual(["description@0"]);
    expect(drift).toEqual([]);
  });

  test("takes nothing from callers where the new version has the same", () => {
    const same = { ...one, ...edited };
    const newer = sentVersion(same, { version: 1, versions: both, moves: "prod=0" });
    const { drift, outside } = seen(same, newer, { ...sight, history: [older, newer] });
    expect(outside).toEqual(["description@0"]);
    expect(drift).toEqual([]);
  });

  test("is no matter where only an alias of somebody else stands there", () => {
    expect(seen(two, remote, { ...sight, aliases: [alias("other", 0)] }).outside).toEqual([]);
  });
});

describe("deployment_chat", () => {
  const chatty = { deployment_chat: true };
  const base = sentVersion(one, { versions: both });
  /** A console edit copies the tags into a version with another number. */
  const copied = (wanted: Wanted) => {
    const { metadata } = sentVersion(wanted);
    return sentVersion(wanted, { ...chatty, version: 1, versions: both, metadata } as never);
  };

  test("that the file does not declare is nobody's drift", () => {
    const remote = copied(one);
    expect(seen(one, remote, { history: [base, remote] }).outside).toEqual([]);
    const later = { ...chatty, updated_at: time(60), created_at: time(0) };
    expect(seen(one, sentVersion(one, later)).outside).toEqual([]);
    // A version that was made while the file declared it has digits of it.
    const declaring = sentVersion({ ...one, deployment_chat: false }, later);
    expect(seen(one, declaring).outside).toEqual([]);
  });

  test("that the file declares is", () => {
    const declared = { ...one, deployment_chat: false };
    const remote = copied(declared);
    const history = [sentVersion(declared, { versions: both }), remote];
    expect(seen(declared, remote, { history }).outside).toEqual(["deployment_chat"]);
    const inPlace = sentVersion(declared, { ...chatty, updated_at: time(60), created_at: time(0) });
    expect(seen(declared, inPlace).outside).toEqual(["deployment_chat@0"]);
  });

  test("that the file declares since is not drift where only the version before did not", () => {
    const inPlace = sentVersion(one, { ...chatty, updated_at: time(60), created_at: time(0) });
    expect(seen({ ...one, deployment_chat: false }, inPlace).outside).toEqual([]);
  });
});
