import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { graphDot } from "../../../src/report/graph/dot.ts";
import { type GraphAgent, handoffGraph } from "../../../src/report/graph/handoff-graph.ts";
import { graphMermaid } from "../../../src/report/graph/mermaid.ts";
import { graphSvg } from "../../../src/report/graph/svg.ts";

const keys = (...names: readonly string[]) => names.map((key) => ({ key }));
const agent = (key: string, ...handoffs: readonly string[]): GraphAgent => ({
  key,
  name: key,
  handoffs: keys(...handoffs),
});

/** The keys at which a conversation may begin. */
function entries(...agents: readonly GraphAgent[]): readonly string[] {
  const { nodes } = handoffGraph(agents);
  return nodes.flatMap(({ kind, key }) => (kind === "entry" ? [key] : []));
}

describe("a graph of handoffs", () => {
  test("has a node for everybody and an arrow for each handoff, however often it is written", () => {
    const other = { ...agent("a", "b", "b"), handoffs: [...keys("b", "b"), { id: "ag_1" }] };
    expect(handoffGraph([other, agent("b")])).toEqual({
      nodes: [
        { id: "n0", kind: "entry", key: "a" },
        { id: "n1", kind: "agent", key: "b" },
        { id: "n2", kind: "external", key: "ag_1" },
      ],
      edges: [
        { from: "n0", to: "n1" },
        { from: "n0", to: "n2" },
      ],
    });
  });

  test("an external id that looks like a key is somebody else", () => {
    const { nodes } = handoffGraph([{ ...agent("a"), handoffs: [{ id: "a" }] }]);
    expect(nodes.map(({ kind }) => kind)).toEqual(["entry", "external"]);
  });

  test("an agent that was left out is no external one", () => {
    expect(handoffGraph([agent("a", "b")]).nodes[1]).toEqual({ id: "n1", kind: "agent", key: "b" });
  });

  test("tells arrows that come and go from those that stay", () => {
    const changed = { ...agent("a", "b", "c"), handoffsBefore: keys("b", "d") };
    const { edges } = handoffGraph([changed, agent("b", "c"), agent("c"), agent("d")]);
    expect(edges).toEqual([
      { from: "n0", to: "n1" },
      { from: "n0", to: "n2", change: "added" },
      { from: "n0", to: "n3", change: "removed" },
      { from: "n1", to: "n2" },
    ]);
  });
});

describe("a conversation begins", () => {
  test.each([
    ["where nobody hands off to", [agent("a", "b"), agent("b")], ["a"]],
    ["at each agent by itself", [agent("a"), agent("b")], ["a", "b"]],
    ["where it hands off to itself alone", [agent("a", "a")], ["a"]],
    [
      "in the middle of a circle that nobody else hands off to",
      [agent("a", "hub"), agent("b", "hub"), agent("hub", "a", "b", "c"), agent("c", "hub")],
      ["hub"],
    ],
    [
      "anywhere in a circle of equals",
      [agent("a", "b"), agent("b", "a"), agent("c")],
      ["a", "b", "c"],
    ],
    ["before a circle, not in it", [agent("a", "b"), agent("b", "c"), agent("c", "b")], ["a"]],
    ["nowhere, without agents", [], []],
  ] as const)("%s", (_where, agents, expected) => {
    expect(entries(...agents)).toEqual(expected);
  });

  test("also where the last handoff to it goes away", () => {
    expect(entries({ ...agent("a"), handoffsBefore: keys("b") }, agent("b"))).toEqual(["a", "b"]);
  });
});

const team: readonly GraphAgent[] = [
  { ...agent("billing", "triage"), name: "Billing", action: "update" },
  { ...agent("old"), action: "delete" },
  {
    ...agent("triage", "billing"),
    handoffs: [...keys("billing"), { id: "ag_1" }],
    handoffsBefore: keys("billing", "old"),
    action: "noop",
  },
];

test("in Mermaid", () => {
  expect(graphMermaid(handoffGraph(team))).toMatchInlineSnapshot(`
    "flowchart LR
      n1(["#45; old"])
      n2(["triage"])
      n0["#126; billing<br/>Billing"]
      n3{{"ag_1"}}
      n0 --> n2
      n2 --> n0
      n2 ==>|new| n3
      n2 -.->|removed| n1
      classDef changed fill:#fff8c5,stroke:#9a6700,color:#4d3300
      classDef removed fill:#ffebe9,stroke:#cf222e,color:#660014
      class n0 changed
      class n1 removed
      linkStyle 2 stroke:#1a7f37
      linkStyle 3 stroke:#cf222e
    "
  `);
});

test("in the language of Graphviz", () => {
  expect(graphDot(handoffGraph(team))).toMatchInlineSnapshot(`
    "digraph handoffs {
      rankdir=LR;
      node [fontname="monospace"];
      n1 [label="- old", shape=box, style=rounded, peripheries=2];
      n2 [label="triage", shape=box, style=rounded, peripheries=2];
      n0 [label="~ billing\\nBilling", shape=box, style=rounded];
      n3 [label="ag_1", shape=hexagon, style=dashed];
      n0 -> n2;
      n2 -> n0;
      n2 -> n3 [label="new", style=bold];
      n2 -> n1 [label="removed", style=dashed];
    }
    "
  `);
});

describe("as an image", () => {
  test("is told to those who cannot see it", () => {
    const svg = graphSvg(handoffGraph(team));
    expect(svg).toContain(
      '<title id="handoff-graph-title">Handoffs: 3 agents and 1 agent from elsewhere, 4 handoffs</title>',
    );
    expect(svg).toContain('role="img" aria-labelledby="handoff-graph-title"');
    expect(svg).toContain("<title>triage → ag_1, new</title>");
    expect(svg).toContain("<title>triage → old, removed</title>");
  });

  test("nodes do not cover each other, and nothing lies outside", () => {
    const many = Array.from({ length: 60 }, (_, at) =>
      agent(`a${at}`, ...(at % 3 === 0 ? [] : [`a${(at * 7) % 60}`, `a${(at * 11 + 3) % 60}`])),
    );
    const svg = graphSvg(handoffGraph(many));
    const frame = /viewBox="([^"]*)"/.exec(svg)?.[1]?.split(" ").map(Number) ?? [];
    const [left = 0, top = 0, width = 0, height = 0] = frame;
    const corners = [...svg.matchAll(/class="edge" d="([^"]*)"/g)].flatMap(([, route = ""]) =>
      [...route.matchAll(/[MQL ](-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]),
    );
    expect(corners.length).toBeGreaterThan(100);
    for (const [x = 0, y = 0] of corners) {
      expect(x).toBeGreaterThan(left);
      expect(y).toBeGreaterThan(top);
      expect(x).toBeLessThan(left + width);
      expect(y).toBeLessThan(top + height);
    }
    const boxes = [...svg.matchAll(/<rect x="(\S+)" y="(\S+)" width="(\S+)" height="(\S+)"/g)].map(
      ([, x, y, w, h]) => ({ x: Number(x), y: Number(y), w: Number(w), h: Number(h) }),
    );
    expect(boxes).toHaveLength(60);
    boxes.forEach((box, at) => {
      expect(box.x).toBeGreaterThan(left);
      expect(box.y).toBeGreaterThan(top);
      expect(box.x + box.w).toBeLessThan(left + width);
      expect(box.y + box.h).toBeLessThan(top + height);
      for (const other of boxes.slice(at + 1)) {
        const isApart =
          box.x + box.w <= other.x ||
          other.x + other.w <= box.x ||
          box.y + box.h <= other.y ||
          other.y + other.h <= box.y;
        expect(isApart, `${JSON.stringify(box)} ${JSON.stringify(other)}`).toBe(true);
      }
    });
  });

  test("of a fleet in which everybody hands off to many is drawn as well", () => {
    const crowd = Array.from({ length: 200 }, (_, at) =>
      agent(`a${at}`, ...[1, 7, 31, 77].map((step) => `a${(at * step + 1) % 200}`)),
    );
    const graph = handoffGraph(crowd);
    const paths = graphSvg(graph).match(/class="edge" d="M[^"]+"/g) ?? [];
    expect(paths).toHaveLength(graph.edges.length);
  });
});

const nasty = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    '"]; click n0 "javascript:alert(1)"',
    '"] --> n1\n%%{init: {}}%%',
    "```\n# out",
    "</text></svg><script>alert(1)</script>",
    "]]>",
    "-->",
    'x"]; evil [URL="javascript:1',
    "\\",
    "\\N&amp;",
    "- item",
    "1. item",
    "fa:fa-ban",
    "`bold`",
    "\u202e\u0000\ud800",
    "\uffff\ufffe",
    "__proto__",
  ),
);
const nastyAgents = fc.array(
  fc.record({
    key: nasty,
    name: nasty,
    handoffs: fc.array(fc.oneof(fc.record({ key: nasty }), fc.record({ id: nasty })), {
      maxLength: 3,
    }),
    handoffsBefore: fc.array(fc.record({ key: nasty }), { maxLength: 2 }),
    action: fc.constantFrom("create" as const, "delete" as const, "noop" as const),
  }),
  { maxLength: 6 },
);

/** What acts instead of being shown. */
const unprintable = /(?!\t)[\u0000-\u001f\u007f-\u009f\u202a-\u202e\ud800-\udfff]/u;

/** All that a Mermaid document may consist of; what is inside a label has no letter that means something. */
const mermaidLine =
  /^(flowchart LR|| {2}n\d+(\["L"\]|\(\["L"\]\)|\{\{"L"\}\})| {2}n\d+ (-->|==>\|new\||-\.->\|removed\|) n\d+| {2}classDef [a-z]+ [a-z0-9#:,]+| {2}class n\d+(,n\d+)* [a-z]+| {2}linkStyle \d+(,\d+)* stroke:#[0-9a-f]{6})$/u;
const mermaidLabel = /"(?:[\p{L}\p{N} _-]|#\d+;|<br\/>)*"/gu;

const dotLine =
  /^(digraph handoffs \{|\}|| {2}rankdir=LR;| {2}node \[fontname="monospace"\];| {2}n\d+ \[label="(?:[^"\\&]|\\\\|\\"|\\n|&amp;)*", shape=\w+, style=\w+(, peripheries=2)?\];| {2}n\d+ -> n\d+( \[label="(new|removed)", style=\w+\])?;)$/u;

describe("law: whatever agents are called, they stay inside their labels", () => {
  test("in Mermaid", () => {
    fc.assert(
      fc.property(nastyAgents, (agents) => {
        for (const line of graphMermaid(handoffGraph(agents)).split("\n")) {
          expect(line.replaceAll(mermaidLabel, '"L"')).toMatch(mermaidLine);
          expect(line).not.toMatch(/"-|<br\/>-/);
        }
      }),
    );
  });

  test("in the language of Graphviz", () => {
    fc.assert(
      fc.property(nastyAgents, (agents) => {
        for (const line of graphDot(handoffGraph(agents)).split("\n")) {
          expect(line).toMatch(dotLine);
          expect(line).not.toMatch(unprintable);
        }
      }),
    );
  });

  test("in an image, which is well-formed and the same every time", () => {
    fc.assert(
      fc.property(nastyAgents, (agents) => {
        const svg = graphSvg(handoffGraph(agents));
        expect(graphSvg(handoffGraph(agents))).toBe(svg);
        expect(unbalanced(svg)).toEqual([]);
        expect(svg).not.toMatch(/[\ufffe\uffff]/);
        expect(svg.replaceAll("\n", "")).not.toMatch(unprintable);
      }),
      { numRuns: 60 },
    );
  });
});

/** What of an XML text is no known tag, no text in which nothing means something, or closed by nothing. */
function unbalanced(xml: string): readonly string[] {
  const tag =
    /<(\/?)(svg|title|style|defs|marker|path|g|rect|polygon|text)((?: [\w:-]+="[^"<&]*")*)(\/?)>|([^<>&]|&(?:amp|lt|gt|quot|#39);)+/y;
  const open: string[] = [];
  for (let at = 0; at < xml.length; at = tag.lastIndex) {
    tag.lastIndex = at;
    const found = tag.exec(xml);
    if (found === null) return [xml.slice(at, at + 40)];
    const [, isEnd, name = "", , isWhole] = found;
    if (name === "" || isWhole) continue;
    if (!isEnd) open.push(name);
    else if (open.pop() !== name) return [xml.slice(at, at + 40)];
  }
  return open;
}
