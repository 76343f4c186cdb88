import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { serverReason as reasonOf } from "../../src/remote/server-reason.ts";

const serverReason = (text: string) => reasonOf(text, (told) => told);

describe("the reason of a server", () => {
  const complaint = {
    type: "extra_forbidden",
    loc: ["body", "tools", 0, "type"],
    msg: "Extra inputs",
    input: "hidden-in-body",
  };

  test.each<[string, unknown, string]>([
    ["a list of complaints", { detail: [complaint] }, "tools.0.type: Extra inputs"],
    [
      "several of them",
      { detail: [complaint, { loc: ["query", "version"], msg: "Field required" }] },
      "tools.0.type: Extra inputs; query.version: Field required",
    ],
    [
      "the same list twice",
      { object: "Error", detail: [complaint], message: [complaint], code: 3001 },
      "tools.0.type: Extra inputs",
    ],
    ["a list under message", { message: [complaint] }, "tools.0.type: Extra inputs"],
    ["a list deeper down", { message: { detail: [complaint] } }, "tools.0.type: Extra inputs"],
    ["a complaint without words", { detail: [{ loc: ["body"], input: "x" }] }, "not accepted"],
    ["a text in the list", { detail: ["no"] }, "no"],
    ["an error object", { object: "Error", message: "Agent not found" }, "Agent not found"],
    ["a detail that is a text", { detail: "Invalid API Key" }, "Invalid API Key"],
    ["a gateway's", { message: "Unauthorized", request_id: "r" }, "Unauthorized"],
    ["a guardrail's", { error: { message: "blocked", status: 403 } }, "blocked"],
    ["nothing known", { input: "hidden-in-body" }, "the server gave no reason"],
    [
      "a number where words should be",
      { detail: 5, input: "hidden-in-body" },
      "the server gave no reason",
    ],
    ["an empty list", { detail: [] }, "the server gave no reason"],
  ])("%s", (_name, body, reason) => {
    expect(serverReason(JSON.stringify(body))).toBe(reason);
  });

  test.each([
    ["upstream connect error\n or disconnect", "upstream connect error or disconnect"],
    ["", "the server gave no reason"],
    ["{", "{"],
  ])("a body that is not JSON: %j", (text, reason) => {
    expect(serverReason(text)).toBe(reason);
  });

  test("has a limited length", () => {
    const reason = serverReason(JSON.stringify({ detail: "x".repeat(5_000) }));
    expect(reason).toHaveLength(1_000);
    expect(reason.endsWith("x…")).toBe(true);
    expect(serverReason(`"${"y".repeat(1_000)}"`)).toBe("y".repeat(1_000));
  });
});

describe("masking", () => {
  const hidden = "a token  with\nblanks";
  const mask = (told: string) => told.replaceAll(hidden, "***");
  const shapes: readonly ((words: string) => string)[] = [
    (words) => words,
    (words) => JSON.stringify({ detail: words }),
    (words) => JSON.stringify({ error: { message: words } }),
    (words) => JSON.stringify({ detail: [words] }),
    (words) => JSON.stringify({ detail: [{ loc: ["body", words], msg: words, input: words }] }),
  ];

  test("law: no part of a secret remains, however long the text around it is", () => {
    fc.assert(
      fc.property(fc.constantFrom(...shapes), fc.nat(1_100), fc.nat(50), (shape, before, after) => {
        const words = `${"x".repeat(before)} ${hidden} ${"y".repeat(after)}`;
        expect(reasonOf(shape(words), mask)).not.toMatch(/token|with|blanks|a t/);
      }),
      { numRuns: 1_000 },
    );
  });
});
