import { readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { acme, type Stage, setStage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const both = { aliases: { staging: "latest", prod: "latest" } };
const control = () => stage.emulator.control;
const agentNamed = (name: string) => {
  const found = control()
    .agents()
    .find(({ id }) => control().shown(id).name === name);
  if (found === undefined) throw new Error(`no agent ${name}`);
  return found;
};
const places = (name: string) =>
  Object.fromEntries(agentNamed(name).aliases.map(({ alias, version }) => [alias, version]));
const versions = () =>
  control()
    .agents()
    .reduce((sum, agent) => sum + agent.versions.length, 0);

/** Two agents, released in three editions, the second of which touched only triage. */
async function threeEditions(): Promise<void> {
  for (const [triage, billing] of [
    ["one", "one"],
    ["two", "one"],
    ["three", "two"],
  ]) {
    stage.write(
      acme({
        triage: { description: triage ?? "", handoffs: ["billing"], ...structuredClone(both) },
        billing: { description: billing ?? "", ...structuredClone(both) },
      }),
    );
    const result = await stage.run("apply --auto-approve");
    expect(result.code, result.err).toBe(0);
  }
  stage.takeWrites();
}

describe("rollback", () => {
  test("undoes the newest release without a version, and can be written down", async () => {
    await threeEditions();
    const before = versions();
    const result = await stage.run("rollback prod --auto-approve --write");
    expect(result.code, result.err).toBe(0);
    expect(places("triage")).toMatchObject({ prod: 1, "prod-prev": 2, staging: 2 });
    expect(places("billing")).toMatchObject({ prod: 0, "prod-prev": 1, staging: 1 });
    expect(versions()).toBe(before);
    expect(result.out).toContain("handoffs from triage run its default version");
    const file = readFileSync(path.join(stage.folder, "agents.yaml"), "utf8");
    expect(file).toContain("prod: 1");
    stage.takeWrites();
    expect((await stage.run("apply --auto-approve")).code).toBe(0);
    expect(stage.takeWrites()).toEqual([]);
  });

  test("22a: the next merge does not undo it unattended, even without the pin", async () => {
    await threeEditions();
    expect((await stage.run("rollback prod --auto-approve")).code).toBe(0);
    stage.takeWrites();
    stage.write(
      acme({
        triage: { description: "four", handoffs: ["billing"], ...structuredClone(both) },
        billing: { description: "two", ...structuredClone(both) },
      }),
    );
    const merged = await stage.run("apply --auto-approve");
    expect(merged.code).toBe(4);
    expect(stage.takeWrites()).toEqual([]);
  });

  test("goes back again to where it came from: what was moved last is undone first", async () => {
    await threeEditions();
    await stage.run("rollback prod --auto-approve");
    expect((await stage.run("rollback prod --auto-approve")).code).toBe(0);
    expect(places("triage")).toMatchObject({ prod: 2, "prod-prev": 1 });
  });

  test("of one agent to a version; unknown ones are refused before any write", async () => {
    await threeEditions();
    expect((await stage.run("rollback prod --to 0 --only triage --auto-approve")).code).toBe(0);
    expect(places("triage").prod).toBe(0);
    expect(places("billing").prod).toBe(1);
    stage.takeWrites();
    expect((await stage.run("rollback prod --to 9 --only triage --auto-approve")).code).toBe(3);
    expect((await stage.run("rollback nope --auto-approve")).code).toBe(3);
    expect((await stage.run("rollback prod --to 0 --auto-approve")).code).toBe(64);
    expect((await stage.run("rollback prod")).code).toBe(64);
    expect(stage.takeWrites()).toEqual([]);
  });

  test("that fails half way puts back what it moved: 5", async () => {
    await threeEditions();
    const before = [places("triage"), places("billing")];
    stage.emulator.faults.add({ method: "PUT", skip: 3, status: 422 });
    const result = await stage.run("rollback prod --auto-approve --parallelism 1 --report r.json");
    expect(result.code, result.err).toBe(5);
    expect([places("triage"), places("billing")]).toEqual(before);
    expect(result.out).not.toContain("agents:");
  });
});

describe("promote", () => {
  test("points prod where staging stands, callees included, without a version", async () => {
    await threeEditions();
    await stage.run("rollback prod --auto-approve");
    const before = versions();
    stage.takeWrites();
    const result = await stage.run("promote staging prod --only triage --auto-approve");
    expect(result.code, result.err).toBe(0);
    expect(places("triage")).toMatchObject({ prod: 2, "prod-prev": 1 });
    expect(places("billing")).toMatchObject({ prod: 1, "prod-prev": 0 });
    expect(versions()).toBe(before);
    expect(result.out).toContain("triage: { aliases: { prod: 2 } }");
  });

  test("refuses what agentvane did not write as it stands, unless told", async () => {
    await threeEditions();
    const { id } = agentNamed("billing");
    control().editAgent(id, { description: "theirs" });
    control().setAlias(id, "staging", 2);
    stage.takeWrites();
    const refused = await stage.run("promote staging prod --auto-approve");
    expect(refused.code).toBe(3);
    expect(refused.err).toContain("billing");
    expect(stage.takeWrites()).toEqual([]);
    expect((await stage.run("promote staging prod --auto-approve --allow-foreign")).code).toBe(0);
    expect(places("billing").prod).toBe(2);
  });
});

describe("a name that no alias can have", () => {
  test.each([
    "promote prod Bad --auto-approve",
    "promote Bad prod --auto-approve",
    "rollback prod- --auto-approve",
    "import --all --alias Bad",
    "plan --env pr-*",
  ])("%s is a usage error before any request", async (args) => {
    await threeEditions();
    stage.emulator.clearRequests();
    const { code, err, out } = await stage.run(args);
    expect(code, err).toBe(64);
    expect(err).toContain("is not a valid");
    expect(out).toBe("");
    expect(stage.emulator.requests).toEqual([]);
  });
});

describe("history", () => {
  test("lists versions with author, commit and aliases, and compares two", async () => {
    await threeEditions();
    control().editAgent(agentNamed("triage").id, { description: "theirs" });
    const listed = await stage.run("history triage --format json");
    expect(listed.code).toBe(0);
    expect(JSON.parse(listed.out)).toMatchObject({
      kind: "history",
      versions: [
        { version: 3, default: true, aliases: [], author: "outside" },
        { version: 2, author: "agentvane", aliases: expect.arrayContaining(["staging", "prod"]) },
        { version: 1 },
        { version: 0 },
      ],
    });
    const { out } = await stage.run("history triage");
    expect(out).toMatch(/\nVERSION +TIME +BY +POINTERS\n/);
    expect(out).toMatch(/\n3 +until 20\S+ \S+Z +outside +default\n/);
    expect(out).not.toMatch(/ \n|agentvane \d/);
    const compared = await stage.run("history triage --diff 0 2");
    expect(compared.out).toContain('"one" → "three"');
    expect((await stage.run("history triage --diff 0 9")).code).toBe(3);
    expect((await stage.run("history nope")).code).toBe(3);
    expect((await stage.run("history triage --diff 0")).code).toBe(64);
  });
});

describe("environments", () => {
  const config = (more: object) =>
    ({
      version: 1,
      project: "acme",
      defaults: { model: "m" },
      environments: {
        staging: { api_key_env: "STAGING_KEY", vars: { tone: "terse" } },
        prod: { agents: { triage: { description: "live" } } },
      },
      vars: { tone: "friendly" },
      agents: { triage: { instructions: "Be ${{ vars.tone }}.", aliases: ["prod"] } },
      ...more,
    }) as never;

  test("each has its own agents, key and words; without one nothing is done", async () => {
    stage.write(config({}));
    for (const command of ["plan", "apply --auto-approve", "show", "drift", "render"]) {
      const result = await stage.run(command);
      expect(result.code, command).toBe(3);
      expect(result.err, command).toContain("staging, prod");
    }
    expect((await stage.run("validate")).code).toBe(0);
    expect((await stage.run("apply --auto-approve --env staging")).err).toContain("STAGING_KEY");
    const env = { STAGING_KEY: "key-of-staging" };
    expect((await stage.run("apply --auto-approve --env staging", env)).code).toBe(0);
    expect((await stage.run("apply --auto-approve", { AGENTVANE_ENV: "prod" })).code).toBe(0);
    const shown = control()
      .agents()
      .map(({ id }) => control().shown(id));
    expect(shown.map(({ instructions }) => instructions).toSorted()).toEqual([
      "Be friendly.",
      "Be terse.",
    ]);
    for (const environment of ["staging", "prod"]) {
      const again = await stage.run(`plan --detailed-exitcode --env ${environment}`, env);
      expect(again.code, again.out).toBe(0);
    }
    stage.write(config({ environments: undefined }));
    expect((await stage.run("plan")).code).toBe(3);
  });
});

describe("what a command says that misses the point", () => {
  test("a usage error has one shape, wherever it is found, and ends with 64", async () => {
    stage.write("version: 1\nproject: acme\nagents: { triage: { model: m } }\n");
    for (const args of ["plan --nope", "history", "promote staging", "schema world", "nope"]) {
      const { code, err } = await stage.run(args);
      expect(code, args).toBe(64);
      expect(err, args).toMatch(/^error\[usage_error\]: .+\n {2}\S.*\n$/);
    }
  });

  test("promote with the names of environments says that they are no aliases", async () => {
    const environments = { staging: {}, prod: {} };
    const file = { version: 1, project: "acme", environments, agents: { triage: { model: "m" } } };
    stage.write(file);
    await stage.run("apply --env prod --auto-approve");
    for (const args of ["promote staging prod", "promote staging prod --env prod"]) {
      const { code, err } = await stage.run(`${args} --auto-approve`);
      expect(code, args).toBe(3);
      expect(err, args).toContain("staging is an environment of agents.yaml");
      expect(err, args).toContain("agentvane apply --env prod");
    }
    const document = await stage.run("promote staging prod --format json");
    expect(JSON.parse(document.out)).toMatchObject({ error: { code: "refused" } });
    expect((await stage.run("promote next prod --env prod")).err).toContain("has the alias next");
  });

  test("an alias that was never applied is told as such, and nobody is asked whether they meant it", async () => {
    const agents = (aliases: string[]) => ({ triage: { aliases }, billing: { aliases: [] } });
    stage.write(acme(agents(["prod"])));
    const first = await stage.run("rollback prod --auto-approve");
    expect(first.code, first.err).toBe(3);
    expect(first.err).toContain("It is written in agents.yaml: `agentvane apply` sets it.");
    await stage.run("apply --auto-approve");
    for (const args of [
      "promote prod next --only billing",
      "rollback prod --to 0 --only billing",
    ]) {
      expect((await stage.run(`${args} --auto-approve`)).err, args).not.toContain("Did you mean");
    }
  });

  test("forget says to take the key out of the file, where it is in one", async () => {
    stage.write("version: 1\nproject: acme\nagents: { triage: { model: m } }\n");
    await stage.run("apply --auto-approve");
    const { code, out } = await stage.run("forget triage");
    expect(code).toBe(0);
    expect(out).toContain("remove its key from agents.yaml too");
    expect((await stage.run("plan")).err).toContain("refused[tags_lost]");
  });
});
