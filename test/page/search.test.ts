import { expect, test } from "vitest";
import { matches, searchText, wordsOf } from "../../src/page/search.ts";
import type { PageAgent } from "../../src/report/html-data.ts";

const agent: PageAgent = {
  key: "triage",
  name: "Support Triage",
  id: "ag_1",
  action: "update",
  tone: "warning",
  flags: ["drift"],
  about: "version 1 → 2 (new)",
  remarks: [["note: ", { text: "handoffs", style: "faint" }]],
  changes: [
    {
      path: "instructions",
      sign: "~",
      origin: "",
      value: {
        kind: "diff",
        hunks: [
          [
            {
              kind: "added",
              number: 1,
              parts: [
                { text: "Ask ", changed: false },
                { text: "Twice", changed: true },
              ],
            },
          ],
        ],
      },
    },
    {
      path: "model",
      sign: "~",
      origin: "",
      value: { kind: "short", before: null, after: '"m-9"' },
    },
  ],
  timeline: [
    {
      version: "1",
      state: "stays",
      about: "",
      pointers: [{ name: "prod", move: "stays" }],
      skipped: 0,
    },
  ],
  steps: [],
};

test.each<[string, boolean]>([
  ["", true],
  ["  ", true],
  ["TRIAGE", true],
  ["support ag_1", true],
  ["ask twice", true],
  ["m-9", true],
  ["prod", true],
  ["handoffs", true],
  ["twice refunds", false],
  ["ask.twice", false],
])("%j finds it: %s", (typed, found) => {
  const query = { words: wordsOf(typed), actions: new Set<string>(), flags: new Set<string>() };
  expect(matches(query, agent, () => searchText(agent))).toBe(found);
});

test.each<[readonly string[], readonly string[], boolean]>([
  [["update"], [], true],
  [["create", "update"], [], true],
  [["create"], [], false],
  [[], ["drift"], true],
  [[], ["drift", "failed"], false],
  [["create"], ["drift"], false],
])("actions %j and flags %j: %s, without looking at its text", (actions, flags, found) => {
  const query = { words: [], actions: new Set(actions), flags: new Set(flags) };
  const text = () => {
    throw new Error("nobody asked for words");
  };
  expect(matches(query, agent, text)).toBe(found);
});
