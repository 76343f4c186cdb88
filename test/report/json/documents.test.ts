import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { ApiError } from "../../../src/agent/api-error.ts";
import type { AgentKey, AliasName } from "../../../src/agent/identity.ts";
import type { Json, JsonObject } from "../../../src/agent/json.ts";
import type { RunEvent } from "../../../src/commands/event.ts";
import { outputDocument } from "../../../src/report/json/output.ts";
import {
  driftDocument,
  planDocument,
  reportDocument,
  resultDocument,
} from "../../../src/report/json/report.ts";
import { sanitizedJson } from "../../../src/report/safe/sanitize.ts";
import { applied, plan, project, remoteAgent } from "../../plan/world.ts";
import { everyEvent } from "../every-event.ts";
import { jsonDocument } from "../json-document.ts";

const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
const validators = {
  plan: ajv.compile(schema("plan")),
  report: ajv.compile(schema("report")),
  output: ajv.compile(schema("output")),
};

function schema(name: string): object {
  const file = new URL(`../../../schemas/${name}.schema.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8"));
}

function problems(kind: keyof typeof validators, document: Json): unknown {
  const validate = validators[kind];
  return validate(JSON.parse(JSON.stringify(document))) ? [] : validate.errors;
}

const edited = applied({ key: "edited" }, { version: 1, versions: [0, 1], description: "theirs" });
const everything = plan(
  project(
    {
      key: "fresh",
      handoffs: ["other"],
      aliases: { prod: "latest" },
      tools: [{ type: "web_search" }],
    },
    { key: "other", handoffs: ["fresh"] },
    { key: "edited", description: "mine", aliases: { prod: "latest", old: null } },
    { key: "settled" },
    { key: "bound", id: "ag_bound" },
    { key: "lost", id: "ag_nowhere" },
  ),
  [
    edited,
    applied({ key: "settled" }),
    remoteAgent({ id: "ag_bound", name: "bound" }),
    applied({ key: "left" }),
  ],
);

describe("documents keep to their schemas", () => {
  test("a plan with every action", () => {
    const document = jsonDocument(planDocument, [{ kind: "planned", plan: everything }]);
    expect(problems("plan", document)).toEqual([]);
    expect(document).toMatchObject({ errored: true, applyable: false });
    const { agents } = document as { agents: readonly JsonObject[] };
    expect(new Set(agents.map(({ action }) => action))).toEqual(
      new Set(["create", "update", "noop", "adopt", "orphan"]),
    );
  });

  test("a plan with deletions", () => {
    const deleting = plan(project(), [applied({ key: "left" })], { options: { prune: true } });
    expect(
      problems("plan", jsonDocument(planDocument, [{ kind: "planned", plan: deleting }])),
    ).toEqual([]);
  });

  test.each(Object.values(everyEvent).map((event) => [event.kind, event] as const))(
    "whatever happens: %s",
    (_kind, event) => {
      for (const events of [[event], [everyEvent.planned, everyEvent.apply_started, event]]) {
        expect(problems("plan", jsonDocument(planDocument, events))).toEqual([]);
        expect(problems("plan", jsonDocument(driftDocument, events))).toEqual([]);
        expect(problems("report", jsonDocument(reportDocument, events))).toEqual([]);
        expect(problems("report", jsonDocument(resultDocument, events))).toEqual([]);
        const read = [everyEvent.output_read, ...events];
        expect(problems("output", jsonDocument(outputDocument, read))).toEqual([]);
      }
    },
  );

  test("and the schemas refuse what is not one", () => {
    const good = jsonDocument(planDocument, [{ kind: "planned", plan: everything }]);
    for (const wrong of [
      { ...good, kind: "report" },
      { ...good, errored: false },
      { ...good, summary: { create: 1 } },
      { ...good, surprise: 1 },
      { ...good, aliases: [{ agent: "a" }] },
    ]) {
      expect(problems("plan", wrong as JsonObject)).not.toEqual([]);
    }
  });
});

test("what other commands print has a shape of its own, and the schema knows it", () => {
  const kinds = (["validated", "rendered", "shown", "file_written", "not_found"] as const).map(
    (kind) => jsonDocument(resultDocument, [everyEvent[kind]]).kind,
  );
  expect(kinds).toEqual(["validation", "definitions", "agents", "result", "result"]);
  const wrong = { ...jsonDocument(resultDocument, [everyEvent.shown]), agents: [{ key: "x" }] };
  expect(problems("report", wrong)).not.toEqual([]);
});

describe("what is in them", () => {
  test("nothing that changes by itself: the same plan gives the same text", () => {
    const document = () =>
      sanitizedJson(jsonDocument(planDocument, [{ kind: "planned", plan: everything }]));
    expect(document()).toBe(document());
    expect(document()).not.toMatch(/20\d\d-\d\d-\d\d/);
  });

  test("a failed release says what was reverted and how to repair the rest", () => {
    const document = jsonDocument(reportDocument, [
      everyEvent.planned,
      everyEvent.apply_started,
      everyEvent.move_failed,
      everyEvent.reverted,
      everyEvent.revert_failed,
      everyEvent.apply_finished,
    ]);
    expect(document).toMatchObject({
      errored: true,
      error: { code: "move_failed" },
      operations: [{ kind: "move_failed" }, { kind: "reverted" }, { kind: "revert_failed" }],
      repairs: [
        { agent: "triage", alias: "prod", to: 3, command: expect.stringContaining("curl -X PUT") },
      ],
    });
  });

  test("the facts for an application are those of a pointer that somebody else took", () => {
    const at = { key: "triage" as AgentKey, pointer: "prod" as AliasName };
    const taken = { ...everyEvent.pointer_taken, ...at, found: 1 as never };
    const failure = { kind: "pointer_moved", expected: 3 as never, found: 2 as never } as const;
    const stranger = { ...everyEvent.move_failed, ...at, failure };
    const prod = (...events: readonly RunEvent[]) => {
      const begin = [everyEvent.planned, everyEvent.apply_started] as const;
      return JSON.parse(JSON.stringify(jsonDocument(reportDocument, [...begin, ...events]))).output
        .triage.aliases.prod;
    };
    expect(prod(taken)).toBe(1);
    expect(prod(stranger)).toBe(2);
  });

  test("control and bidirectional characters are escaped", () => {
    const text = sanitizedJson({ name: "a\u001b[31m\u202e\u0085\u200b" });
    expect(text).not.toMatch(/[\u001b\u202e\u0085\u200b]/);
    expect(JSON.parse(text)).toEqual({ name: "a\u001b[31m\u202e\u0085\u200b" });
  });

  test("what build services obey is escaped, and means the same", () => {
    const text = sanitizedJson({ "##[a]": "##[group]x ##vso[y] ## z" });
    expect(text).not.toMatch(/##\w*\[/);
    expect(JSON.parse(text)).toEqual({ "##[a]": "##[group]x ##vso[y] ## z" });
  });

  test("an API failure carries its facts", () => {
    const failure = new ApiError({
      kind: "refused",
      method: "GET",
      path: "/x",
      status: 422,
      reason: "no",
      requestId: "r1",
      attempts: 1,
    }).failure;
    const events: readonly RunEvent[] = [{ kind: "read_failed", failure }];
    expect(jsonDocument(planDocument, events)).toMatchObject({
      error: { code: "read_failed", details: { status: 422, request_id: "r1", reason: "no" } },
    });
  });
});
