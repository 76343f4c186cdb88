import { expect, test } from "vitest";
import { versionTimes } from "../../src/commands/version-time.ts";
import { remoteAgent } from "../plan/world.ts";

const version = (number: number, created_at: string, updated_at: string) =>
  remoteAgent({ id: "ag_1", version: number, created_at, updated_at });
const ours = "20261124T154901250Z-f2a046";

test("ours say it in their release; the others were there before the next one that is known", () => {
  const at = "2026-11-01T00:00:00Z";
  const last = "2026-11-30T10:00:00Z";
  const versions = [3, 2, 1, 0].map((number) => version(number, at, last));
  expect(versionTimes(versions, ["", ours, "", ""])).toEqual([
    { time: undefined, notAfter: last },
    { time: "2026-11-24T15:49:01Z", notAfter: undefined },
    { time: undefined, notAfter: "2026-11-24T15:49:01Z" },
    { time: undefined, notAfter: "2026-11-24T15:49:01Z" },
  ]);
});

test("times that differ from version to version are the versions' own", () => {
  const versions = [
    version(1, "2026-11-02T00:00:00Z", "2026-11-02T00:00:00Z"),
    version(0, "2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z"),
  ];
  expect(versionTimes(versions, ["", ""]).map(({ time }) => time)).toEqual([
    "2026-11-02T00:00:00Z",
    "2026-11-01T00:00:00Z",
  ]);
});
