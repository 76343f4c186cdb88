import fc from "fast-check";
import { expect, test } from "vitest";
import { redactor } from "../../src/cli/redact.ts";

const secret = 'to"ken/with+odd=chärs';

test.each([
  ["as it is", secret],
  ["inside JSON", JSON.stringify({ value: secret })],
  ["inside JSON inside JSON", JSON.stringify(JSON.stringify(secret))],
  ["in a URL", `?q=${encodeURIComponent(secret)}`],
  ["in base64", Buffer.from(secret).toString("base64")],
])("a secret %s is masked", (_name, text) => {
  const masked = redactor([secret])(text);
  expect(masked).toContain("***");
  expect(masked).not.toContain("odd");
  expect(masked).not.toContain(Buffer.from(secret).toString("base64").slice(0, 12));
});

test("a secret that begins with another leaves no rest", () => {
  expect(redactor(["token", "token-longer"])("x token-longer y")).toBe("x *** y");
});

test("very short texts are left alone: they would blot out words and hide nothing", () => {
  expect(redactor(["a", ""])("a cat")).toBe("a cat");
});

test("law: no secret of four characters or more survives", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 4 }), fc.string(), fc.string(), (hidden, before, after) => {
      fc.pre(!"***".includes(hidden) && !hidden.includes("*"));
      expect(redactor([hidden])(before + hidden + after)).not.toContain(hidden);
    }),
  );
});
