import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AgentKey, AliasName, Version } from "../../../src/agent/identity.ts";
import type { RunEvent } from "../../../src/commands/event.ts";
import type { Plan } from "../../../src/plan/plan.ts";
import { everyRow } from "../../../src/report/events/every.ts";
import { inertText, inlineCode } from "../../../src/report/markdown/inline.ts";
import { markdownDocument } from "../../../src/report/markdown/markdown.ts";
import { boldSentence } from "../../../src/report/markdown/sentence.ts";
import { alias, applied, id, key, plan, project, remoteAgent, tags } from "../../plan/world.ts";
import { everyEvent } from "../every-event.ts";
import { complaints } from "./judge.ts";

const marker = "<!-- agentvane plan: project=a, environment= -->";
const judged = (body: string) => complaints(`${marker}\n\n${body}\n`);

describe("the judge", () => {
  test.each([
    "a **word** and `code`, and more",
    "- `x`\n  - y",
    "```diff\n+ ``\n```",
    "<details><summary><code>a &lt; b</code>: 2 lines added</summary>\n\n```diff\n- x\n```\n\n</details>",
    "| | done |\n|---|--:|\n| created | 1 |",
    "- x\n\n  ```text\n  y\n  ```\n",
  ])("lets pass: %j", (body) => {
    expect(judged(body)).toEqual([]);
  });

  test.each([
    "@somebody",
    "see #123",
    "see !1 and ~label",
    "[a](b)",
    "![a](b)",
    "https://x.y",
    "www.x.y",
    "somebody@x.y",
    "<b>x</b>",
    "<img src=x>",
    "<details><summary>x</summary>\n\ny",
    "<details><summary>@x</summary>\n\ny\n\n</details>",
    "</details>",
    "<!-- x -->",
    "```diff\nx",
    "~~~\nx\n~~~",
    "    indented",
    "# Title",
    "1. one",
    "- [ ] task",
    "> quote",
    "*em*",
    "~~gone~~",
    "x[^1]\n\n[^1]: note",
    "---",
    ":tada:",
    "$x$",
    "deadbeef",
    "GH-1",
    "owner/repo",
    "/close",
    "```text\n/close\n```",
    "```text\n  ::error::x\n```",
    "`##vso[x]`",
    "\u202ex",
    "\u200bx",
    "x".repeat(65_537),
  ])("finds: %j", (body) => {
    expect(judged(body)).not.toEqual([]);
  });
});

/** What people have tried, or might. */
const tricks = [
  "```",
  "````\n/close\n````",
  "~~~",
  "</details>",
  "</summary></details><script>alert(1)</script>",
  "<details open>",
  "<!-- x",
  "-->",
  "<img src=x onerror=alert(1)>",
  "@octocat",
  "#1 !2 ~bug %v1 &3 $4 GH-5 owner/repo#6",
  "[a](javascript:alert(1))",
  "![a](http://x.y/z.png)",
  "http://x.y www.x.y a@x.y <http://x.y>",
  "www. x",
  "*a* _b_ **c** ~d~ ~~e~~",
  "`",
  "``",
  "`a``b`",
  " ` ",
  "a\n# b\n- c\n1. d\n> e\n\n---\n\n    f\n| g |\n|---|",
  "[x]: y",
  "[^1]",
  "- [ ] x",
  "/close",
  ":tada:",
  "$`x`$",
  "deadbeefcafe",
  "\\",
  "&lt;b&gt; &#64;x",
  "\u202e\u2066\u200b\u0000\u001b[2J\r\u2028\ud800\u{e0041}\u{e0100}",
  '"]; click n0 "javascript:alert(1)"',
  "%%{init: {}}%%",
  "\t",
  "   ",
  "",
  "1.",
  "2)",
  "+",
  "-",
  "=",
  "===",
  "1234567",
  "::: note",
  "\n::add-mask::a\n \t::error::b",
  "##vso[task.complete result=Failed;]##[group]",
  "{{x}}",
];
const trick = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...tricks) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 20 }) },
);
/** One or more of them, on one line or on several, in the middle of words or alone. */
const nasty = fc
  .array(fc.tuple(trick, fc.constantFrom("", " ", "\n", "\n\n", "x", ". ")), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.map(([text, gap]) => text + gap).join(""));

const nastyPlan = fc
  .record({ one: nasty, two: nasty, three: nasty, four: nasty, prune: fc.boolean() })
  .map(({ one, two, three, four, prune }): Plan => {
    const wanted = {
      key: "a",
      name: one,
      model: two || "m",
      description: three,
      instructions: `same\n${two}\nsame\n${three}`,
      metadata: { [three]: one, b: four },
      tools: [{ type: "function", function: { name: four, parameters: { [two]: one } } }],
      handoffs: ["b"],
      aliases: { prod: "latest" as const },
    };
    const base = applied({ key: "a", description: two });
    const remote = applied(
      { key: "a" },
      {
        name: two,
        description: four,
        instructions: `same\n${four}\nsame\n${one}`,
        handoffs: [three, "ag_c"],
        version: 2,
        versions: [0, 1, 2],
        metadata: { ...tags("a", { aliases: "prod=0" }), [one]: two },
      },
    );
    const orphan = remoteAgent({ id: three || "x", name: four, metadata: tags(one || "k") });
    const lookAlike = remoteAgent({ id: "ag_n", name: two });
    const result = plan(
      project(wanted, { key: "b", name: two, instructions: one }, { key: "c", id: two || "y" }),
      [remote, orphan, lookAlike, applied({ key: "d" })],
      {
        options: { prune },
        histories: new Map([[id("ag_a"), [base]]]),
        aliases: new Map([[id("ag_a"), [alias("prod", 1), alias(three || "z", 0)]]]),
        listed: { models: [], libraries: [], connectors: [] },
      },
    );
    return {
      ...result,
      scope: { server: one, project: two, environment: three },
      gates: [{ key: key("a"), pinned: undefined, command: four, timeoutMs: undefined, files: [] }],
    };
  });

const nastyEvents = fc
  .record({ plan: nastyPlan, text: nasty, other: nasty })
  .chain(({ plan: nastyOne, text, other }) => {
    const failure = {
      ...everyEvent.read_failed.failure,
      reason: text,
      path: other,
      requestId: text,
    };
    const named = other as AgentKey;
    const at = { file: other, line: 1, column: 3 };
    const events: readonly RunEvent[] = [
      { kind: "planned", plan: nastyOne },
      { kind: "drift_found", plan: nastyOne },
      { kind: "read_failed", failure },
      {
        kind: "config_invalid",
        problems: [
          {
            code: "unknown_key",
            name: text,
            known: [other],
            suggestions: [other],
            at,
            sourceLine: text.replaceAll("\n", " "),
          },
          { code: "yaml_syntax", rule: "BAD_INDENT", reason: other, at },
        ],
      },
      { kind: "machine_error", what: text, reason: other },
      { kind: "usage_error", problem: text, hint: other },
      { kind: "crashed", message: text, stack: `${text}\n    at ${other}` },
      { kind: "plan_unusable", path: text, fault: { kind: "other_tool", tool: other } },
      {
        kind: "plan_stale",
        differences: [{ kind: "scope", member: "server", before: text, now: other }],
      },
      { kind: "commit_outdated", outdated: [{ kind: "newer", key: named, commit: text }] },
      { kind: "drift_refused", keys: [named] },
      { kind: "not_found", key: text, known: [other] },
      everyEvent.apply_started,
      { ...everyEvent.agent_written, key: named, id: id(text) },
      { ...everyEvent.move_failed, key: named, pointer: text as AliasName },
      {
        kind: "write_failed",
        key: named,
        write: "update",
        failure: { kind: "not_taken", version: 3 as Version, paths: [[text]] },
      },
      { ...everyEvent.reverted, key: named, pointer: text as AliasName },
      {
        ...everyEvent.revert_failed,
        key: named,
        id: id(text),
        failure: { kind: "api", failure },
      },
      { ...everyEvent.duplicate_left, key: named, id: id(text) },
      { ...everyEvent.delete_failed, key: named, id: id(text) },
      { ...everyEvent.gate_passed, key: named, command: text },
      { ...everyEvent.gate_failed, key: named, command: text, output: [other, text] },
      everyEvent.apply_finished,
    ];
    return fc.subarray([...events], { minLength: 1 });
  });

describe("law: whatever is in a run, its Markdown does nothing", () => {
  test("plans", () => {
    fc.assert(
      fc.property(nastyPlan, fc.constantFrom("plan" as const, "apply" as const), (result, kind) => {
        const document = markdownDocument([{ kind: "planned", plan: result }], kind, everyRow);
        expect(complaints(document)).toEqual([]);
        expect(markdownDocument([{ kind: "planned", plan: result }], kind, everyRow)).toBe(
          document,
        );
      }),
      { numRuns: 60 },
    );
  });

  test("all other events, in any company", () => {
    fc.assert(
      fc.property(
        nastyEvents,
        fc.constantFrom("plan" as const, "drift" as const, "apply" as const),
        (events, kind) => {
          expect(complaints(markdownDocument(events, kind, everyRow))).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("a word of a sentence, wherever it stands", () => {
    fc.assert(
      fc.property(nasty, nasty, (one, other) => {
        expect(judged(`- ${inertText(`say ${one} and ${other}`)}`)).toEqual([]);
        expect(judged(`- ${inertText(one)}`)).toEqual([]);
        expect(judged(`x ${boldSentence(other)} more`)).toEqual([]);
        expect(judged(`x ${inlineCode(one)}: ${inlineCode(other)}, y`)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe("law: whatever the size, a document is bounded and closed", () => {
  test("plans of many agents with long texts", () => {
    const size = fc.record({
      agents: fc.integer({ min: 1, max: 200 }),
      lines: fc.integer({ min: 1, max: 60 }),
      width: fc.integer({ min: 1, max: 400 }),
      text: nasty,
    });
    fc.assert(
      fc.property(size, ({ agents, lines, width, text }) => {
        const body = (mark: string) =>
          Array.from({ length: lines }, (_, at) => `${mark} ${at} ${text}`.padEnd(width, ".")).join(
            "\n",
          );
        const before = applied({ key: "a" }, { instructions: body("before") });
        const keys = Array.from({ length: agents }, (_, at) => `a${at}`);
        const result = plan(
          project(
            ...keys.map((each) => ({
              key: each,
              instructions: body("after"),
              aliases: { prod: "latest" as const },
            })),
          ),
          keys.map(
            (each) =>
              ({ ...applied({ key: each }), instructions: before.instructions ?? null }) as never,
          ),
        );
        const document = markdownDocument([{ kind: "planned", plan: result }], "plan", everyRow);
        expect(complaints(document)).toEqual([]);
      }),
      { numRuns: 6 },
    );
  });
});
