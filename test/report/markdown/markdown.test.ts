import { describe, expect, test } from "vitest";
import type { Version } from "../../../src/agent/identity.ts";
import { maskOf } from "../../../src/mask/mask.ts";
import { maskEvent } from "../../../src/mask/mask-event.ts";
import type { Plan } from "../../../src/plan/plan.ts";
import { everyRow } from "../../../src/report/events/every.ts";
import { markdownDocument, markdownReporter } from "../../../src/report/markdown/markdown.ts";
import { applied, id, plan, project, tags, type Wanted } from "../../plan/world.ts";
import { everyEvent } from "../every-event.ts";
import { complaints } from "./judge.ts";

const planned = (result: Plan) =>
  markdownDocument([{ kind: "planned", plan: result }], "plan", everyRow);

describe("a plan", () => {
  test("says what would happen, what to look at first, and the words that change", () => {
    const prompt = (middle: string) =>
      `Be kind.\nAsk at most ${middle} question.\nNever promise.\n`;
    const wanted: Wanted = {
      key: "triage",
      name: "Support triage",
      model: "large",
      instructions: prompt("two"),
      handoffs: ["billing"],
      aliases: { prod: "latest" },
    };
    const remote = applied({ ...wanted, model: "m", instructions: prompt("one"), handoffs: [] });
    const result = plan(project(wanted, { key: "billing" }), [remote]);
    expect(planned(result).replace(/plan `\w+`/, "plan `digest`")).toMatchInlineSnapshot(`
      "<!-- agentvane plan: project=acme, environment= -->

      ### agentvane plan: \`acme\`

      **Plan:** 1 to create, 1 to update; 1 alias to move; 2 new versions.

      Look at this first: another model for 1 agent.

      #### Other models

      - \`triage\` "Support triage": \`"m"\` → \`"large"\`

      #### Pointers to move once every version is built and verified

      | agent | pointer | from | to |
      |---|---|---|---|
      | \`triage\` | \`prod\` | none | 1 (new) |

      #### Handoffs

      \`\`\`mermaid
      flowchart LR
        n1(["#126; triage<br/>Support triage"])
        n0["#43; billing"]
        n1 ==>|new| n0
        classDef added fill:#dafbe1,stroke:#1a7f37,color:#0b3d1c
        classDef changed fill:#fff8c5,stroke:#9a6700,color:#4d3300
        class n0 added
        class n1 changed
        linkStyle 0 stroke:#1a7f37
      \`\`\`

      #### Agents

      **Create** \`billing\`

      - \`model\`: \`"m"\`

      **Update** \`triage\` "Support triage": version 0 → 1 (new)

      - \`model\`: \`"m"\` → \`"large"\`
      - \`handoffs\`: \`[billing]\` added
      - the ids of billing are known after apply

      <details><summary><code>instructions</code>: 1 line added, 1 removed</summary>

      \`\`\`diff
      @@ line 1
        Be kind.
      - Ask at most one question.
      + Ask at most two question.
        Never promise.
      \`\`\`

      Changed words:

      - line 2: \`one\` → \`two\`

      </details>

      <sub>on \`s\`, plan \`digest\`</sub>
      "
    `);
  });

  test("nothing to do is one sentence", () => {
    const document = planned(plan(project({ key: "a" }), [applied({ key: "a" })]));
    expect(document.replace(/plan `\w+`/, "plan `digest`")).toMatchInlineSnapshot(`
      "<!-- agentvane plan: project=acme, environment= -->

      ### agentvane plan: \`acme\`

      ✅ **No changes.** 1 agent matches \`agents.yaml\`.

      <sub>on \`s\`, plan \`digest\`</sub>
      "
    `);
  });

  test("deletions, drift and conflicts come before everything else", () => {
    const edited = applied(
      { key: "a", description: "was" },
      { version: 1, versions: [0, 1], description: "theirs", metadata: tags("a") },
    );
    const base = applied({ key: "a", description: "was" });
    const result = plan(
      project({ key: "a", description: "mine" }, { key: "b" }),
      [edited, applied({ key: "old", name: "Old one" })],
      { options: { prune: true }, histories: new Map([[id("ag_a"), [base]]]) },
    );
    const document = planned(result);
    expect(titles(document)).toEqual(["Deleted for good", "Changed outside", "Agents"]);
    expect(document).toContain(
      "Look at this first: 1 agent deleted for good · 1 agent changed outside · 1 of them in conflict with the file.",
    );
    expect(document).toContain('- `old` "Old one": `ag_old` and its 1 version');
    expect(document).toContain("- `a`: **conflict** in `description`");
    expect(document).toContain(
      '- `description`: `"theirs"` → `"mine"`, **conflict: edited outside and in the file**',
    );
  });

  test("that is refused says so first, with the way out", () => {
    const document = planned(plan(project({ key: "a", id: "ag_x" }), []));
    expect(document).toContain("❌ **Refused.**\n\n**Plan:**");
    expect(titles(document)[0]).toBe("Refused");
    expect(document).toContain("- **a is bound to `ag_x`, which does not exist");
    expect(document).toContain("  - Correct the id, or remove the line to create a new agent.");
  });

  test("is found again by its first line, which names cannot break out of", () => {
    const first = (name: string, environment: string) => {
      const result = plan(project(), []);
      return planned({
        ...result,
        scope: { server: "s", project: name, environment },
      }).split("\n")[0];
    };
    expect(first("acme", "prod")).toBe("<!-- agentvane plan: project=acme, environment=prod -->");
    expect(first("a--b", "")).toBe("<!-- agentvane plan: project=a-%2Db, environment= -->");
    expect(first("x --> <b>", "\n")).toBe(
      "<!-- agentvane plan: project=x%20-%2D%3E%20%3Cb%3E, environment=%0A -->",
    );
  });

  test("a graph is drawn only where handoffs change, of what is around the change", () => {
    const still = applied({ key: "a", handoffs: ["b"] });
    const callee = applied({ key: "b" });
    const drawn = planned(
      plan(project({ key: "a", handoffs: ["b"] }, { key: "b", model: "n" }), [still, callee]),
    );
    expect(drawn).not.toContain("mermaid");
    const many = Array.from({ length: 40 }, (_, at) => ({
      key: `c${at}`,
      handoffs: [`c${(at + 1) % 40}`],
    }));
    const changed = planned(
      plan(
        project(...many.map((each, at) => (at === 3 ? { ...each, handoffs: ["c4", "c9"] } : each))),
        many.map((each) => applied(each)),
      ),
    );
    expect(changed).toContain("==>|new|");
    expect(changed.match(/^ {2}n\d+[([{].*"/gm)).toHaveLength(2);
  });

  test("more than can be followed in a picture is said in words", () => {
    const crowd = Array.from({ length: 70 }, (_, at) => ({ key: `c${at}`, handoffs: ["c0"] }));
    expect(planned(plan(project(...crowd), []))).toContain("70 handoffs change: too many to draw.");
  });
});

describe("drift", () => {
  test("shows what agentvane wrote and what stands there now", () => {
    const document = markdownDocument([everyEvent.drift_found], "drift", everyRow);
    expect(document).toContain("⚠️ **Drift:** 1 agent changed outside.");
    expect(document).toContain('- `description`: `"was"` → `"theirs"`');
  });

  test("that there is none is one sentence", () => {
    const result = plan(project({ key: "a" }), [applied({ key: "a" })]);
    const document = markdownDocument([{ kind: "drift_found", plan: result }], "drift", everyRow);
    expect(document).toContain("✅ **No drift.** Nothing was changed outside.");
    expect(titles(document)).toEqual([]);
  });
});

describe("an apply", () => {
  test("that worked", () => {
    const document = markdownDocument(
      [
        everyEvent.planned,
        { ...everyEvent.apply_started, deletions: 0 },
        everyEvent.agent_written,
        { ...everyEvent.pointer_set, from: 3 as Version, to: 4 as Version },
        { ...everyEvent.apply_finished, released: true },
      ],
      "apply",
      everyRow,
    );
    expect(document.split("#### What was planned")[0]).toMatchInlineSnapshot(`
      "<!-- agentvane apply: project=acme, environment= -->

      ### agentvane apply: \`acme\`

      ✅ **Applied:** 1 version written, 1 alias moved, in 1.2 s.

      |  | done |
      |---|--:|
      | updated | 1 |
      | pointers moved | 1 |

      #### Done

      <details><summary>2 steps</summary>

      - ✓ updated \`triage\` \`ag_1\`, version 4 (the answer was lost; reading the agent found it)
      - ✓ moved \`triage prod\` 3 → 4

      </details>

      "
    `);
  });

  test("that failed: the failure, what was reverted, and the repair of what was not", () => {
    const document = markdownDocument(
      [
        everyEvent.planned,
        everyEvent.apply_started,
        everyEvent.agent_written,
        everyEvent.move_failed,
        everyEvent.reverted,
        everyEvent.revert_failed,
        everyEvent.apply_finished,
      ],
      "apply",
      everyRow,
    );
    expect(document.split("#### What was planned")[0]).toMatchInlineSnapshot(`
      "<!-- agentvane apply: project=acme, environment= -->

      ### agentvane apply: \`acme\`

      ❌ **Split:** triage could not be reverted. Repair it as shown, or apply again once the cause is fixed.

      |  | done | failed |
      |---|--:|--:|
      | updated | 1 |  |
      | pointers moved |  | 1 |
      | reverted | 1 | 1 |

      #### Errors

      - moving \`triage prod\`
        - expected 3, found none: somebody else moved it
      - reverting \`triage prod\`
        - too dull (PATCH \`/v1/agents/ag_1\`, status 422, request \`r-7\`)
        - it should point to 3; to repair it by hand: \`curl -X PUT 'https://api.mistral.ai/v1/agents/ag_1/aliases?alias=prod&version=3' -H "Authorization: Bearer $MISTRAL_API_KEY"\`

      #### Reverted

      - ↩ reverted triage default version to 3

      #### Done

      <details><summary>1 step</summary>

      - ✓ updated \`triage\` \`ag_1\`, version 4 (the answer was lost; reading the agent found it)

      </details>

      "
    `);
  });

  test("that broke off claims nothing", () => {
    const events = [everyEvent.planned, everyEvent.apply_started, everyEvent.crashed];
    const document = markdownDocument(events, "apply", everyRow);
    expect(document).toContain(
      "❌ **Failed. The apply ended unexpectedly; plan again to see what it did.**",
    );
    expect(document).not.toContain("Nothing was applied");
  });

  test("that was not begun is told with its plan", () => {
    const document = markdownDocument(
      [everyEvent.planned, everyEvent.drift_refused],
      "apply",
      everyRow,
    );
    expect(document).toContain("❌ **Refused. Nothing was applied.**\n\n**Plan:**");
    expect(titles(document)[0]).toBe("Errors");
    expect(titles(document)).toContain("Agents");
  });
});

describe("everything that can happen", () => {
  test.each(Object.values(everyEvent).map((event) => [event.kind, event] as const))(
    "%s alone makes a whole document",
    (_kind, event) => {
      for (const kind of ["plan", "drift", "apply"] as const) {
        const document = markdownDocument([event], kind, everyRow);
        expect(complaints(document)).toEqual([]);
        expect(document).not.toMatch(/undefined|\[object/);
      }
    },
  );

  test("secrets are masked before a text is cut into words", () => {
    const told: string[] = [];
    const out = (text: string) => void told.push(text);
    const mask = maskOf([{ variable: "T", text: "p@ss the word" }], () => false);
    const reporter = markdownReporter(out, "plan", everyRow);
    const failure = { ...everyEvent.read_failed.failure, reason: "no such key: p@ss the word" };
    reporter.take(maskEvent({ kind: "read_failed", failure }, mask));
    reporter.finish();
    expect(told.join("")).toContain("`***`");
    expect(told.join("")).not.toContain("p@ss");
  });
});

/** Titles of the sections that are there, in order. */
function titles(document: string): readonly string[] {
  return [...document.matchAll(/^#### (.*)$/gm)].map(([, title = ""]) => title);
}
