import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AliasTarget } from "../../src/agent/definition.ts";
import type { AgentId, Version } from "../../src/agent/identity.ts";
import type { JsonObject } from "../../src/agent/json.ts";
import { pathText } from "../../src/agent/property-path.ts";
import { driftOf, overwrittenAgents, withAllDrift } from "../../src/plan/agent-drift.ts";
import { hasChanges } from "../../src/plan/has-changes.ts";
import { definition } from "../agent/wire-agent.ts";
import { alias, applied, model, plan, project, remoteAgent, tags } from "./world.ts";

const actions = (result: ReturnType<typeof plan>) =>
  Object.fromEntries(result.agents.map(({ key, action }) => [key, action]));
const changes = (result: ReturnType<typeof plan>) =>
  result.agents.flatMap((agent) =>
    "changes" in agent
      ? agent.changes.map(({ path, origin }) => `${agent.key}.${pathText(path)} ${origin}`)
      : [],
  );
const moves = (result: ReturnType<typeof plan>) =>
  result.releaseWaves.map((wave) =>
    wave.map(({ key, pointer, from, to }) => {
      const target =
        to.kind === "built" ? `new ${to.expected}` : to.kind === "existing" ? to.version : "-";
      return `${key}/${pointer} ${from ?? "-"} -> ${target}`;
    }),
  );
const prod = { prod: "latest" } as const;

describe("what is done about an agent", () => {
  test("nothing there: create, and its alias goes to the first version", () => {
    const result = plan(project({ key: "a", aliases: prod }), []);
    expect(actions(result)).toEqual({ a: "create" });
    expect(moves(result)).toEqual([["a/prod - -> new 0"]]);
    expect(hasChanges(result)).toBe(true);
  });

  test("as it was applied: nothing", () => {
    const wanted = { key: "a", instructions: "x", aliases: prod };
    const remote = applied(wanted);
    const result = plan(project(wanted), [remote], {
      aliases: new Map([[remote.id, [alias("prod", 0)]]]),
    });
    expect(actions(result)).toEqual({ a: "noop" });
    expect(hasChanges(result)).toBe(false);
  });

  test("a change in the file: one update to the next number after the highest", () => {
    const remote = applied({ key: "a" }, { version: 2, versions: [0, 5, 2] });
    const result = plan(project({ key: "a", description: "new", aliases: prod }), [remote], {
      aliases: new Map([[remote.id, [alias("prod", 2)]]]),
    });
    expect(changes(result)).toEqual(["a.description yours"]);
    expect(moves(result)).toEqual([["a/prod 2 -> new 6"]]);
    expect(overwrittenAgents(result)).toEqual([]);
  });

  test("bound by id and equal: adopted without a write", () => {
    const result = plan(project({ key: "a", id: "ag_1" }), [
      remoteAgent({ id: "ag_1", name: "a" }),
    ]);
    expect(actions(result)).toEqual({ a: "adopt" });
    expect(hasChanges(result)).toBe(false);
  });

  test("a thin file over an agent of nobody counts as drift where it would wipe something", () => {
    const rich = remoteAgent({ id: "ag_1", name: "a", instructions: "long and dear" });
    expect(overwrittenAgents(plan(project({ key: "a", id: "ag_1" }), [rich]))).toHaveLength(1);
    const wanted = { key: "a", id: "ag_1", instructions: "mine" };
    expect(overwrittenAgents(plan(project(wanted), [rich]))).toEqual([]);
  });

  test("a default from before the adoption is drift, and so is the pointer to it", () => {
    const versions = [0, 1];
    const before = remoteAgent({ id: "ag_a", name: "a", instructions: "theirs", versions });
    const mine = { key: "a", id: "ag_a", instructions: "mine", aliases: prod };
    const after = applied(mine, { version: 1, versions });
    const metadata = { ...(after.metadata as object), "agentvane.aliases": "prod=" };
    const sight = {
      histories: new Map([[before.id, [before, { ...after, metadata }]]]),
      aliases: new Map([[before.id, [alias("prod", 1)]]]),
    };
    const result = plan(project({ ...mine, description: "next" }), [before], sight);
    expect(changes(result)).toEqual(["a.description yours", "a.instructions drift"]);
    expect(overwrittenAgents(result)).toMatchObject([
      { drift: { pointers: [{ pointer: "@default", expected: 1, found: 0 }] } },
    ]);
    // Without a version of ours it is an adoption: all is the file's.
    expect(overwrittenAgents(plan(project(mine), [before]))).toEqual([]);
  });

  test("protection alone is one version", () => {
    const result = plan(project({ key: "a", protect: true }), [applied({ key: "a" })]);
    expect(changes(result)).toEqual(["a.metadata.agentvane.protect yours"]);
  });

  test("an ignored path is no change", () => {
    const remote = applied({ key: "a", completion_args: { temperature: 0.9 } });
    const wanted = {
      key: "a",
      completion_args: { temperature: 0.1 },
      ignore: ["completion_args.temperature"],
    };
    expect(actions(plan(project(wanted), [remote]))).toEqual({ a: "noop" });
  });
});

describe("models", () => {
  const models = [model({ id: "m", aliases: ["m-latest"] })];
  test("one that the server does not list is noted where it is set, and stops nothing", () => {
    const typo = plan(project({ key: "a", model: "mm" }), [], { listed: { models } });
    expect(typo.agents[0]?.notes).toEqual([{ kind: "unknown_model", model: "mm" }]);
    expect(typo.refusals).toEqual([]);
    const changed = plan(project({ key: "a", model: "mm" }), [applied({ key: "a" })], {
      listed: { models },
    });
    expect(changed.agents[0]?.notes).toEqual([{ kind: "unknown_model", model: "mm" }]);
  });

  test("nothing is said where it is listed, not touched, or the list could not be had", () => {
    const notes = (...args: Parameters<typeof plan>) =>
      plan(...args).agents.flatMap((each) => each.notes);
    expect(notes(project({ key: "a", model: "m-latest" }), [], { listed: { models } })).toEqual([]);
    const kept = { key: "a", model: "old", description: "new" };
    expect(
      notes(project(kept), [applied({ key: "a", model: "old" })], { listed: { models } }),
    ).toEqual([]);
    expect(notes(project({ key: "a", model: "mm" }), [])).toEqual([]);
  });
});

describe("libraries and connectors", () => {
  const listed = { libraries: ["lib-1"], connectors: ["crm", "id-of-crm"] };
  const tools = (library: string, connector: string) => [
    { type: "document_library", library_ids: [library] },
    { type: "connector", connector_id: connector },
  ];
  const notes = (...args: Parameters<typeof plan>) =>
    plan(...args).agents.flatMap((each) => each.notes);

  test("that the server does not list are noted where they are set, and stop nothing", () => {
    const wanted = project({ key: "a", tools: tools("lib-9", "cmr") });
    const unlisted = [
      { kind: "unlisted_library", library: "lib-9" },
      { kind: "unlisted_connector", connector: "cmr" },
    ];
    expect(notes(wanted, [], { listed })).toEqual(unlisted);
    expect(notes(wanted, [applied({ key: "a" })], { listed })).toEqual(unlisted);
    expect(plan(wanted, [], { listed }).refusals).toEqual([]);
  });

  test("that it lists, that were there before, or that it was not asked for are not", () => {
    expect(notes(project({ key: "a", tools: tools("lib-1", "crm") }), [], { listed })).toEqual([]);
    const old = { key: "a", tools: tools("lib-9", "cmr") };
    const changed = project({ ...old, description: "new" });
    expect(notes(changed, [applied(old)], { listed })).toEqual([]);
    expect(notes(project(old), [])).toEqual([]);
  });
});

describe("edits made outside", () => {
  const was = { key: "a", description: "d", instructions: "i" };
  const edited = applied(was, {
    version: 1,
    versions: [0, 1],
    description: "theirs",
    metadata: tags("a"),
  });
  const histories = new Map([[edited.id, [edited, applied(was)]]]);

  test("only theirs is drift", () => {
    const result = plan(project(was), [edited], { histories });
    expect(changes(result)).toEqual(["a.description drift"]);
    expect(overwrittenAgents(result)).toHaveLength(1);
  });

  test("only yours stays yours, though the version is not ours", () => {
    const sameContent = applied(was, { version: 1, versions: [0, 1], metadata: tags("a") });
    const known = new Map([[sameContent.id, [sameContent, applied(was)]]]);
    const result = plan(project({ ...was, instructions: "mine" }), [sameContent], {
      histories: known,
    });
    expect(changes(result)).toEqual(["a.instructions yours"]);
    expect(overwrittenAgents(result)).toEqual([]);
  });

  test("both on the same property is a conflict, both on different ones are told apart", () => {
    expect(
      changes(plan(project({ ...was, description: "mine" }), [edited], { histories })),
    ).toEqual(["a.description conflict"]);
    expect(
      changes(plan(project({ ...was, instructions: "mine" }), [edited], { histories })),
    ).toEqual(["a.description drift", "a.instructions yours"]);
  });

  test("the same edit on both sides is re-tagged with one version, and is no drift", () => {
    const result = plan(project({ ...was, description: "theirs" }), [edited], { histories });
    expect(changes(result)).toEqual(["a.metadata.agentvane.version yours"]);
    expect(overwrittenAgents(result)).toEqual([]);
  });

  test("without a version that proves itself, everything is drift", () => {
    const result = plan(project({ ...was, instructions: "mine" }), [edited]);
    expect(changes(result)).toEqual(["a.description drift", "a.instructions drift"]);
  });
});

describe("an edit on top of a version that was used again", () => {
  const versions = [0, 1, 2] as const;
  const of = (description: string) => ({ key: "a", description, aliases: prod });
  const [one, two] = [of("one"), of("two")];
  const later = { versions, updated_at: "2026-01-01T01:00:00.000000Z" };
  const history = [applied(one, { version: 0, versions }), applied(two, { version: 1, versions })];
  const copied = history[0]?.metadata ?? null;
  const edited = (description: string) =>
    applied(of(description), { version: 2, ...later, metadata: copied });
  const planned = (wants: string, remote = edited("theirs")) =>
    plan(project(of(wants)), [remote], {
      histories: new Map([[remote.id, [...history, remote]]]),
      aliases: new Map([[remote.id, [alias("prod", 0)]]]),
    });

  test("started from the version whose tags it copied, and not from the newest one", () => {
    const result = planned("one");
    expect(changes(result)).toEqual(["a.description drift"]);
    expect(driftOf(result.agents[0] as never)).toEqual({
      properties: [{ path: ["description"], before: "one", after: "theirs" }],
      pointers: [],
    });
    expect(changes(planned("two"))).toEqual(["a.description conflict"]);
    expect(overwrittenAgents(planned("theirs"))).toEqual([]);
  });

  test("and from the newest one that proves itself when that one is none", () => {
    const lost = applied(of("theirs"), {
      version: 2,
      ...later,
      metadata: tags("a", { version: "7" }),
    });
    const [agent] = planned("two", lost).agents;
    expect(driftOf(agent as never).properties).toEqual([
      { path: ["description"], before: "two", after: "theirs" },
    ]);
  });
});

describe("law: what drift says of properties does not depend on what is pending in the file", () => {
  const pending = definition.map(({ name: _name, model: _model, ...rest }) => rest);
  const rest = { key: "a", name: "a", model: "m" };
  /** Which labels are managed is a rule of the file, as what is ignored; their values are what is pending. */
  const sameLabels = (content: JsonObject): JsonObject => {
    const team = (content.metadata as JsonObject | null)?.team ?? null;
    return { ...content, metadata: { team } };
  };
  const numbered = (content: JsonObject, version: number, tagged = version) => {
    const { metadata, ...members } = JSON.parse(
      JSON.stringify(content).replaceAll(/\{"(?:key|id)":("[^"]*")\}/g, "$1"),
    );
    return remoteAgent({
      ...rest,
      id: "ag_a",
      ...members,
      version,
      versions: [0, 1, 2],
      metadata: { ...metadata, theirs: "x", ...tags("a", { version: String(tagged) }) },
    });
  };

  test("for any versions, any edit and any two files", () => {
    fc.assert(
      fc.property(
        fc.tuple(pending, pending, pending, pending, pending),
        fc.nat(2),
        fc.constantFrom([], ["completion_args.temperature"], ["tools", "metadata.team"]),
        (contents, base, ignore) => {
          const [first, second, edit, mine, other] = contents.map(sameLabels) as [
            JsonObject,
            JsonObject,
            JsonObject,
            JsonObject,
            JsonObject,
          ];
          const history = [numbered(first, 0), numbered(second, 1), numbered(edit, 2, base)];
          const drift = (wanted: JsonObject) => {
            const result = plan(
              project({ ...rest, ignore, ...wanted } as never),
              [history[2] as never],
              {
                histories: new Map([["ag_a" as AgentId, history]]),
              },
            );
            return result.agents.map((each) => driftOf(withAllDrift(each)));
          };
          expect(drift(mine)).toEqual(drift(other));
        },
      ),
    );
  });

  test("and there is none where a version proves itself", () => {
    fc.assert(
      fc.property(pending, pending, (content, wanted) => {
        const remote = numbered(content, 2);
        const result = plan(project({ ...rest, ...wanted } as never), [remote], {
          histories: new Map([[remote.id, [remote]]]),
        });
        expect(result.agents.map((each) => driftOf(withAllDrift(each)).properties)).toEqual([[]]);
      }),
    );
  });
});

describe("aliases", () => {
  const remote = applied({ key: "a" }, { version: 3, versions: [0, 1, 2, 3] });
  const standing = new Map([[remote.id, [alias("prod", 1), alias("old", 0)]]]);
  test.each<[string, Record<string, AliasTarget>, readonly (readonly string[])[]]>([
    ["latest", { prod: "latest" }, [["a/prod 1 -> 3"]]],
    ["a pin", { prod: 2 as Version }, [["a/prod 1 -> 2"]]],
    ["a pin on version 0", { prod: 0 as Version }, [["a/prod 1 -> 0"]]],
    ["a pin where it stands", { prod: 1 as Version }, []],
    ["a removal", { old: null }, [["a/old 0 -> -"]]],
    ["a removal of nothing", { gone: null }, []],
    ["a new one", { staging: "latest" }, [["a/staging - -> 3"]]],
    ["what the file does not name stays", {}, []],
  ])("%s", (_name, aliases, expected) => {
    expect(moves(plan(project({ key: "a", aliases }), [remote], { aliases: standing }))).toEqual(
      expected,
    );
  });

  test("a pin on a version that does not exist is refused", () => {
    const result = plan(project({ key: "a", aliases: { prod: 9 as Version } }), [remote]);
    expect(result.refusals).toMatchObject([{ kind: "unknown_version", version: 9 }]);
    const fresh = plan(project({ key: "new", aliases: { prod: 0 as Version } }), []);
    expect(fresh.refusals).toMatchObject([{ kind: "unknown_version", versions: [] }]);
  });

  test("callees are released before callers", () => {
    const result = plan(
      project(
        { key: "a", handoffs: ["b"], aliases: prod },
        { key: "b", handoffs: ["c"] },
        { key: "c", aliases: prod },
      ),
      [],
    );
    expect(moves(result)).toEqual([["c/prod - -> new 0"], ["a/prod - -> new 0"]]);
  });
});

describe("handoffs", () => {
  test("to agents not created yet are known after apply; a circle is completed later", () => {
    const result = plan(project({ key: "a", handoffs: ["b"] }, { key: "b", handoffs: ["a"] }), []);
    expect(result.agents).toMatchObject([
      { key: "a", unknownHandoffs: ["b"] },
      { key: "b", unknownHandoffs: ["a"] },
    ]);
    const later = result.agents.filter(
      (agent) => agent.action === "create" && agent.completedLater,
    );
    expect(later).toHaveLength(1);
  });

  test("an id of this project's own agent is the same as its key", () => {
    const b = applied({ key: "b" });
    const a = applied({ key: "a", handoffs: ["b"] });
    const desired = project({ key: "a" }, { key: "b" });
    const [first, ...others] = desired.agents;
    const byId = {
      ...first,
      definition: { name: "a", model: "m", handoffs: [{ id: "ag_b" }] },
    } as never;
    expect(actions(plan({ ...desired, agents: [byId, ...others] }, [a, b]))).toEqual({
      a: "noop",
      b: "noop",
    });
  });

  test("a callee that is updated is live at once, and the plan says for whom", () => {
    const result = plan(project({ key: "a", handoffs: ["b"] }, { key: "b", description: "new" }), [
      applied({ key: "a", handoffs: ["b"] }),
      applied({ key: "b" }),
    ]);
    expect(result.agents[1]?.notes).toEqual([{ kind: "live_at_once", handedOffBy: ["a"] }]);
  });
});

describe("orphans", () => {
  const old = applied({ key: "old" });
  const options = { prune: true };

  test("are shown but change nothing, and are deleted only with prune", () => {
    expect(actions(plan(project(), [old]))).toEqual({ old: "orphan" });
    expect(hasChanges(plan(project(), [old]))).toBe(false);
    expect(actions(plan(project(), [old], { options }))).toEqual({ old: "delete" });
  });

  test("that are protected stay", () => {
    const kept = applied({ key: "old", protect: true });
    expect(plan(project(), [kept], { options }).refusals).toMatchObject([{ kind: "protected" }]);
  });

  test("that somebody hands off to stay, whoever that is", () => {
    const stranger = remoteAgent({ id: "ag_s", handoffs: ["ag_old"] });
    expect(plan(project(), [old, stranger], { options }).refusals).toMatchObject([
      { kind: "still_used", by: [{ id: "ag_s" }] },
    ]);
  });

  test("may go when the only caller goes too, or lets go of them in the same apply", () => {
    const caller = applied({ key: "caller", handoffs: ["old"] });
    expect(plan(project(), [old, caller], { options }).refusals).toEqual([]);
    expect(plan(project({ key: "caller" }), [old, caller], { options }).refusals).toEqual([]);
  });

  test("that an alias still reaches through an older version stay", () => {
    const caller = applied({ key: "caller" }, { version: 1, versions: [0, 1] });
    const older = applied({ key: "caller", handoffs: ["old"] });
    const live = [
      { agent: old, by: "default" },
      { agent: caller, by: "default" },
      { agent: older, by: "prod" },
    ] as never;
    expect(
      plan(project({ key: "caller" }), [old, caller], { options, live }).refusals,
    ).toMatchObject([{ kind: "still_used", by: [{ id: "ag_caller", version: 0 }] }]);
  });
});

describe("only", () => {
  test("plans for the named keys and says that it is not all", () => {
    const options = { only: ["b"] };
    const result = plan(project({ key: "a" }, { key: "b" }), [applied({ key: "old" })], {
      options,
    });
    expect(actions(result)).toEqual({ b: "create" });
    expect(result.complete).toBe(false);
  });

  test("refuses unknown keys and creates that lie outside", () => {
    const desired = project({ key: "a", handoffs: ["b"] }, { key: "b" });
    expect(plan(desired, [], { options: { only: ["a"] } }).refusals).toMatchObject([
      { kind: "needs_create", key: "a", needs: ["b"] },
    ]);
    expect(plan(desired, [], { options: { only: ["x"] } }).refusals).toMatchObject([
      { kind: "unknown_key", key: "x" },
    ]);
  });
});

describe("digests", () => {
  const wanted = [
    { key: "a", aliases: prod },
    { key: "b", instructions: "x" },
  ] as const;
  const remotes = [applied({ key: "a" }), applied({ key: "b" }), remoteAgent({ id: "ag_z" })];

  test("do not depend on the order of agents, wanted or there", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...wanted], { minLength: 2 }),
        fc.shuffledSubarray(remotes, { minLength: 3 }),
        (mine, theirs) => {
          expect(plan(project(...mine), theirs).digests).toEqual(
            plan(project(...wanted), remotes).digests,
          );
        },
      ),
    );
  });

  test("tell a change of the file, of an agent concerned, of an alias; not of a stranger", () => {
    const before = plan(project(...wanted), remotes).digests;
    expect(plan(project(wanted[0]), remotes).digests.config).not.toBe(before.config);
    const switchedBack = applied({ key: "a" }, { versions: [0, 1] });
    expect(plan(project(...wanted), [switchedBack, ...remotes.slice(1)]).digests.remote).not.toBe(
      before.remote,
    );
    const aliases = new Map([[remotes[0]?.id ?? "", [alias("prod", 0)]]]) as never;
    expect(plan(project(...wanted), remotes, { aliases }).digests.remote).not.toBe(before.remote);
    expect(plan(project(...wanted), remotes.slice(0, 2)).digests).toEqual(before);
  });
});
