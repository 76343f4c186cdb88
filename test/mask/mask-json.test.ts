import { expect, test } from "vitest";
import { maskOf } from "../../src/mask/mask.ts";
import { maskJson } from "../../src/mask/mask-json.ts";

const secret = "hunter2-of-the-crm";
const mask = maskOf([{ variable: "TOKEN", text: secret }], () => false);

test("masks a secret in strings at any depth, and in member names", () => {
  const found = maskJson({ [secret]: [{ deep: `x ${secret} y` }], [`my ${secret}`]: 1 }, mask);
  expect(found).toEqual({ "***": [{ deep: "x *** y" }], "my ***": 1 });
});

test("keeps other values, and returns a value without a secret itself", () => {
  const value = { number: 1, flag: true, nothing: null, list: ["a", {}] };
  expect(maskJson(value, mask)).toBe(value);
});

test("in names that are compared, masks only what can be nothing but a secret", () => {
  const weak = maskOf([{ variable: "TOKEN", text: "triage" }], (text) => text === "triage");
  expect(maskJson({ key: "triage", text: "triage" }, weak)).toEqual({ key: "triage", text: "***" });
  expect(maskJson({ id: secret, "agentvane.key": secret }, mask)).toEqual({
    id: "***",
    "agentvane.key": "***",
  });
});
