import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/agent/json.ts";
import type { RemoteAgent } from "../../src/agent/remote-agent.ts";
import { specOf } from "../../src/plan/spec.ts";
import { alias, applied, desiredAgent, plan, project, remoteAgent, type Wanted } from "./world.ts";

const versions = [0, 1, 2];
const older: Wanted = { key: "a", description: "old" };
const newer: Wanted = { key: "a", description: "new" };

/** An agent with several versions, of which the last is the default, and what the plan does about it. */
function planned(wanted: Wanted, history: readonly RemoteAgent[], around: JsonObject = {}) {
  const remote = history.at(-1) as RemoteAgent;
  const result = plan(project(wanted), [remote], {
    histories: new Map([[remote.id, history]]),
    ...around,
  });
  const [agent] = result.agents;
  return agent?.action === "reuse" ? `reuse ${agent.version}` : agent?.action;
}

const version = (wanted: Wanted, number: number, more: JsonObject = {}) =>
  applied(wanted, { version: number, versions, ...more });

describe("a version that is there already", () => {
  test("is switched to: a git revert builds nothing", () => {
    expect(planned(older, [version(older, 0), version(newer, 1)])).toBe("reuse 0");
  });

  test("of several, one that an alias stands on, else the newest", () => {
    const history = [version(older, 0), version(older, 1), version(newer, 2)];
    expect(planned(older, history)).toBe("reuse 1");
    const aliases = new Map([["ag_a", [alias("prod", 0)]]]) as never;
    expect(planned(older, history, { aliases } as never)).toBe("reuse 0");
  });

  test("that was edited outside, or belongs to somebody else, proves nothing", () => {
    const edit = applied(older, {
      version: 1,
      versions,
      metadata: version(older, 0).metadata as never,
    });
    expect(planned(older, [edit, version(newer, 2)])).toBe("update");
    const foreign = remoteAgent({
      ...version(older, 0),
      metadata: { "agentvane.project": "other" },
    });
    expect(planned(older, [foreign, version(newer, 2)])).toBe("update");
  });

  test("must be this key's and under the same protection", () => {
    const renamed = version({ ...older, key: "z" }, 0, { id: "ag_a" });
    expect(planned(older, [renamed, version(newer, 1)])).toBe("update");
    expect(planned({ ...older, protect: true }, [version(older, 0), version(newer, 1)])).toBe(
      "update",
    );
  });

  test.each<[string, JsonObject]>([
    [
      "a label of somebody else",
      { metadata: { ...(version(newer, 1).metadata as JsonObject), theirs: "x" } },
    ],
    ["a property of a newer server", { shiny: true }],
    ["an undeclared deployment_chat", { deployment_chat: true }],
  ])("must equal the default in what we do not manage: %s", (_name, more) => {
    expect(planned(older, [version(older, 0), version(newer, 1, more)])).toBe("update");
    const both = {
      ...more,
      ...(more.metadata !== undefined && {
        metadata: {
          ...(version(older, 0).metadata as JsonObject),
          theirs: "x",
        },
      }),
    };
    expect(planned(older, [version(older, 0, both), version(newer, 1, more)])).toBe("reuse 0");
  });

  test("must equal the default in what is ignored", () => {
    const ignore = ["completion_args.temperature"];
    const warm = { completion_args: { temperature: 0.9 } };
    const wanted = { ...older, ignore };
    expect(planned(wanted, [version(wanted, 0), version({ ...newer, ignore }, 1, warm)])).toBe(
      "update",
    );
    expect(
      planned(wanted, [version(wanted, 0, warm), version({ ...newer, ignore }, 1, warm)]),
    ).toBe("reuse 0");
  });

  test("with a declared deployment_chat is compared in it like in anything else", () => {
    const on = { ...older, deployment_chat: true };
    expect(planned(on, [version(on, 0), version(older, 1)])).toBe("reuse 0");
  });

  test("is not used for a definition with a secret: it holds the secret of its day", () => {
    const crm = {
      type: "connector",
      connector_id: "crm",
      authorization: { type: "api-key", value: { secret: "agents.a.tools" } },
    };
    const holder = { ...older, tools: [crm] };
    expect(planned(holder, [version(holder, 0), version({ ...newer, tools: [crm] }, 1)])).toBe(
      "update",
    );
  });
});

describe("a version that was built for this and did not take all of it", () => {
  const half = version(newer, 1, { description: "half" });

  test("is verified again, not built again, whether it is the default or not", () => {
    expect(planned(newer, [version(older, 0), half])).toBe("reuse 1");
    expect(planned(newer, [half, version(older, 0)])).toBe("reuse 1");
  });

  test("gives way to a whole one", () => {
    expect(planned(newer, [version(newer, 0), half, version(older, 2)])).toBe("reuse 0");
  });

  test("is built anew when the file, or what it leaves to others, changed", () => {
    expect(planned({ ...newer, description: "other" }, [version(older, 0), half])).toBe("update");
    const ignoring = { ...newer, ignore: ["instructions"] };
    const was = version(ignoring, 1, { instructions: "theirs" });
    expect(planned(newer, [version(older, 0), was])).toBe("update");
  });

  test("is built anew when it hands off to an agent that was made anew", () => {
    const caller = { key: "a", handoffs: ["b"] };
    const dangling = applied(caller, { handoffs: ["ag_gone"] });
    const result = plan(project(caller, { key: "b" }), [dangling, applied({ key: "b" })]);
    expect(result.agents[0]?.action).toBe("update");
  });
});

describe("the witness of a definition", () => {
  const spec = (wanted: Wanted) => specOf(desiredAgent(wanted));
  test("tells apart what only looks the same once it is unset", () => {
    const ways: readonly Wanted[] = [
      { key: "a" },
      { key: "a", deployment_chat: false },
      { key: "a", metadata: { team: null } },
      { key: "a", ignore: ["description"] },
    ];
    expect(new Set(ways.map(spec)).size).toBe(ways.length);
  });

  test("is the same however the same thing is written", () => {
    expect(spec({ key: "a", description: "x \n" })).toBe(spec({ key: "a", description: "x" }));
    const ignore = ["description", "instructions"];
    expect(spec({ key: "a", ignore })).toBe(spec({ key: "a", ignore: ignore.toReversed() }));
  });
});
