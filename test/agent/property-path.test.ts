import { describe, expect, test } from "vitest";
import { agentTable } from "../../src/agent/agent-table.ts";
import {
  isSamePath,
  isWithin,
  type PropertyPath,
  parsePath,
  pathText,
} from "../../src/agent/property-path.ts";
import { valueAt, withValueAt } from "../../src/agent/value-at.ts";

const strict: PropertyPath = ["tools", { item: "function:a.b" }, "function", "strict"];

describe("a path", () => {
  test.each<[string, PropertyPath]>([
    ["model", ["model"]],
    ["completion_args.temperature", ["completion_args", "temperature"]],
    ["metadata.cost.center", ["metadata", "cost.center"]],
    ["unknown.a.b", ["unknown", "a.b"]],
  ])("%s is parsed, and printed as it was written", (text, path) => {
    expect(parsePath(agentTable, text)).toEqual(path);
    expect(pathText(path)).toBe(text);
  });

  test("prints the identity of an item in brackets", () => {
    expect(pathText(strict)).toBe("tools[function:a.b].function.strict");
    expect(pathText([])).toBe("");
  });

  test.each<[PropertyPath, boolean]>([
    [[], true],
    [["tools"], true],
    [["tools", { item: "function:a.b" }], true],
    [strict, true],
    [["tools", { item: "function:a" }], false],
    [["tools", "function:a.b"], false],
    [[...strict, "more"], false],
    [["tool"], false],
  ])("compares whole steps: inside of %j is %s", (outer, expected) => {
    expect(isWithin(strict, outer)).toBe(expected);
  });

  test("is another one when a step is missing or the dots are elsewhere", () => {
    expect(isSamePath(["metadata", "a.b"], ["metadata", "a.b"])).toBe(true);
    expect(isSamePath(["metadata", "a.b"], ["metadata", "a", "b"])).toBe(false);
    expect(isSamePath(["metadata"], ["metadata", "a"])).toBe(false);
  });
});

describe("the value at a path", () => {
  const members = { model: "m", metadata: { "a.b": 1, c: 2 }, tools: [{ type: "x" }] };

  test("is read, and is nothing inside of a list", () => {
    expect(valueAt(members, ["metadata", "a.b"])).toBe(1);
    expect(valueAt(members, ["metadata", "a", "b"])).toBeUndefined();
    expect(valueAt(members, ["tools", { item: "x" }, "type"])).toBeUndefined();
  });

  test("is set, with the maps that lead to it, or taken away", () => {
    expect(withValueAt(members, ["metadata", "a.b"], undefined)).toEqual({
      ...members,
      metadata: { c: 2 },
    });
    expect(withValueAt({}, ["completion_args", "top_p"], null)).toEqual({
      completion_args: { top_p: null },
    });
  });

  test("stays as it is where the path leads into a list or to nothing that can be taken away", () => {
    expect(withValueAt(members, ["tools", { item: "x" }], null)).toEqual(members);
    expect(withValueAt(members, ["model", "deeper"], undefined)).toBe(members);
    expect(withValueAt(members, ["absent"], undefined)).toEqual(members);
  });
});
