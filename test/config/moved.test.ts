import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AgentKey } from "../../src/agent/identity.ts";
import { followRenames } from "../../src/config/follow-renames.ts";
import { load, problemsOf, rawProblems } from "./load.ts";

const head = "version: 1\nproject: acme\nagents: { a: { model: m }, b: { model: m } }\n";
const including = `include: [team/*]\n${head}`;

/** The moves of a configuration that must be valid, as `from→to line:column`. */
function movesOf(text: string, files = {}): readonly string[] {
  const result = load({ "agents.yaml": text, ...files });
  if (result.kind === "invalid") throw new Error(JSON.stringify(result.problems, null, 1));
  return result.config.desired.renames.map(({ from, to, at }) => {
    const file = at.file === "agents.yaml" ? "" : `${at.file}:`;
    return `${from}→${to} ${file}${at.line}:${at.column}`;
  });
}

describe("renames", () => {
  test.each<[string, string, readonly string[]]>([
    ["none", "", []],
    ["an empty list", "moved: []", []],
    ["null", "moved:", []],
    ["one", "moved: [{ from: x, to: a }]", ["x→a 4:9"]],
    ["as a block", "moved:\n  - from: x\n    to: a", ["x→a 5:5"]],
    [
      "several, sorted by old key",
      "moved: [{ from: y, to: b }, { from: x, to: a }]",
      ["x→a 4:29", "y→b 4:9"],
    ],
    [
      "a chain leads to its end",
      "moved: [{ from: x, to: y }, { from: y, to: a }]",
      ["x→a 4:9", "y→a 4:29"],
    ],
    [
      "a chain in any order",
      "moved: [{ from: z, to: a }, { from: x, to: y }, { from: y, to: z }]",
      ["x→a 4:29", "y→a 4:49", "z→a 4:9"],
    ],
    [
      "names of JavaScript's own",
      "moved: [{ from: constructor, to: a }, { from: valueof, to: constructor }]",
      ["constructor→a 4:9", "valueof→a 4:39"],
    ],
  ])("%s", (_name, moved, expected) => {
    expect(movesOf(head + moved)).toEqual(expected);
  });

  test("entries of all files count together, agents of all files are known", () => {
    const files = {
      "team/c.yaml": "agents: { c: { model: m } }\nmoved: [{ from: y, to: a }]",
      "team/d.md": "---\nmodel: m\n---\nHello.",
      "team/e.yaml": "moved:\n  - { from: w, to: d }\n",
    };
    const text = `${including}moved: [{ from: x, to: c }, { from: z, to: y }]`;
    expect(movesOf(text, files)).toEqual([
      "w→d team/e.yaml:2:5",
      "x→c 5:9",
      "y→a team/c.yaml:2:9",
      "z→a 5:29",
    ]);
  });
});

describe("renames that cannot be", () => {
  test.each<[string, string, readonly string[]]>([
    ["no list", "moved: { from: x, to: a }", ["wrong_type 4:8"]],
    ["no map", "moved: [x]", ["wrong_type 4:9"]],
    ["no from", "moved: [{ to: a }]", ["missing_key 4:9"]],
    ["no to", "moved: [{ from: x, to: }]", ["missing_key 4:9"]],
    ["a member too many", "moved: [{ from: x, to: a, too: b }]", ["unknown_key 4:27"]],
    ["a number for a key", "moved: [{ from: 1, to: a }]", ["wrong_type 4:17"]],
    ["a wrong key", "moved: [{ from: X, to: -a }]", ["bad_form 4:17", "bad_form 4:24"]],
    [
      "templates, which are nothing for keys",
      "vars: { x: x }\nmoved: [{ from: '${{ vars.x }}', to: a }]",
      ["template_not_allowed 5:17"],
    ],
    ["a key that nobody has", "moved: [{ from: x, to: z }]", ["unknown_agent 4:24"]],
    [
      "a chain to nobody",
      "moved: [{ from: x, to: y }, { from: y, to: z }]",
      ["unknown_agent 4:44"],
    ],
    [
      "a chain through an entry that is not whole",
      "moved: [{ from: x, to: y }, { from: y }]",
      ["missing_key 4:29"],
    ],
    ["an agent still there", "moved: [{ from: a, to: b }]", ["moved_but_there 4:17"]],
    [
      "one forgotten where it is defined",
      "moved: [{ from: a, to: c }]",
      ["moved_but_there 4:17", "unknown_agent 4:24"],
    ],
    [
      "a chain through an agent still there",
      "moved: [{ from: x, to: a }, { from: a, to: b }]",
      ["moved_but_there 4:37"],
    ],
    [
      "two agents that change places",
      "moved: [{ from: a, to: b }, { from: b, to: a }]",
      ["moved_but_there 4:17", "moved_but_there 4:37"],
    ],
    ["one from twice", "moved: [{ from: x, to: a }, { from: x, to: b }]", ["moved_twice 4:37"]],
    ["one entry twice", "moved: [{ from: x, to: a }, { from: x, to: a }]", ["moved_twice 4:37"]],
    ["one entry repeated", "moved: [&x { from: x, to: a }, *x]", ["moved_twice 4:20"]],
    ["two into one", "moved: [{ from: x, to: a }, { from: y, to: a }]", ["moved_together 4:44"]],
    [
      "two into one on the way",
      "moved: [{ from: x, to: y }, { from: z, to: y }, { from: y, to: a }]",
      ["moved_together 4:44"],
    ],
    ["to itself", "moved: [{ from: x, to: x }]", ["moved_in_circle 4:24"]],
    [
      "in a circle",
      "moved: [{ from: x, to: y }, { from: y, to: z }, { from: z, to: x }]",
      ["moved_in_circle 4:64"],
    ],
    [
      "in two circles",
      "moved: [{ from: x, to: y }, { from: v, to: w }, { from: w, to: v }, { from: y, to: x }]",
      ["moved_in_circle 4:64", "moved_in_circle 4:84"],
    ],
    [
      "into a circle",
      "moved: [{ from: x, to: y }, { from: y, to: x }, { from: z, to: x }]",
      ["moved_in_circle 4:44", "moved_together 4:64"],
    ],
  ])("%s", (_name, moved, expected) => {
    expect(problemsOf(head + moved)).toEqual(expected);
  });

  test.each<[string, string, object]>([
    [
      "what was probably meant",
      "agents: { triage: { model: m } }\nmoved: [{ from: router, to: tirage }]",
      { suggestions: ["triage"] },
    ],
    [
      "an old key may be meant, but not its own",
      "agents: { c: { model: m } }\nmoved: [{ from: router, to: ruoter }, { from: roter, to: c }]",
      { suggestions: ["roter"] },
    ],
    [
      "where the agent is defined",
      "agents: { a: { model: m }, b: { model: m } }\nmoved: [{ from: a, to: b }]",
      { name: "a", defined: { file: "agents.yaml", line: 3, column: 11 } },
    ],
    [
      "where the first from is",
      "agents: { a: { model: m } }\nmoved: [{ from: x, to: a }, { from: x, to: a }]",
      { name: "x", first: { file: "agents.yaml", line: 4, column: 17 } },
    ],
    [
      "where the first to is",
      "agents: { a: { model: m } }\nmoved: [{ from: x, to: a }, { from: y, to: a }]",
      { name: "a", first: { file: "agents.yaml", line: 4, column: 24 } },
    ],
    [
      "which keys the circle has",
      "agents: {}\nmoved: [{ from: x, to: y }, { from: y, to: x }]",
      { name: "x", keys: ["x", "y"] },
    ],
  ])("the problem says %s", (_name, body, expected) => {
    expect(rawProblems(`version: 1\nproject: acme\n${body}`)).toMatchObject([expected]);
  });

  test("in included files, there", () => {
    const inFile = (moved: string) => problemsOf(including, { "team/c.yaml": moved });
    expect(inFile("moved: 5")).toEqual(["wrong_type team/c.yaml:1:8"]);
    expect(inFile("moved: [{ from: x }]")).toEqual(["missing_key team/c.yaml:1:9"]);
    expect(inFile("moved: [{ from: x, to: z }]")).toEqual(["unknown_agent team/c.yaml:1:24"]);
    expect(inFile("movd: []")).toEqual(["unknown_key team/c.yaml:1:1"]);
    expect(inFile("gates: [{ run: x }]")).toEqual(["unknown_key team/c.yaml:1:1"]);
    const md = "---\nmodel: m\nmoved: [{ from: x, to: a }]\n---\n";
    expect(problemsOf(including, { "team/c.md": md })).toEqual(["unknown_key team/c.md:3:1"]);
  });

  test("across files, in the later one", () => {
    const text = `${including}moved: [{ from: x, to: a }]`;
    const files = { "team/c.yaml": "moved: [{ from: x, to: b }, { from: y, to: a }]" };
    expect(problemsOf(text, files)).toEqual([
      "moved_twice team/c.yaml:1:17",
      "moved_together team/c.yaml:1:44",
    ]);
  });
});

describe("following renames", () => {
  const follow = (pairs: readonly (readonly [string, string])[]) =>
    followRenames(new Map(pairs.map(([from, to]) => [from as AgentKey, to as AgentKey])));

  test.each([true, false])("100,000 in one chain, written backwards: %s", (isBackwards) => {
    const pairs = Array.from({ length: 100_000 }, (_, at) => [`k${at}`, `k${at + 1}`] as const);
    const { ends, circles } = follow(isBackwards ? pairs.toReversed() : pairs);
    expect(new Set(ends.values())).toEqual(new Set(["k100000"]));
    expect(circles).toEqual([]);
  });

  test("law: an end is what following step by step comes to, and all else is a circle or leads to one", () => {
    const key = fc.constantFrom(..."abcdefgh");
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(key, key), { selector: ([from]) => from }), (pairs) => {
        const renames = new Map(pairs);
        const { ends, circles } = follow(pairs);
        const inCircles = new Set<string>(circles.flat());
        expect(circles.flat().length).toBe(inCircles.size);
        for (const from of renames.keys()) {
          let at: string = from;
          for (let step = 0; step < 8; step += 1) at = renames.get(at) ?? at;
          const end = ends.get(from as AgentKey);
          if (renames.has(at)) expect([end, inCircles.has(at)]).toEqual([undefined, true]);
          else expect(end).toBe(at);
        }
      }),
    );
  });
});
