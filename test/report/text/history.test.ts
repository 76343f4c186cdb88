import { expect, test } from "vitest";
import type { AliasName, Version } from "../../../src/agent/identity.ts";
import type { HistoryEntry } from "../../../src/commands/history-entry.ts";
import { historyText } from "../../../src/report/text/history.ts";
import { paint } from "../../../src/report/words/line.ts";

const commit = "0123456789abcdef0123456789abcdef01234567";

function entry(version: number, more: Partial<HistoryEntry>): HistoryEntry {
  return {
    version: version as Version,
    isDefault: false,
    aliases: [],
    author: "agentvane",
    release: "",
    time: "2026-11-24T15:49:01Z",
    notAfter: undefined,
    message: undefined,
    commit: undefined,
    ...more,
  };
}

test("each fact once, in columns, with ids that --to-commit takes; a message from outside stays whole", () => {
  const message = `agentvane 1.0.0, commit ${commit}, run https://ci.example/7, by someone`;
  const lines = historyText("triage", "ag_1", [
    entry(10, {
      isDefault: true,
      author: "outside",
      time: undefined,
      notAfter: "2026-11-25T08:00:00.123Z",
      message: "agentvane 9, commit mine",
    }),
    entry(9, { aliases: ["prod" as AliasName], message, commit }),
  ]);
  expect(paint(lines, false)).toBe(
    [
      "triage  ag_1, 2 versions",
      "VERSION  TIME                        BY         COMMIT        POINTERS  MESSAGE",
      "10       until 2026-11-25 08:00:00Z  outside                  default   agentvane 9, commit mine",
      "9        2026-11-24 15:49:01Z        agentvane  0123456789ab  prod      run https://ci.example/7, by someone",
      "",
    ].join("\n"),
  );
});
