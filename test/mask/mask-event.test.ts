import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { Json } from "../../src/agent/json.ts";
import type { RunEvent } from "../../src/commands/event.ts";
import { maskOf } from "../../src/mask/mask.ts";
import { maskEvent } from "../../src/mask/mask-event.ts";
import { everyRow } from "../../src/report/events/every.ts";
import { driftDocument, planDocument, reportDocument } from "../../src/report/json/report.ts";
import { markdownDocument } from "../../src/report/markdown/markdown.ts";
import { sanitizedJson } from "../../src/report/safe/sanitize.ts";
import { textReporter } from "../../src/report/text/text.ts";
import { alias, applied, id, plan, project, remoteAgent } from "../plan/world.ts";
import { everyFinding } from "../report/every-doctor-check.ts";
import { everyEvent } from "../report/every-event.ts";
import { jsonDocument } from "../report/json-document.ts";

const secret = "a secret/with+signs";
const mask = maskOf([{ variable: "T", text: secret }], () => false);
const events: readonly RunEvent[] = [
  ...Object.values(everyEvent),
  { kind: "planned", plan: planOfEverything() },
  { kind: "drift_found", plan: planOfEverything() },
  { kind: "diagnosed", findings: Object.values(everyFinding) },
];

/** Members by which things are known, or compared. */
const kept = new Set([
  "id",
  "key",
  "by",
  "config",
  "spec",
  "digest",
  "digests",
  "fingerprints",
  "version",
  "node",
  "least",
  "page",
  "release",
  "metadata",
  "method",
  "pattern",
]);

/** Whether a member has a word of a list, which the compiler knows, and not a text of somebody. */
const isWord = (value: unknown) => /^([@a-z][a-zA-Z_]*|ag_\w+)$/.test(String(value));

describe("a secret in a string of an event is masked", () => {
  test.each(events.map((event, nth) => [event.kind, nth, event] as const))(
    "%s %i",
    (_kind, _nth, event) => {
      for (const place of stringsIn(event)) {
        if (place.some((step) => kept.has(String(step))) || isWord(valueAt(event, place))) continue;
        const masked = maskEvent(withSecretAt(event, place), mask);
        expect(JSON.stringify(plainOf(masked)), place.join(".")).not.toContain(secret);
      }
    },
  );

  test.each<[string, RunEvent]>([
    ["the words of a server", failing({ reason: secret })],
    ["an id of a request", failing({ requestId: secret })],
    [
      "the name of an agent",
      {
        ...everyEvent.imported,
        agents: [{ ...everyEvent.imported.agents[0], name: secret } as never],
      },
    ],
    ["an agent that nobody knows", { kind: "not_found", key: secret, known: [secret] }],
    ["a usage error", { kind: "usage_error", problem: `no ${secret}`, hint: secret }],
    ["a crash", { kind: "crashed", message: secret, stack: `Error: ${secret}\n at x` }],
    [
      "a value in a file",
      problem({ code: "not_a_choice", found: secret, choices: [], suggestions: [] }),
    ],
    [
      "a name in a file",
      problem({ code: "unknown_key", name: secret, known: [], suggestions: [secret] }),
    ],
    [
      "the line of a file",
      {
        kind: "config_invalid",
        problems: [
          { code: "empty_value", at: { file: "f", line: 1, column: 1 }, sourceLine: secret },
        ],
      },
    ],
  ])("%s", (_name, event) => {
    expect(JSON.stringify(maskEvent(event, mask))).not.toContain(secret);
  });
});

test("an event without a secret is returned as it is, not copied", () => {
  for (const event of events) {
    const masked = maskEvent(event, mask);
    expect(plainOf(masked)).toEqual(plainOf(event));
  }
  const { plan: before } = everyEvent.planned;
  const { plan: after } = maskEvent(everyEvent.planned, mask) as typeof everyEvent.planned;
  expect(after.agents).toBe(before.agents);
});

const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
const schemas = ["plan", "report"].map((name) => {
  const file = new URL(`../../schemas/${name}.schema.json`, import.meta.url);
  return readFileSync(file, "utf8");
});
const [isPlan, isReport] = schemas.map((text) => ajv.compile(JSON.parse(text))) as [
  ValidateFunction,
  ValidateFunction,
];
const documents = [
  [planDocument, isPlan],
  [driftDocument, isPlan],
  [reportDocument, isReport],
] as const;
const words = new Set(
  schemas.flatMap((text) => [...text.matchAll(/"([a-z_]+)"/g)].map(([, word = ""]) => word)),
);

describe("an event keeps its form, whatever the secret is", () => {
  test("the words are there", () => {
    for (const word of ["create", "agents", "true", "before", "string"]) {
      expect([...words, "true"]).toContain(word);
    }
  });

  test.each(
    groups(["true", "false", "null", "0", "1", "triage", "prod", "m", "ag_1", ...words], 20),
  )("%s", (...group) => {
    const secrets = group.map((text) => ({ variable: "T", text }));
    const weak = maskOf(secrets, (text) => words.has(text));
    const masked = events.map((event) => maskEvent(event, weak));
    for (const event of masked) {
      for (const [make, check] of documents) {
        const json = JSON.parse(sanitizedJson(jsonDocument(make, [event])));
        expect(check(json), JSON.stringify(check.errors)).toBe(true);
      }
      expect(markdownDocument([event], "plan", everyRow)).not.toContain("undefined");
    }
    expect(toldOf(masked)).not.toContain("undefined");
  });
});

function planOfEverything() {
  const desired = project(
    { key: "fresh", description: "d", handoffs: ["other"], aliases: { prod: "latest" } },
    { key: "other", handoffs: ["fresh"], tools: [{ type: "web_search" }] },
    { key: "edited", description: "mine", aliases: { prod: "latest", old: null } },
    { key: "bound", id: "ag_bound" },
    { key: "lost", id: "ag_nowhere" },
  );
  const edited = applied(
    { key: "edited" },
    { version: 1, versions: [0, 1], description: "theirs" },
  );
  return plan(
    desired,
    [edited, remoteAgent({ id: "ag_bound", name: "bound" }), applied({ key: "left" })],
    {
      aliases: new Map([[id("ag_edited"), [alias("prod", 0)]]]),
    },
  );
}

function groups<Item>(items: readonly Item[], size: number): Item[][] {
  return items.length === 0 ? [] : [items.slice(0, size), ...groups(items.slice(size), size)];
}

/** All that the text report says of events. */
function toldOf(told: readonly RunEvent[]): string {
  const lines: string[] = [];
  const add = (text: string) => void lines.push(text);
  const reporter = textReporter(
    { out: add, err: add },
    {
      rows: everyRow,
      colour: { out: false, err: false },
      quiet: false,
    },
  );
  for (const event of told) reporter.take(event);
  reporter.finish();
  return lines.join("");
}

function failing(told: object): RunEvent {
  return { kind: "read_failed", failure: { ...everyEvent.read_failed.failure, ...told } };
}

function problem(trouble: object): RunEvent {
  const at = { file: "agents.yaml", line: 1, column: 1 };
  return { kind: "config_invalid", problems: [{ ...trouble, at } as never] };
}

type Path = readonly (string | number)[];

/** Where strings stand in a value, maps left out. */
function stringsIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value === "string") return [path];
  if (typeof value !== "object" || value === null || value instanceof Map) return [];
  return Object.entries(value).flatMap(([name, each]) => stringsIn(each, [...path, name]));
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce((inside, step) => (inside as Record<string, unknown>)[step], value);
}

function withSecretAt<Value>(value: Value, [step, ...rest]: Path): Value {
  if (step === undefined) return `x ${secret} y` as Value;
  const inside = (value as Record<string, unknown>)[step];
  const changed = withSecretAt(inside, rest);
  if (Array.isArray(value)) return value.with(Number(step), changed) as Value;
  return { ...value, [step]: changed };
}

/** An event as JSON, with its maps. */
function plainOf(value: unknown): Json {
  if (value instanceof Map) return [...value].map((pair) => plainOf(pair));
  if (Array.isArray(value)) return value.map(plainOf);
  if (typeof value !== "object" || value === null) return value as Json;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plainOf(each)]));
}
