import { expect, test } from "vitest";
import {
  hasWords,
  isBelow,
  passes,
  searchText,
  stretches,
  wordsOf,
} from "../../src/page/search.ts";
import type { PageAgent } from "../../src/report/html/data.ts";

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
  expect(hasWords(query, () => searchText(agent))).toBe(found);
});

test.each<[readonly string[], readonly string[], boolean]>([
  [["update"], [], true],
  [["create", "update"], [], true],
  [["create"], [], false],
  [[], ["drift"], true],
  [[], ["drift", "failed"], false],
  [["create"], ["drift"], false],
])("actions %j and flags %j: %s", (actions, flags, found) => {
  const query = { words: ["no", "such"], actions: new Set(actions), flags: new Set(flags) };
  expect(passes(query, agent)).toBe(found);
});

test("makes no text for a search without words", () => {
  const query = { words: [], actions: new Set<string>(), flags: new Set<string>() };
  const text = () => {
    throw new Error("nobody asked for words");
  };
  expect(hasWords(query, text)).toBe(true);
  expect(isBelow(query, text)).toBe(false);
});

test.each<[string, boolean]>([
  ["triage", false],
  ["triage twice", true],
  ["support", false],
  ["ag_1", true],
  ["e", false],
  ["版", true],
  ["", false],
])("%j is in the details: %s", (typed, below) => {
  const query = { words: wordsOf(typed), actions: new Set<string>(), flags: new Set<string>() };
  const described: PageAgent = { ...agent, remarks: [["版本"]] };
  expect(isBelow(query, () => searchText(described))).toBe(below);
});

test.each<[string, string, readonly string[]]>([
  ["Ask Twice, ask once", "ask", ["Ask", "ask"]],
  ["abcabc", "ab bc", ["abcabc"]],
  ["aaa", "aa", ["aaa"]],
  ["İstanbul and ISTANBUL", "stan", ["stan", "STAN"]],
  ["x", "y", []],
  ["😀 smile 😀", "smile", ["smile"]],
])("in %j finds %j at %j", (text, typed, found) => {
  const places = stretches(text, wordsOf(typed));
  expect(places.map(([start, end]) => text.slice(start, end))).toEqual(found);
});
