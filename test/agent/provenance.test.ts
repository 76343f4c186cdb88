import { expect, test } from "vitest";
import { commitIn, provenanceText } from "../../src/agent/provenance.ts";

const commit = "0123456789abcdef0123456789abcdef01234567";

test("a message tells its commit, whatever else it says", () => {
  const all = { tool: "agentvane 1.0.0", commit, run: "https://ci/7", actor: "ada" };
  expect(commitIn(provenanceText(all))).toBe(commit);
  const bare = { tool: "agentvane 1.0.0", commit, run: undefined, actor: undefined };
  expect(provenanceText(bare)).toBe(`agentvane 1.0.0, commit ${commit}`);
});

test("a message without one, or somebody else's, tells none", () => {
  for (const message of [undefined, null, "", "commit deadbeef", "commit the change", 7]) {
    expect(commitIn(message)).toBeUndefined();
  }
});

test("no message is longer than the API takes, and the commit is in it all the same", () => {
  const text = provenanceText({ tool: "t", commit, run: "r".repeat(900), actor: "a" });
  expect(text).toHaveLength(500);
  expect(commitIn(text)).toBe(commit);
});
