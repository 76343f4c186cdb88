import { describe, expect, test } from "vitest";
import { newConfiguration, withAgents } from "../../src/config/write-agents.ts";
import { agentsOf, load } from "./load.ts";

const fresh = {
  key: "triage",
  members: { description: "first\nsecond", model: "m", metadata: { "#": "# no comment" } },
  id: "ag_1",
};
const head = "version: 1\nproject: acme\n";

/** Each way in which `agents` may be there, or not. */
const files: { readonly [name: string]: string } = {
  "a block": `${head}agents: # all\n  # The first.\n  mine: { model: m } # keep\n`,
  "a block far in": `${head}agents:\n        mine:\n            model: m\n`,
  "a block without a last line end": `${head}agents:\n  mine: { model: m }`,
  nothing: `${head}agents:\n`,
  "nothing, without a line end": `${head}agents:`,
  "nothing, with a comment": `${head}agents: # none yet\n\nvars: { x: y }\n`,
  "an empty map": `${head}agents: {} # none yet\nvars: { x: y }\n`,
  "an empty map below": `${head}agents:\n  {}\n`,
  "a null": `${head}agents: ~\nvars: { x: y }\n`,
  "no agents at all": `${head}vars: { x: y }\n`,
  "no agents, without a line end": `${head}vars: { x: y }`,
  "a block scalar that keeps its end": `${head}vars:\n  x: |+\n    y\n\n`,
  "one line": `${head}agents: { mine: { model: m } } # keep\n`,
  "an anchor": `${head}agents: &all\n  mine: &one { model: m }\n  other: *one\n`,
  CRLF: `${head}agents:\n  mine: { model: m } # keep\n`.replaceAll("\n", "\r\n"),
  "a byte order mark": `\uFEFF${head}agents:\n  mine: { model: m }\n`,
  JSON: JSON.stringify({ version: 1, project: "acme", agents: { mine: { model: "m" } } }, null, 2),
  "JSON without agents": JSON.stringify({ version: 1, project: "acme" }),
};

const agentsIn = (text: string) => {
  const result = load({ "agents.yaml": text });
  return result.kind === "invalid"
    ? result.problems
    : result.config.desired.agents.map((agent) => ({ ...agent, at: 0 }));
};

describe("an agent is written beside what is there", () => {
  test.each(Object.entries(files))("%s", (_name, text) => {
    const written = withAgents(text, "", [fresh]) ?? "";
    const before = agentsIn(text).filter((agent) => "key" in agent);
    const after = agentsIn(written);
    expect(after).toEqual(expect.arrayContaining(before));
    expect(after).toHaveLength(before.length + 1);
    expect(after).toContainEqual(
      expect.objectContaining({
        key: "triage",
        id: "ag_1",
        definition: expect.objectContaining(fresh.members),
      }),
    );
    expect(written.match(/# (all|The first|keep|none yet).*/g)).toEqual(
      text.match(/# (all|The first|keep|none yet).*/g),
    );
    expect(written.startsWith(text.slice(0, 1))).toBe(true);
    if (text.includes("\r\n")) expect(written.replaceAll("\r\n", "")).not.toContain("\n");
    if (text.startsWith("{")) expect(() => JSON.parse(written)).not.toThrow();
  });

  test("never where it cannot be done so", () => {
    for (const text of [
      "agents: [a]\n",
      "- a list\n",
      "agents: { triage: { model: m } }\n",
      "agents:\n  triage: { model: m }\n",
      "x: &x { a: { model: m } }\nagents: *x\n",
      `${head}agents: {}\n...\n---\n`,
      "a: [\n",
    ]) {
      expect(withAgents(text, "", [fresh]), text).toBeUndefined();
    }
  });

  test("a new file is valid whatever the project is called", () => {
    for (const project of ["acme", "null", "123", "0x1", "1e5", "yes", "true"]) {
      const [agent] = agentsOf(
        (withAgents(newConfiguration(project), "", [fresh]) ?? "").replace(
          /^#.*\nversion.*\nproject.*\n/,
          "",
        ),
      );
      expect(agent?.key).toBe("triage");
      expect(
        load({ "agents.yaml": newConfiguration(project).replace("agents:", "agents: {}") }),
      ).toMatchObject({
        config: { desired: { project } },
      });
    }
  });
});
