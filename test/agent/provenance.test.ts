import { expect, test } from "vitest";
import { commitRecordIn, provenanceText } from "../../src/agent/provenance.ts";

const id = "0123456789abcdef0123456789abcdef01234567";
const commit = { commit: id, committedAt: "2026-11-30T12:00:00Z", isDirty: false };
const nobody = { run: undefined, actor: undefined };

test.each([
  ["with its time", commit, `commit ${id} of 2026-11-30T12:00:00Z`],
  ["without its time", { ...commit, committedAt: undefined }, `commit ${id}`],
  [
    "with files that differ",
    { ...commit, isDirty: true },
    `commit ${id}-dirty of 2026-11-30T12:00:00Z`,
  ],
  ["of SHA-256", { ...commit, commit: id + id.slice(0, 24) }, id.slice(0, 24)],
])("a message tells its commit %s, whatever else it says", (_name, record, expected) => {
  const bare = provenanceText({ tool: "agentvane 1.0.0", commit: record, ...nobody });
  expect(bare).toContain(expected);
  expect(commitRecordIn(bare)).toEqual(record);
  const all = { tool: "agentvane 1.0.0", commit: record, run: "https://ci/7", actor: "ada" };
  expect(commitRecordIn(provenanceText(all))).toEqual(record);
});

test("a message without one, or somebody else's, tells none", () => {
  for (const message of [undefined, null, "", "commit deadbeef", "commit the change", 7]) {
    expect(commitRecordIn(message)).toBeUndefined();
  }
});

test("no message is longer than the API takes, and the commit is in it all the same", () => {
  const text = provenanceText({ tool: "t", commit, run: "r".repeat(900), actor: "a" });
  expect(text).toHaveLength(500);
  expect(commitRecordIn(text)).toEqual(commit);
});
