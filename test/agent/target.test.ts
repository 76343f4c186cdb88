import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { agentTable } from "../../src/agent/agent-table.ts";
import { canonical } from "../../src/agent/canonical.ts";
import { differences } from "../../src/agent/differences.ts";
import type { AgentId } from "../../src/agent/identity.ts";
import type { Json, JsonObject } from "../../src/agent/json.ts";
import { parsePath } from "../../src/agent/property-path.ts";
import { createMembers, requestMembers } from "../../src/agent/request-body.ts";
import { targetOf } from "../../src/agent/target.ts";
import { definition, echoed } from "./wire-agent.ts";

const base = { name: "A", model: "m" };
const current = echoed({
  ...base,
  description: "old",
  instructions: "old prompt",
  tools: [
    { type: "telepathy", range: 3 },
    { type: "web_search", brand_new: 1 },
  ],
  completion_args: { temperature: 0.5, top_q: 3 },
  metadata: { team: "x", theirs: "y", "agentvane.key": "a" },
  handoffs: [{ id: "ag_1" }],
});
const target = (declared: JsonObject, ignored: readonly string[] = []) =>
  targetOf(
    agentTable,
    declared,
    current,
    ignored.map((path) => parsePath(agentTable, path)),
  );
const dereference = {
  idOf: (ref: { readonly key: string } | { readonly id: string }) =>
    ("id" in ref ? ref.id : `id-of-${ref.key}`) as AgentId,
  reveal: (reference: string) => `text of ${reference}`,
};

describe("what an existing agent should be", () => {
  test("everything the file leaves out is cleared explicitly", () => {
    const whole = target(base);
    expect(whole).toMatchObject({
      description: null,
      instructions: null,
      guardrails: null,
      handoffs: null,
    });
    expect(whole.completion_args).toMatchObject({
      temperature: null,
      tool_choice: "auto",
      stop: null,
    });
    expect(whole).not.toHaveProperty("deployment_chat");
  });

  test("what is not ours is kept: labels, tool types and members nobody knows", () => {
    const whole = target({ ...base, tools: [{ type: "web_search" }] });
    expect(whole.metadata).toEqual({ team: "x", theirs: "y" });
    expect(whole.tools).toEqual([
      { type: "web_search", brand_new: 1 },
      { type: "telepathy", range: 3, tool_configuration: null },
    ]);
    expect(whole.completion_args).toHaveProperty("top_q", 3);
  });

  test("a label declared null is sent as null, a foreign one stays", () => {
    expect(target({ ...base, metadata: { team: null } }).metadata).toEqual({
      team: null,
      theirs: "y",
    });
  });

  test.each<[string, Json]>([
    ["description", "old"],
    ["instructions", "old prompt"],
  ])("ignored %s stays as it is", (path, value) => {
    expect(target({ ...base, [path]: "new" }, [path])).toHaveProperty(path, value);
  });

  test("an ignored path inside a record stays, its neighbours do not", () => {
    const declared = { ...base, completion_args: { temperature: 0.1, top_p: 1 } };
    expect(target(declared, ["completion_args.temperature"]).completion_args).toMatchObject({
      temperature: 0.5,
      top_p: 1,
    });
    expect(target({ ...base, metadata: { team: "z" } }, ["metadata.team"]).metadata).toMatchObject({
      team: "x",
    });
  });

  test("an ignored label with dots in its name stays, and its neighbours do not", () => {
    const metadata = { "cost.center": "theirs", cost: "theirs" };
    const declared = { ...base, metadata: { "cost.center": "ours", cost: "ours" } };
    const path = parsePath(agentTable, "metadata.cost.center");
    expect(targetOf(agentTable, declared, echoed({ ...base, metadata }), [path]).metadata).toEqual({
      "cost.center": "theirs",
      cost: "ours",
    });
  });

  test("a secret that came back from the server is never sent back", () => {
    const masked = echoed({
      ...base,
      tools: [
        { type: "connector", connector_id: "c", authorization: { type: "api-key", value: "****" } },
      ],
    });
    const whole = targetOf(agentTable, base, masked, [["tools"]]);
    expect(requestMembers(agentTable, whole, dereference)).not.toHaveProperty("tools");
  });
});

describe("requests", () => {
  test("references become ids and texts; schemas that look like references stay", () => {
    const tools = [
      {
        type: "connector",
        connector_id: "c",
        authorization: { type: "api-key", value: { secret: "T" } },
      },
      { type: "function", function: { name: "f", parameters: { secret: "not one" } } },
    ];
    const body = createMembers(
      agentTable,
      { ...base, tools, handoffs: [{ key: "b" }, { id: "ag_9" }] },
      dereference,
    );
    expect(body).toEqual({
      ...base,
      handoffs: ["id-of-b", "ag_9"],
      tools: [
        {
          type: "connector",
          connector_id: "c",
          authorization: { type: "api-key", value: "text of T" },
        },
        tools[1],
      ],
    });
  });

  test("no handoffs are null in an update and absent in a create: the API refuses an empty list", () => {
    const whole = target({ ...base, handoffs: [] });
    expect(requestMembers(agentTable, whole, dereference)).toHaveProperty("handoffs", null);
    expect(createMembers(agentTable, { ...base, handoffs: [] }, dereference)).not.toHaveProperty(
      "handoffs",
    );
  });

  test("deployment_chat is refused on create, so it is not sent", () => {
    expect(createMembers(agentTable, { ...base, deployment_chat: true }, dereference)).toEqual(
      base,
    );
  });
});

test("law: a server that stores a target shows no difference to it", () => {
  fc.assert(
    fc.property(definition, definition, (declared, before) => {
      const whole = targetOf(agentTable, declared, echoed(before), []);
      const stored = canonical(agentTable, echoed(whole));
      expect(differences(agentTable, stored, canonical(agentTable, whole), "compared")).toEqual([]);
    }),
  );
});

test("law: planning for what is stored changes nothing, whatever it replaced", () => {
  fc.assert(
    fc.property(definition, definition, (declared, before) => {
      const stored = echoed(targetOf(agentTable, declared, echoed(before), []));
      const again = targetOf(agentTable, declared, stored, []);
      const found = differences(
        agentTable,
        canonical(agentTable, stored),
        canonical(agentTable, again),
        "compared",
      );
      expect(found).toEqual([]);
    }),
  );
});
