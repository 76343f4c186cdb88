import { describe, expect, test } from "vitest";
import { agentsOf, load, problemsOf, rawProblems } from "./load.ts";

const head = "version: 1\nproject: acme\n";
const fleet = `
vars: { tone: friendly, size: short }
defaults: { model: m, completion_args: { temperature: 0.1, top_p: 0.5 } }
environments:
  staging:
    api_key_env: STAGING_KEY
    vars: { tone: terse }
    defaults: { completion_args: { temperature: 0.2 } }
    agents:
      triage: { id: ag_staging, completion_args: { max_tokens: 7 }, aliases: { prod: 12 } }
  prod:
agents:
  triage:
    description: "\${{ vars.tone }}, \${{ vars.size }}"
    completion_args: { top_p: 0.9 }
    aliases: [staging, prod]
  billing:
`;

const inside = (environment: string, around: Parameters<typeof load>[1] = {}) =>
  Object.fromEntries(
    agentsOf(fleet, {}, { ...around, environment }).map((agent) => [agent.key, agent]),
  );

describe("an environment lies over the file", () => {
  test("defaults, then those of the environment, then the agent, then what the environment says of it", () => {
    const { triage, billing } = inside("staging");
    expect(triage?.definition).toMatchObject({
      model: "m",
      completion_args: { temperature: 0.2, top_p: 0.9, max_tokens: 7 },
    });
    expect(billing?.definition).toMatchObject({
      completion_args: { temperature: 0.2, top_p: 0.5 },
    });
    expect(triage?.id).toBe("ag_staging");
    expect(inside("prod").triage?.id).toBeUndefined();
  });

  test("aliases merge, also over the short form", () => {
    expect(inside("staging").triage?.aliases).toEqual(
      new Map<string, unknown>([
        ["staging", "latest"],
        ["prod", 12],
      ]),
    );
  });

  test("variables: of the file, of the environment, AGENTVANE_VAR_, --var", () => {
    const tone = (environment: string, around: Parameters<typeof load>[1] = {}) =>
      inside(environment, around).triage?.definition.description;
    expect(tone("prod")).toBe("friendly, short");
    expect(tone("staging")).toBe("terse, short");
    const env = { AGENTVANE_VAR_tone: "loud" };
    expect(tone("staging", { env })).toBe("loud, short");
    expect(tone("staging", { env, vars: { tone: "calm" } })).toBe("calm, short");
  });

  test("it has its own key and name; without one the usual key is used", () => {
    const loaded = (environment: string) => {
      const result = load({ "agents.yaml": head + fleet }, { environment });
      if (result.kind === "invalid") throw new Error("invalid");
      const { apiKeyVariable, desired } = result.config;
      return [apiKeyVariable, desired.environment];
    };
    expect(loaded("staging")).toEqual(["STAGING_KEY", "staging"]);
    expect(loaded("prod")).toEqual(["MISTRAL_API_KEY", "prod"]);
  });

  test("a variable that only another environment defines is not defined", () => {
    const text = `${head}environments: { a: { vars: { x: "1" } }, b: }\nagents: { t: { model: "\${{ vars.x }}" } }\n`;
    expect(problemsOf(text, {}, { environment: "a" })).toEqual([]);
    expect(problemsOf(text, {}, { environment: "b" })).toEqual(["undefined_variable 4:24"]);
  });
});

describe("the name of the environment", () => {
  const text = `${head}environments: { a: , "pr-*": { ephemeral: true } }\nagents: { t: { model: m, description: "for \${{ environment }}, $\${{ environment }}" } }\n`;
  const described = (environment: string) => {
    const result = load({ "agents.yaml": text }, { environment });
    if (result.kind === "invalid") throw new Error(JSON.stringify(result.problems));
    return result.config.desired.agents[0]?.definition.description;
  };

  test("stands in any text; of a pattern it is the chosen name", () => {
    expect(described("a")).toBe("for a, ${{ environment }}");
    expect(described("pr-42")).toBe("for pr-42, ${{ environment }}");
  });

  test("is undefined where none is chosen", () => {
    const plain = `${head}agents: { t: { model: "\${{ environment }}" } }\n`;
    expect(problemsOf(plain)).toEqual(["undefined_variable 3:24"]);
    expect(problemsOf(`${head}agents: { t: { model: "\${{ environment.x }}" } }\n`)).toEqual([
      "bad_template 3:24",
    ]);
  });
});

describe("which environment", () => {
  test("is never guessed: none chosen, a name that is not there, names where there are none", () => {
    expect(problemsOf(head + fleet)).toEqual(["environment_missing 6:1"]);
    expect(rawProblems(head + fleet, {}, { environment: "stagin" })).toMatchObject([
      { code: "unknown_environment", known: ["staging", "prod"], suggestions: ["staging"] },
    ]);
    const plain = `${head}agents: { t: { model: m } }\n`;
    expect(rawProblems(plain, {}, { environment: "prod" })).toMatchObject([
      { code: "unknown_environment", known: [] },
    ]);
    expect(problemsOf(plain, {}, { environment: "" })).toEqual([]);
  });

  test("without it only what is wrong in any of them is told", () => {
    const text = `${head}environments: { a: { vars: { x: "1" }, defaults: { model: m } } }\nagents: { t: { description: "\${{ vars.x }} \${{ environment }}", toolz: [] } }\n`;
    expect(problemsOf(text)).toEqual(["environment_missing 3:1", "unknown_key 4:65"]);
    expect(problemsOf(text, {}, { environment: "b" })).toEqual([
      "unknown_environment 3:1",
      "unknown_key 4:65",
    ]);
    expect(problemsOf(text, {}, { environment: "a" })).toEqual(["unknown_key 4:65"]);
  });

  test("an environment cannot add agents, and what is wrong in the others is told as well", () => {
    const text = `${head}environments:\n  a: { agents: { triag: {} } }\n  b: { defaults: { modle: m } }\nagents: { triage: { model: m } }\n`;
    expect(problemsOf(text, {}, { environment: "a" })).toEqual([
      "unknown_agent 4:18",
      "unknown_key 5:20",
    ]);
  });
});
