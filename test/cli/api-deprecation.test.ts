import { expect, test } from "vitest";
import { apiDeprecation } from "../../src/cli/api-deprecation.ts";
import type { RequestNote } from "../../src/remote/request-note.ts";

function answered(deprecation: string | undefined, sunset?: string): RequestNote {
  const call = { method: "GET", path: "/v1/agents?page=0", attempt: 1, status: 200, ms: 1 };
  return { kind: "answered", ...call, requestId: undefined, date: undefined, deprecation, sunset };
}

test.each([
  ["@1688169599", undefined, "2023-06-30", undefined],
  ["true", "Mon, 01 Mar 2027 00:00:00 GMT", undefined, "2027-03-01"],
  ["Sun, 01 Nov 2026 00:00:00 GMT", "soon", "2026-11-01", undefined],
  [undefined, "Mon, 01 Mar 2027 00:00:00 GMT", undefined, "2027-03-01"],
  ["@99999999999999999999", undefined, undefined, undefined],
])("Deprecation: %s, Sunset: %s", (deprecation, sunset, since, ends) => {
  const path = "/v1/agents";
  expect(apiDeprecation(answered(deprecation, sunset))).toEqual({
    kind: "api_deprecated",
    method: "GET",
    path,
    since,
    ends,
  });
});

test("an answer without the headers announces nothing", () => {
  expect(apiDeprecation(answered(undefined))).toBeUndefined();
});
