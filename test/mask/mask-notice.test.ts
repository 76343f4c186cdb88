import { expect, test } from "vitest";
import { maskOf } from "../../src/mask/mask.ts";
import { maskNotice } from "../../src/mask/mask-notice.ts";

test("masks a token that a forge repeats in every notice of a CI job", () => {
  const mask = maskOf([{ variable: "T", text: "glpat-of-the-job" }], () => false);
  const problem = { kind: "failed", status: 400, reason: "no glpat-of-the-job" } as const;
  expect(maskNotice({ kind: "comment_failed", problem }, mask)).toEqual({
    kind: "comment_failed",
    problem: { ...problem, reason: "no ***" },
  });
  const forbidden = {
    kind: "comment_failed",
    problem: { kind: "forbidden", status: 403 },
  } as const;
  expect(maskNotice(forbidden, mask)).toBe(forbidden);
});
