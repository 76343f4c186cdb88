import { expect, test } from "vitest";
import { remembered } from "../../src/agent/remembered.ts";

test("makes a result once for each object, also where it is none", () => {
  const asked: object[] = [];
  const find = remembered((given: { readonly found?: string }) => {
    asked.push(given);
    return given.found;
  });
  const [named, unnamed, equal] = [{ found: "a" }, {}, { found: "a" }];
  expect([named, unnamed, named, unnamed, equal].map(find)).toEqual([
    "a",
    undefined,
    "a",
    undefined,
    "a",
  ]);
  expect(asked).toEqual([named, unnamed, equal]);
});
