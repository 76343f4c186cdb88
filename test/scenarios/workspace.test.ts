import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Behaviour } from "../../src/emulator/behaviour.ts";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
  stage.emulator.control.nameWorkspace("Staging");
});
afterEach(() => stage.close());

function write(workspace: string): void {
  stage.write({
    version: 1,
    project: "acme",
    environments: { prod: { workspace } },
    agents: { triage: { model: "mistral-small-latest", aliases: ["prod"] } },
  });
}

const lookUps = () => stage.emulator.requests.filter(({ path }) => path === "/v1/users/me").length;

describe("an environment that names its workspace", () => {
  test("refuses a key of another one before any write, in every command that talks to the server", async () => {
    write("Production");
    const commands = ["plan", "apply --auto-approve", "drift", "show", "output", "history triage"];
    for (const command of [...commands, "rollback prod --auto-approve", "destroy --auto-approve"]) {
      const { code, err } = await stage.run(`${command} --env prod`);
      expect(code, command).toBe(3);
      expect(err, command).toContain('workspace "Staging"');
      expect(err, command).toContain('not "Production"');
    }
    expect(stage.takeWrites()).toEqual([]);
    const { out } = await stage.run("plan --env prod --format json");
    expect(JSON.parse(out)).toMatchObject({ error: { code: "workspace_refused" } });
    const doctor = await stage.run("doctor --env prod");
    expect(doctor.code).toBe(3);
    expect(doctor.out).toContain('the key belongs to workspace "Staging"');
  });

  test("takes a key of its own, named by name or by id", async () => {
    for (const workspace of ["Staging", "0198a6c0-3333-7000-8000-0000000000d1"]) {
      write(workspace);
      const { code, err } = await stage.run("plan --env prod");
      expect(code, err).toBe(0);
      expect(err).not.toContain("workspace");
    }
  });

  test.each<[string, Partial<Behaviour>]>([
    ["takes the key as it is documented", { users_me: "x_api_key" }],
    ["takes the key like all others", { users_me: "bearer" }],
  ])("a server that %s is asked the right way", async (_name, behaviour) => {
    stage.emulator.setBehaviour(behaviour);
    write("Production");
    expect((await stage.run("plan --env prod")).code).toBe(3);
  });

  test("a look-up that is not answered is a note, and the run goes on", async () => {
    write("Production");
    stage.emulator.setBehaviour({ users_me: "missing" });
    const missing = await stage.run("apply --auto-approve --env prod");
    expect(missing.code, missing.err).toBe(0);
    expect(missing.err).toContain("does not say whether");
    stage.emulator.setBehaviour({ users_me: "bearer" });
    stage.emulator.faults.add({ path: "^/v1/users/me", status: 500, times: null });
    const broken = await stage.run("plan --env prod --timeout 60s");
    expect(broken.code).toBe(0);
    expect(broken.err).toContain("does not say whether");
  });
});

test("without the word nobody asks, and with --local there is no key to ask about", async () => {
  stage.write({ version: 1, project: "acme", agents: { triage: { model: "m" } } });
  await stage.run("plan");
  expect(lookUps()).toBe(0);
  write("Production");
  expect((await stage.run("plan --env prod --local")).code).toBe(0);
});
