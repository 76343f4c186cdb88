import { describe, expect, test } from "vitest";
import { modelNotes } from "../../src/plan/model-notes.ts";
import { refusalExitCode } from "../../src/plan/refusal-table.ts";
import { applied, key, model, plan, project } from "./world.ts";

const going = model({
  id: "m-2505",
  aliases: ["m-old"],
  deprecation: { date: "2026-12-15T12:00:00Z", replacement: "m-3" },
});
const lookup = { type: "function", function: { name: "lookup", parameters: {} } };
const at = (time: string) => Date.parse(time);

describe("what a plan notes", () => {
  test("one note for all agents of a model, also for those that stay as they are", () => {
    const found = plan(
      project(
        { key: "a", model: "m-2505" },
        { key: "b", model: "m-old" },
        { key: "c", model: "m-2505" },
      ),
      [applied({ key: "c", model: "m-2505" })],
      { listed: { models: [going] } },
    );
    expect(found.modelNotes).toEqual([
      { kind: "model_deprecated", model: "m-2505", keys: ["a", "c"], ...going.deprecation },
      { kind: "model_deprecated", model: "m-old", keys: ["b"], ...going.deprecation },
    ]);
    expect(found.refusals).toEqual([]);
  });

  test("what will run counts, not what runs now, and what is ignored stays", () => {
    const notes = (wanted: object) =>
      plan(project({ key: "a", ...wanted }), [applied({ key: "a", model: "m-2505" })], {
        listed: { models: [going, model({ id: "m" })] },
      }).modelNotes.map(({ kind }) => kind);
    expect(notes({ model: "m" })).toEqual([]);
    expect(notes({ model: "m", ignore: ["model"] })).toEqual(["model_deprecated"]);
  });

  test("archived, and without functions where an agent has some", () => {
    const models = [model({ id: "old", isArchived: true, canCallFunctions: false })];
    const uses = [
      { key: key("a"), model: "old", tools: [] },
      { key: key("b"), model: "old", tools: [lookup] },
      { key: key("c"), model: "old", tools: [{ type: "web_search" }] },
    ];
    expect(modelNotes(uses, models)).toEqual([
      { kind: "model_archived", model: "old", keys: ["a", "b", "c"] },
      { kind: "model_without_functions", model: "old", keys: ["b"] },
    ]);
  });

  test("a row of its own tells more than an alias, and a list that could not be read tells nothing", () => {
    const own = model({ id: "m-latest" });
    const family = model({ ...going, aliases: ["m-latest"] });
    const uses = [{ key: key("a"), model: "m-latest", tools: undefined }];
    expect(modelNotes(uses, [family, own])).toEqual([]);
    expect(modelNotes(uses, [family])).toHaveLength(1);
    expect(modelNotes(uses, undefined)).toEqual([]);
  });
});

describe("--fail-on-deprecated", () => {
  const refusals = (row: Parameters<typeof model>[0], by: string) =>
    plan(project({ key: "a", model: row.id }), [], {
      listed: { models: [model(row)] },
      retiresBy: at(by),
    }).refusals;

  test.each([
    ["2026-12-14T00:00:00Z", "2026-12-15", []],
    ["2026-12-16T00:00:00Z", "2026-12-15", ["model_retires"]],
    ["2026-12-15T00:00:00Z", "2026-12-15", ["model_retires"]],
    ["2026-12-01T00:00:00Z", "2025-01-01T00:00:00Z", ["model_retires"]],
    ["2026-12-01T00:00:00Z", "soon", ["model_retires"]],
    ["2026-12-01T00:00:00Z", undefined, ["model_retires"]],
  ])("until %s, a model that goes at %s: %j", (by, date, kinds) => {
    const found = refusals({ id: "m", deprecation: { date, replacement: undefined } }, by);
    expect(found.map(({ kind }) => kind)).toEqual(kinds);
    if (kinds.length > 0) expect(refusalExitCode(found)).toBe(3);
  });

  test("an archived model is gone, one without functions is not", () => {
    expect(refusals({ id: "m", isArchived: true }, "2020-01-01")).toHaveLength(1);
    expect(refusals({ id: "m", canCallFunctions: false }, "2030-01-01")).toEqual([]);
  });
});
