import { describe, expect, test } from "vitest";
import { withPins, withPinsInFrontMatter } from "../../src/config/write-pins.ts";
import { agentsOf } from "./load.ts";

const pin = { key: "triage", alias: "prod", version: 12 };
const file = (agent: string) => `# The fleet.
version: 1
project: acme

agents:
  # First contact.
  triage:
    model: m # cheap
    instructions: |
      One: two.

      Three.
${agent}
  billing: { model: "m" } # last
`;

describe("pins are written", () => {
  test.each([
    [
      "where a number stands",
      "    aliases: { prod: 3, staging: latest }",
      "    aliases: { prod: 12, staging: latest }",
    ],
    [
      "where latest stands",
      "    aliases:\n      prod: latest # follow",
      "    aliases:\n      prod: 12 # follow",
    ],
    [
      "into the short form",
      "    aliases: [staging, prod]",
      "    aliases: { staging: latest, prod: 12 }",
    ],
    [
      "beside other aliases",
      "    aliases: { staging: 4 }",
      "    aliases: { prod: 12, staging: 4 }",
    ],
  ])("%s, and all else stays as it is", (_name, before, after) => {
    expect(withPins(file(before), "", [pin])).toBe(file(after));
  });

  test("before the rest of an agent that has none, block or flow or nothing", () => {
    expect(withPins(file("    description: d"), "", [pin])).toBe(
      file("    description: d").replace(
        "    model: m #",
        "    aliases: { prod: 12 }\n    model: m #",
      ),
    );
    expect(withPins(file(""), "", [{ ...pin, key: "billing" }])).toContain(
      '  billing: { aliases: { prod: 12 }, model: "m" } # last',
    );
    expect(withPins("agents:\n  triage: # none\n  b: {}\n", "", [pin, { ...pin, key: "b" }])).toBe(
      "agents:\n  triage: { aliases: { prod: 12 } } # none\n  b: { aliases: { prod: 12 } }\n",
    );
  });

  test("into the overrides of an environment, which are made if need be", () => {
    const text = `version: 1\nproject: acme\nenvironments:\n  prod: # live\n    vars: { x: y }\n  staging:\nagents:\n  triage: { model: m, aliases: [prod] }\n`;
    for (const environment of ["prod", "staging"]) {
      const written = withPins(text, environment, [pin]) ?? "";
      expect(written).toContain("# live");
      const [agent] = agentsOf(
        written.replace("version: 1\nproject: acme\n", ""),
        {},
        { environment },
      );
      expect(agent?.aliases).toEqual(new Map([["prod", 12]]));
      expect(written).toContain("triage: { model: m, aliases: [prod] }");
    }
  });

  test("line ends stay what they are", () => {
    const text = file("    aliases: [prod]").replaceAll("\n", "\r\n");
    const written = withPins(text, "", [pin]);
    expect(written?.replaceAll("\r\n", "")).not.toContain("\n");
  });

  test("not into a file that is none", () => {
    expect(withPins("a: [", "", [pin])).toBeUndefined();
    expect(withPins("- a list", "", [pin])).toBeUndefined();
    const shared = "agents:\n  triage: { aliases: &all [prod] }\n  b: { aliases: *all }\n";
    expect(withPins(shared, "", [pin])).toBeUndefined();
    // An alias can be written out; what others share cannot be changed.
    expect(withPins(shared, "", [{ ...pin, key: "b" }])).toBe(
      "agents:\n  triage: { aliases: &all [prod] }\n  b: { aliases: { prod: 12 } }\n",
    );
  });

  test("into the front matter of a Markdown agent, which may have to be made", () => {
    expect(withPinsInFrontMatter("---\nmodel: m\naliases: [prod]\n---\nBe kind.\n", [pin])).toBe(
      "---\nmodel: m\naliases: { prod: 12 }\n---\nBe kind.\n",
    );
    expect(withPinsInFrontMatter("Be kind.\n---\n", [pin])).toBe(
      "---\naliases: { prod: 12 }\n---\nBe kind.\n---\n",
    );
  });
});
