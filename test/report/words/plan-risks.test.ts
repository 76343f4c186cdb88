import { describe, expect, test } from "vitest";
import type { RunEvent } from "../../../src/commands/event.ts";
import type { Plan } from "../../../src/plan/plan.ts";
import { everyRow } from "../../../src/report/events/every.ts";
import { pageData } from "../../../src/report/html/content.ts";
import { markdownDocument } from "../../../src/report/markdown/markdown.ts";
import { planText } from "../../../src/report/text/plan.ts";
import { lineWords } from "../../../src/report/words/line.ts";
import { risksOf } from "../../../src/report/words/plan-risks.ts";
import { companyPlan } from "../../browser/company-plan.ts";
import { applied, key, plan, project, type Wanted } from "../../plan/world.ts";
import { complaints } from "../markdown/judge.ts";

const planned = (result: Plan): readonly RunEvent[] => [{ kind: "planned", plan: result }];
const markdown = (result: Plan) => markdownDocument(planned(result), "plan", everyRow);
const page = (result: Plan) => pageData(planned(result), "plan", everyRow);

describe("the risks of a plan", () => {
  test("come with the worst first, each told once for all its agents", () => {
    const risks = risksOf(companyPlan(30));
    expect(risks.map(({ severity, title }) => `${severity}: ${title}`)).toEqual([
      "error: Deletes 1 agent",
      "warning: Overwrites edits made outside on 1 agent",
      "warning: Undoes promote or rollback on 1 agent",
      "warning: Gives another model to 3 agents",
      "warning: Sends secrets that are not set here: 15 agents",
      "warning: Names a model that the server does not list on 3 agents",
      "warning: Names a connector that the server does not list on 1 agent",
      "plain: Live as soon as written: 28 agents",
    ]);
  });

  test("an agent that is taken over was not changed outside", () => {
    const bound: Wanted = { key: "a", id: "ag_a" };
    const remote = { ...applied({ key: "a", description: "theirs" }), metadata: {} };
    const result = plan(project(bound), [remote]);
    const text = planText(result).map(lineWords).join("\n");
    expect(text).toContain("! 1 agent taken over: a.");
    expect(text).not.toContain("changed outside");
    expect(markdown(result)).toContain("Look at this first: 1 agent taken over.");
    expect(page(result).dangers.map(({ title }) => title)).toEqual(["Takes over 1 agent"]);
  });
});

describe("thirty refusals of one kind", () => {
  const keys = Array.from({ length: 30 }, (_, at) => key(`a${at}`));
  const refused: RunEvent = {
    kind: "refused",
    refusals: keys.map((each) => ({ kind: "secret_unset", key: each, variables: ["TOKEN"] })),
  };

  test("are one card of the page: three in sight, the others folded away, the way out once", () => {
    const result = plan(project(...keys.map((each) => ({ key: each }))), []);
    const { dangers } = pageData([...planned(result), refused], "apply", everyRow);
    const [first] = dangers;
    expect(first?.title).toBe("Refused: 30 agents");
    expect(first?.lines.map(lineWords)).toEqual([
      "refused[secret_unset]: a0 is written with secrets that are not set: TOKEN",
      "refused[secret_unset]: a1 is written with secrets that are not set: TOKEN",
      "refused[secret_unset]: a2 is written with secrets that are not set: TOKEN",
      "  Set the environment variable and apply again.",
    ]);
    expect(first?.more).toHaveLength(27);
    expect(first?.agents).toHaveLength(30);
  });
});

describe("counts agree", () => {
  test("between the sum and the list of pointers, default versions counted as well", () => {
    const document = markdown(companyPlan(30));
    expect(document).toContain("; 32 aliases and 1 default version to move; 29 new versions.");
    expect(document).toContain("<summary>32 aliases and 1 default version, one by one</summary>");
    const counts = [...document.matchAll(/^\| .* \| (\d+) \|$/gm)].map(([, count]) =>
      Number(count),
    );
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(33);
  });

  test("none of zero in Markdown and in the page, and each once in the page", () => {
    const result = companyPlan(3);
    expect(markdown(result)).not.toMatch(/\b0 (?:to|new|alias|failed|removed)/);
    const { verdict, sums } = page(result);
    expect(verdict.lines.map(lineWords)).toEqual([
      "Plan: 1 to create, 1 to update, 1 to reuse, 1 to delete; 5 aliases and 1 default version to move; 2 new versions.",
    ]);
    expect(sums).toEqual([]);
  });
});

describe("what only looks the same", () => {
  const before = { key: "a", description: "caf\u00e9", instructions: "one two\nthree" };
  const after = { ...before, description: "cafe\u0301", instructions: "one\u00a0two \nthree" };
  const result = plan(project(after), [applied(before)]);

  test("is told apart in Markdown", () => {
    const document = markdown(result);
    expect(document).toContain('`"café"` → `"cafe\\u{301}"`');
    expect(document).toContain("+ one\\u{a0}two\\u{20}");
    expect(complaints(document)).toEqual([]);
  });

  test("is told apart in the page", () => {
    const text = JSON.stringify(page(result).agents[0]?.changes);
    expect(text).toContain("cafe\\\\u{301}");
    expect(text).toContain("one\\\\u{a0}two\\\\u{20}");
  });
});

describe("Markdown of a large plan", () => {
  test.each([3, 30, 300])(
    "%i agents: whole, inert, within the limit, the same each time",
    (count) => {
      const document = markdown(companyPlan(count));
      expect(complaints(document)).toEqual([]);
      expect(markdown(companyPlan(count))).toBe(document);
    },
  );

  test("tells a note once that many agents share, and beside the agent where few do", () => {
    const many = markdown(companyPlan(30));
    expect(many.match(/an apply sends secrets|CRM_TOKEN/g)).toHaveLength(1);
    expect(many.match(/agent_version/g)).toHaveLength(1);
    expect(markdown(companyPlan(3)).match(/an apply sends secrets/g)).toHaveLength(2);
  });

  test("has the tools of a new agent whole, without what their names say", () => {
    const document = markdown(companyPlan(3));
    expect(document).toContain("\n- `tools[web_search]`\n");
    expect(document).toContain("<code>tools[connector:crm]</code>: 14 lines");
    expect(document).toContain('+         "order": {');
  });

  test("gives no line to agents that need nothing, and one to the secrets of them all", () => {
    const secret = {
      type: "connector",
      connector_id: "crm",
      authorization: { type: "api-key", value: { secret: "T" } },
    };
    const settled = ["a", "b"].map((each): Wanted => ({ key: each, tools: [secret] }));
    const bound: Wanted = { key: "c", id: "ag_c" };
    const result = plan(project(...settled, bound), [
      ...settled.map((each) => applied(each)),
      { ...applied({ key: "c" }), metadata: {} },
    ]);
    const document = markdown(result);
    expect(document).not.toContain("#### Agents");
    expect(document.match(/values of secrets are not compared/g)).toHaveLength(1);
    expect(document).toContain("1 agent is adopted with the next change");
  });

  test("a name with a line between cells does not break the table of pointers", () => {
    const result = plan(project({ key: "a", aliases: { prod: "latest" } }), []);
    const [wave = []] = result.releaseWaves;
    const odd = wave.map((move) => ({ ...move, key: key("a|b\\|c") }));
    const document = markdown({ ...result, releaseWaves: [odd] });
    expect(document).toContain("| `a\\u{7c}b\\\\u{7c}c` | `prod` | none | 0 (new) |");
    expect(complaints(document)).toEqual([]);
  });
});
