import { readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

/** Two agents in an edition, with gates; `node` runs where a shell command is to be the same everywhere. */
function write(edition: string, ...gates: readonly object[]): void {
  const agent = { description: edition, aliases: { prod: "latest" } };
  stage.write({
    version: 1,
    project: "acme",
    defaults: { model: "m" },
    agents: { triage: agent, billing: { ...agent } },
    gates,
  } as never);
}

const pointers = () =>
  stage.emulator.control
    .agents()
    .map((agent) => [
      agent.id,
      stage.emulator.control.shown(agent.id).version,
      agent.aliases.map(({ alias, version }) => [alias, version]),
    ]);
const writes = () => stage.takeWrites().map((each) => each.split(" ")[0]);

async function released(): Promise<void> {
  write("one");
  expect((await stage.run("apply --auto-approve")).code).toBe(0);
  stage.takeWrites();
}

describe("a gate", () => {
  test("judges the exact version before any alias moves, in the folder of the file", async () => {
    await released();
    const script = `
      const { AGENTVANE_AGENT_ID: id, AGENTVANE_AGENT_KEY: key, AGENTVANE_AGENT_VERSION: version } = process.env;
      const url = process.env.AGENTVANE_SERVER_URL + "/v1/agents/" + id;
      const get = async (path) => (await fetch(url + path, { headers: { authorization: "Bearer x" } })).json();
      const [agent, aliases] = [await get("?agent_version=" + version), await get("/aliases")];
      console.log("judged", key, agent.description, aliases[0].version);
      process.exit(agent.description === "two" && aliases[0].version === 0 ? 0 : 1);`;
    write("two", { run: "node judge.mjs", agents: ["triage"], timeout: "1m" });
    stage.write(readFileSync(path.join(stage.folder, "agents.yaml"), "utf8"), {
      "judge.mjs": script,
    });
    const result = await stage.run("apply --auto-approve --report r.json");
    expect(result.code, result.err).toBe(0);
    expect(result.err).toContain("judged triage two 0");
    const report = JSON.parse(readFileSync(path.join(stage.folder, "r.json"), "utf8"));
    expect(report.operations).toContainEqual(
      expect.objectContaining({
        kind: "gate_passed",
        key: "triage",
        output: ["judged triage two 0"],
      }),
    );
  });

  test("that fails keeps everything as it was: 5; the next apply runs it again on the same version", async () => {
    await released();
    const before = pointers();
    write("two", { run: "echo no good >&2; exit 3", agents: ["triage"] });
    const result = await stage.run("apply --auto-approve --report r.json");
    expect(result.code).toBe(5);
    expect(result.err).toContain("no good");
    expect(result.err).toContain("exit code 3");
    expect(pointers()).toEqual(before);
    expect(writes()).not.toContain("PUT");
    write("two", { run: "exit 0" });
    expect((await stage.run("apply --auto-approve")).code).toBe(0);
    expect(writes()).not.toContain("POST");
    const versions = stage.emulator.control.agents().map((agent) => agent.versions.length);
    expect(versions).toEqual([2, 2]);
  });

  test("and a check judge the version that an alias is pinned to, not the one that it leaves", async () => {
    const file = (prod: string | number, description: string, rest = {}) =>
      stage.write({
        version: 1,
        project: "acme",
        agents: { triage: { model: "m", description, aliases: { prod } } },
        ...rest,
      });
    for (const description of ["good", "bad"]) {
      file("latest", description);
      expect((await stage.run("apply --auto-approve")).code).toBe(0);
    }
    const run = "echo judged $AGENTVANE_AGENT_VERSION; test $AGENTVANE_AGENT_VERSION = 0";
    const checks = [{ say: "hi", expect: { contains: ["version 0"] } }];
    file(0, "bad", { gates: [{ run }], checks });
    expect((await stage.run("plan")).out).toContain("for triage version 0");
    const planned = JSON.parse((await stage.run("plan --format json")).out);
    expect(planned).toMatchObject({ gates: [{ version: 0 }], checks: [{ version: 0 }] });
    const result = await stage.run("apply --auto-approve");
    expect(result.code, result.err).toBe(0);
    expect(result.err).toContain("judged 0");
    expect(JSON.stringify(pointers())).toContain(`["prod",0]`);
  });

  test("that takes too long, or is interrupted, is ended with what it started", async () => {
    await released();
    const before = pointers();
    write("two", { run: "sleep 600 & sleep 600", timeout: "300ms" });
    const late = await stage.run("apply --auto-approve");
    expect(late.code).toBe(5);
    expect(late.err).toContain("longer than 0.3 s");
    expect(pointers()).toEqual(before);
    write("two", { run: "echo started; kill -TERM $PPID; sleep 600" });
    const stopped = await stage.run("apply --auto-approve");
    expect(stopped.code, stopped.err).toBe(143);
    expect(pointers()).toEqual(before);
  });

  test("is not run when nothing is released, and never by plan", async () => {
    write("one", { run: "touch ran" });
    const plan = await stage.run("plan");
    expect(plan.out).toContain("touch ran");
    expect(() => readFileSync(path.join(stage.folder, "ran"))).toThrow();
    expect((await stage.run("apply --auto-approve")).code).toBe(0);
    write("one", { run: "exit 1" });
    expect((await stage.run("apply --auto-approve")).code).toBe(0);
  });
});
