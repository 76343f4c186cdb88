import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { agentTable } from "../../src/agent/agent-table.ts";
import { canonical } from "../../src/agent/canonical.ts";
import type { Definition } from "../../src/agent/definition.ts";
import { differences } from "../../src/agent/differences.ts";
import type { JsonObject } from "../../src/agent/json.ts";
import type { Kind, Property } from "../../src/agent/property.ts";
import { pathText } from "../../src/agent/property-path.ts";
import type { RemoteAgent } from "../../src/agent/remote-agent.ts";
import { requestMembers } from "../../src/agent/request-body.ts";
import { targetOf } from "../../src/agent/target.ts";
import type { ConfigReferences } from "../../src/plan/agent-plan.ts";
import { contentMismatches, contentTag, managedBy } from "../../src/plan/content-tag.ts";
import { digestOf } from "../../src/plan/digest.ts";
import { definition, echoed } from "../agent/wire-agent.ts";
import { desiredAgent, tags } from "./world.ts";

const references: ConfigReferences = {
  agent: (id) => ({ id: id as never }),
  connector: (id) => id,
};
const idOf = (ref: object) =>
  ("key" in ref ? `ag_${ref.key}` : (ref as { id: string }).id) as never;

/** What a server may make of an answer without anybody having edited anything. */
type Server = (answer: JsonObject) => JsonObject;
const servers: Readonly<Record<string, Server>> = {
  "as it was sent": (answer) => answer,
  "with every default echoed": (answer) => echoed(answer),
  "with tools in another order": (answer) => ({
    ...answer,
    tools: [...((answer.tools ?? []) as readonly JsonObject[])].reverse(),
  }),
  "without secrets": (answer) => ({
    ...answer,
    tools: ((answer.tools ?? []) as readonly JsonObject[]).map(
      ({ authorization: _hidden, ...tool }) => tool,
    ),
  }),
  "with the current moderation model filled in": (answer) => ({
    ...answer,
    guardrails:
      (answer.guardrails as readonly JsonObject[] | null)?.map((each) =>
        Object.fromEntries(
          Object.entries(each).map(([name, value]) => [
            name,
            name.startsWith("moderation") ? { model_name: "current", ...(value as object) } : value,
          ]),
        ),
      ) ?? null,
  }),
  "with LF, and no white space at the end": (answer) => ({
    ...answer,
    ...(typeof answer.instructions === "string" && {
      instructions: answer.instructions.replaceAll("\r\n", "\n").trimEnd(),
    }),
  }),
  "with fields of a newer API, in and beside what is known": (answer) => ({
    ...answer,
    shiny: 1,
    completion_args: { ...(answer.completion_args as object), shiny: 2 },
    tools: [...((answer.tools ?? []) as readonly JsonObject[]), { type: "magic" }],
    metadata: { ...(answer.metadata as object), theirs: "x" },
  }),
};

/** A version as it is written for a definition, and what a server shows of it. */
function written(content: JsonObject, ignored: readonly string[], server: Server) {
  const agent = {
    ...desiredAgent({ key: "a", ignore: ignored }),
    definition: content as unknown as Definition,
  };
  const target = targetOf(agentTable, content, echoed({}), agent.ignoreChanges);
  const members = requestMembers(agentTable, target, { idOf, reveal: () => "s3cret" });
  const content_tag = contentTag(members, managedBy(agent));
  const metadata = {
    ...(members.metadata as object),
    ...tags("a", { content: content_tag }),
  };
  const answer = server({ ...members, metadata });
  return {
    agent,
    version: { ...answer, id: "ag_a", version: 0, versions: [0] } as never as RemoteAgent,
  };
}

const ignoring = fc.constantFrom<readonly string[]>(
  [],
  ["description"],
  ["completion_args.temperature", "tools"],
  ["metadata.team"],
);

describe("law: nothing looks edited that nobody edited", () => {
  test.each(Object.entries(servers))("on a server that answers %s", (_name, server) => {
    fc.assert(
      fc.property(definition, ignoring, (content, ignored) => {
        const { agent, version } = written(content, ignored, server);
        expect(contentMismatches(version, agent, references)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("in what an answer to a write was verified to be", () => {
    fc.assert(
      fc.property(definition, definition, (sent, shown) => {
        const { agent, version } = written(sent, [], servers["as it was sent"] as Server);
        const members = requestMembers(agentTable, shown, { idOf, reveal: () => "other" });
        const other = { ...version, ...members, metadata: version.metadata ?? null } as RemoteAgent;
        const form = (each: JsonObject) => canonical(agentTable, each);
        const isVerified =
          differences(agentTable, form(other), form(version), "trusted").length === 0;
        if (isVerified) expect(contentMismatches(other, agent, references)).toEqual([]);
      }),
    );
  });

  test("whatever the file wants by now, if it manages as much", () => {
    fc.assert(
      fc.property(definition, definition, (content, { metadata: _labels, ...wanted }) => {
        const { agent, version } = written(content, [], servers["as it was sent"] as Server);
        const now = {
          ...agent,
          definition: {
            ...wanted,
            metadata: agent.definition.metadata ?? null,
          } as unknown as Definition,
        };
        expect(contentMismatches(version, now, references)).toEqual([]);
      }),
    );
  });
});

describe("law: an edit in place is noticed", () => {
  test("in every property that a definition can set, and in no other", () => {
    fc.assert(
      fc.property(definition, definition, (sent, edit) => {
        const { agent, version } = written(sent, [], servers["as it was sent"] as Server);
        const members = requestMembers(agentTable, edit, { idOf, reveal: () => "other" });
        const { metadata: _labels, ...fields } = members;
        const edited = { ...version, ...fields } as RemoteAgent;
        const form = (each: JsonObject) => canonical(agentTable, each);
        const changed = differences(agentTable, form(edited), form(version), "trusted");
        const paths = new Set(changed.map(({ path }) => path[0]));
        const found = contentMismatches(edited, agent, references).map(({ path }) =>
          pathText(path),
        );
        expect(found.toSorted()).toEqual([...paths].toSorted());
      }),
    );
  });

  test("in a label with dots in its name, whatever shorter name is ignored", () => {
    const content = { name: "a", model: "m", metadata: { "cost.center": "1", cost: "2" } };
    const { agent, version } = written(content, ["metadata.cost"], (answer) => answer);
    const edited = { ...(version.metadata as object), "cost.center": "3", cost: "4" };
    const found = contentMismatches({ ...version, metadata: edited }, agent, references);
    expect(found.map(({ path }) => path)).toEqual([["metadata", "cost.center"]]);
  });

  test("in declared labels, and not in those of others", () => {
    const content = { name: "a", model: "m", metadata: { team: "a", gone: null } };
    const { agent, version } = written(content, [], (answer) => answer);
    const labelled = (more: JsonObject) =>
      ({ ...version, metadata: { ...(version.metadata as object), ...more } }) as RemoteAgent;
    const found = (more: JsonObject) =>
      contentMismatches(labelled(more), agent, references).map(({ path }) => pathText(path));
    expect(found({ theirs: "x" })).toEqual([]);
    expect(found({ team: "b" })).toEqual(["metadata.team"]);
    expect(found({ gone: "back" })).toEqual(["metadata.gone"]);
    expect(found({ team: null })).toEqual(["metadata.team"]);
    const newly = {
      ...agent,
      definition: { ...agent.definition, metadata: { team: "a", theirs: "x" } },
    };
    expect(contentMismatches(labelled({ theirs: "y" }), newly, references)).toEqual([]);
  });
});

/** Of a kind, what decides about the canonical form of its values. */
function formsOf(kind: Kind): unknown {
  const rowsOf = (rows: readonly Property[]) =>
    rows.map((row) => [
      row.name,
      formsOf(row.kind),
      row.unset ?? null,
      row.keepsEmpty ?? false,
      row.onlyWhenDeclared ?? false,
      row.mayBeHidden ?? false,
    ]);
  switch (kind.kind) {
    case "record":
      return rowsOf(kind.rows);
    case "variant":
      return [kind.by, Object.entries(kind.cases).map(([tag, rows]) => [tag, rowsOf(rows)])];
    case "list":
    case "toolbox":
      return [kind.kind, formsOf(kind.of)];
    default:
      return kind.kind;
  }
}

describe("the tag", () => {
  const whole = {
    name: "a",
    model: "m",
    metadata: Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`label-${at}`, "x"])),
    deployment_chat: true,
  };

  test("has an entry for each property that is managed whole, and none for others", () => {
    const tagOf = (ignored: readonly string[]) =>
      String(
        (written(whole, ignored, (answer) => answer).version.metadata as JsonObject)[
          "agentvane.content"
        ],
      );
    expect(tagOf([])).toMatch(/^1:(?:[a-z_]+=[0-9a-f]{8}(?:\+[0-9a-f]{8})*,?)+$/);
    expect(tagOf(["completion_args.temperature", "description"])).not.toMatch(
      /completion_args|description/,
    );
    expect(tagOf([]).length).toBeLessThanOrEqual(512);
  });

  test("changes its number when the forms it stands for change", () => {
    const advice =
      "The rows or their canonical forms have changed. If versions that exist may hold what changed, take the next " +
      "number in src/plan/content-tag.ts, or they all look edited in place. Then write the new digest here.";
    const rows = agentTable.map(({ name, kind, unset, keepsEmpty, onlyWhenDeclared }) => [
      name,
      formsOf(kind),
      unset ?? null,
      keepsEmpty ?? false,
      onlyWhenDeclared ?? false,
    ]);
    expect(["1", digestOf(rows as never).slice(0, 16)], advice).toEqual(["1", "5b75c0502a7632aa"]);
    const sample = { ...whole, instructions: "one\r\ntwo \n", tools: [{ type: "web_search" }] };
    const { version } = written(sample, [], (answer) => answer);
    const tag = String((version.metadata as JsonObject)["agentvane.content"]);
    expect(tag.split(",metadata")[0]).toBe(
      "1:name=ac8d8342,model=1d576f47,description=74234e98,instructions=11949871,tools=5d1e03d0,completion_args=74234e98,guardrails=74234e98,handoffs=74234e98,deployment_chat=b5bea41b",
    );
  });
});
