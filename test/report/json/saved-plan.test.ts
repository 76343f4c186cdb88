import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maskOf } from "../../../src/mask/mask.ts";
import { maskPlan } from "../../../src/mask/mask-plan.ts";
import { approvedPlan } from "../../../src/plan/approved-plan.ts";
import { planDifferences } from "../../../src/plan/plan-difference.ts";
import { openSavedPlan, savedPlanText } from "../../../src/report/json/saved-plan.ts";
import { applied, plan, project } from "../../plan/world.ts";

const digest = (text: string) => createHash("sha256").update(text).digest("hex");
const made = plan(
  project({ key: "a", instructions: 'quotes "seal": "" and more', aliases: { prod: "latest" } }),
  [applied({ key: "a" })],
  { options: { resendSecrets: ["a"] } },
);
const text = savedPlanText({ shown: made, approved: approvedPlan(made) }, "1.2.3", digest);
const open = (saved: string, tool = "1.2.3") => openSavedPlan(saved, tool, digest);

describe("a saved plan", () => {
  test("comes back as what it was: the same plan holds", () => {
    const opened = open(text);
    expect(opened.kind).toBe("plan");
    if (opened.kind !== "plan") return;
    expect(planDifferences(opened.plan, approvedPlan(made))).toEqual([]);
    expect(opened.plan.options).toEqual(made.options);
  });

  test("keeps to the schema", () => {
    const schema = readFileSync(
      new URL("../../../schemas/plan.schema.json", import.meta.url),
      "utf8",
    );
    const validate = new Ajv2020({ strictRequired: false, allowUnionTypes: true }).compile(
      JSON.parse(schema),
    );
    expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
  });

  test("law: not one byte of it may change", () => {
    fc.assert(
      fc.property(
        fc.nat(text.length - 1),
        fc.string({ unit: "binary-ascii", minLength: 1, maxLength: 1 }),
        (at, other) => {
          fc.pre(text[at] !== other);
          const altered = text.slice(0, at) + other + text.slice(at + 1);
          expect(open(altered).kind).toBe("fault");
        },
      ),
      { numRuns: 500 },
    );
    for (const at of [0, 1, 10, text.length - 1]) {
      expect(open(text.slice(0, at) + text.slice(at + 1)).kind).toBe("fault");
    }
  });

  test.each([
    ["nothing", "", "not_a_plan"],
    ["some YAML", "version: 1\n", "not_a_plan"],
    ["JSON of another kind", "[]", "not_a_plan"],
    ["a plan with a word changed", text.replace('"prod"', '"dorp"'), "altered"],
    ["a plan cut short", text.slice(0, -20), "altered"],
  ])("%s is refused for what it is", (_name, saved, expected) => {
    expect(open(saved)).toEqual({ kind: "fault", fault: { kind: expected } });
  });

  test("of another version of the tool is refused by name", () => {
    expect(open(text, "2.0.0")).toEqual({
      kind: "fault",
      fault: { kind: "other_tool", tool: "1.2.3" },
    });
  });

  test("is sealed after secrets were masked", () => {
    const mask = maskOf([{ variable: "T", text: "more" }], () => false);
    const shown = maskPlan(made, mask);
    const masked = savedPlanText({ shown, approved: approvedPlan(made) }, "1.2.3", digest);
    expect(masked).not.toContain("more");
    expect(open(masked)).toEqual(open(text));
  });
});
