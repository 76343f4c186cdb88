import { expect, test } from "vitest";
import { maskOf } from "../../src/mask/mask.ts";
import { maskJson } from "../../src/mask/mask-json.ts";

const secret = "hunter2-of-the-crm";
const mask = maskOf([{ variable: "TOKEN", text: secret }], () => false);

test("a secret is taken out of texts at any depth, and out of the names of members", () => {
  const found = maskJson({ [secret]: [{ deep: `x ${secret} y` }], [`my ${secret}`]: 1 }, mask);
  expect(found).toEqual({ "***": [{ deep: "x *** y" }], "my ***": 1 });
});

test("what is not a text stays, and so does the value itself where nothing is in it", () => {
  const value = { number: 1, flag: true, nothing: null, list: ["a", {}] };
  expect(maskJson(value, mask)).toBe(value);
});

test("names that are compared lose only what nothing but a secret looks like", () => {
  const weak = maskOf([{ variable: "TOKEN", text: "triage" }], (text) => text === "triage");
  expect(maskJson({ key: "triage", text: "triage" }, weak)).toEqual({ key: "triage", text: "***" });
  expect(maskJson({ id: secret, "agentvane.key": secret }, mask)).toEqual({
    id: "***",
    "agentvane.key": "***",
  });
});
