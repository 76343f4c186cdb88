import { existsSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/agent/json.ts";
import { acme, type Stage, setStage } from "./stage.ts";
import { type Agents, agentNamed, applied, justBefore, pointers } from "./steps.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const both = { aliases: { staging: "latest", prod: "latest" } };
const fleet = (description: string): Agents => ({
  billing: { description, ...structuredClone(both) },
  triage: { description, ...structuredClone(both) },
});
const isPut = ({ method }: { readonly method: string }) => method === "PUT";

/** Two agents in two editions: staging and prod stand at the second one. */
async function twoEditions(): Promise<void> {
  await applied(stage, fleet("one"));
  await applied(stage, fleet("two"));
  stage.takeWrites();
}

/** Two agents of which only staging runs the second edition. */
async function stagingAhead(): Promise<void> {
  await twoEditions();
  for (const { id } of stage.emulator.control.agents())
    stage.emulator.control.setAlias(id, "prod", 0);
}

const prods = () => Object.values(pointers(stage)).map(({ prod }) => prod);

// What moves aliases without building: the same promises as a release.
describe.each([
  ["promote staging prod", stagingAhead, [0, 0], [1, 1]],
  ["rollback prod", twoEditions, [1, 1], [0, 0]],
] as const)("%s", (command, prepare, before, after) => {
  const moving = `${command} --auto-approve --parallelism 1`;

  test("whose answers are lost: done once, 0", async () => {
    await prepare();
    stage.emulator.faults.add({ method: "PUT", effect: "lose_answer", times: 3 });
    const { code, err } = await stage.run(moving);
    expect(code, err).toBe(0);
    expect(prods()).toEqual(after);
  });

  test("against a server that is overloaded for a while: waits, 0", async () => {
    await prepare();
    stage.emulator.faults.add({ method: "PUT", status: 429, retry_after: "1", times: 2 });
    stage.emulator.faults.add({ method: "GET", path: "aliases", status: 503, times: 2 });
    const { code, err } = await stage.run(moving);
    expect(code, err).toBe(0);
    expect(prods()).toEqual(after);
  });

  test("that fails for good half way: all as before, 5, told in the report", async () => {
    await prepare();
    stage.emulator.faults.add({ method: "PUT", path: "alias=prod&", skip: 1, status: 422 });
    const { code, err } = await stage.run(`${moving} --report r.json`);
    expect(code, err).toBe(5);
    expect(prods()).toEqual(before);
    expect(existsSync(path.join(stage.folder, "r.json"))).toBe(true);
  });

  test("that cannot be reverted either: 6 with the repair, and the next one gets there", async () => {
    await prepare();
    stage.emulator.faults.add({
      method: "PUT",
      path: "alias=prod&",
      skip: 1,
      status: 422,
      times: null,
    });
    const { code, err } = await stage.run(moving);
    expect(code, err).toBe(6);
    expect(err).toContain(`alias=prod&version=${before[0]}`);
    stage.emulator.faults.clear();
    expect((await stage.run("promote staging prod --auto-approve")).code).toBe(0);
    expect(prods()).toEqual([1, 1]);
  });

  test("stopped by SIGTERM between two aliases: all as before, 143", async () => {
    await prepare();
    let puts = 0;
    stage.emulator.onRequest(({ method, path: target }) => {
      if (method === "PUT" && target.includes("alias=prod&") && puts++ === 0)
        stage.signal("SIGTERM");
    });
    const { code, err } = await stage.run(moving);
    expect(code, err).toBe(143);
    expect(prods()).toEqual(before);
  });

  test("while somebody moves prod: theirs stays, 4", async () => {
    await prepare();
    const { id } = agentNamed(stage, "triage");
    justBefore(stage, isPut, () => {
      stage.emulator.control.editAgent(id, { description: "theirs" });
      stage.emulator.control.setAlias(id, "prod", 2);
    });
    const { code, err } = await stage.run(moving);
    expect(code, err).toBe(4);
    expect(pointers(stage)).toMatchObject({ billing: { prod: before[0] }, triage: { prod: 2 } });
  });

  test("that cannot read everything writes nothing: 1", async () => {
    await prepare();
    stage.takeWrites();
    stage.emulator.faults.add({ method: "GET", path: "aliases", status: 500, times: null });
    expect((await stage.run(moving)).code).toBe(1);
    expect(stage.takeWrites()).toEqual([]);
  });
});

describe("what only reads", () => {
  test.each([
    ["history triage", "versions"],
    ["history triage --diff 0 1", "versions"],
    ["import --all --project copy --file other/agents.yaml", "^/v1/agents"],
    ["show", "aliases"],
  ])(
    "%s: a read that fails is 1, and nothing is told or written that is not whole",
    async (args, path) => {
      await twoEditions();
      stage.emulator.faults.add({ method: "GET", path, status: 500, times: null });
      const { code, out, err } = await stage.run(args);
      expect(code, err).toBe(1);
      expect(out).toBe("");
      expect(err).toMatch(/error\[read_failed\]: .*500/);
      expect(stage.takeWrites()).toEqual([]);
    },
  );

  test("an import whose second page fails leaves no file", async () => {
    for (let at = 0; at < 1_100; at += 1) {
      stage.emulator.control.seedAgent({ versions: [{ name: `agent ${at}`, model: "m" }] });
    }
    stage.emulator.faults.add({ path: "page_token", status: 500, times: null });
    expect((await stage.run("import --all --project acme")).code).toBe(1);
    expect(existsSync(path.join(stage.folder, "agents.yaml"))).toBe(false);
    expect(existsSync(path.join(stage.folder, "prompts"))).toBe(false);
  });
});

describe("a gate", () => {
  const gated = (command: string, description: string) => ({
    ...(acme({ triage: { description, aliases: ["prod"] } }) as JsonObject),
    gates: [{ run: command, agents: ["triage"] }],
  });

  test("under which the run is killed: prod stays, and the next apply asks it again, without a new version", async () => {
    stage.write(gated("true", "one"));
    expect((await stage.run("apply --auto-approve")).code).toBe(0);
    stage.write(gated("kill -9 $PPID; sleep 1", "two"));
    const { code } = await stage.run("apply --auto-approve");
    expect(code).toBe(null);
    expect(pointers(stage).triage).toMatchObject({ default: 1, prod: 0 });
    stage.write(gated("true", "two"));
    expect((await stage.run("apply --auto-approve")).code).toBe(0);
    expect(pointers(stage).triage).toMatchObject({ default: 1, prod: 1 });
    expect(agentNamed(stage, "triage").versions).toHaveLength(2);
  });

  test("that passes before a release that fails: all as before, 5; the next apply asks it again", async () => {
    stage.write(gated("true", "one"));
    expect((await stage.run("apply --auto-approve")).code).toBe(0);
    stage.write(gated("echo asked", "two"));
    stage.emulator.faults.add({ method: "PUT", path: "alias=prod&", status: 422 });
    expect((await stage.run("apply --auto-approve")).code).toBe(5);
    expect(pointers(stage).triage).toMatchObject({ default: 0, prod: 0 });
    const { code, err } = await stage.run("apply --auto-approve");
    expect(code, err).toBe(0);
    expect(err).toContain("asked");
    expect(pointers(stage).triage).toMatchObject({ default: 1, prod: 1 });
  });
});
