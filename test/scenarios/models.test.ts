import { afterEach, beforeEach, expect, test } from "vitest";
import { acme, type Stage, setStage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
  stage.emulator.control.addModel("m-2505", {
    // A date alone, and members that nobody knows yet.
    deprecation: "2027-01-15",
    deprecation_replacement_model: "m-3-5",
    surprise: { yes: true },
    capabilities: { completion_chat: true, function_calling: false },
  });
  const lookup = {
    type: "function",
    function: { name: "lookup", parameters: { type: "object", properties: {} } },
  };
  stage.write(acme({ triage: { model: "m-2505", tools: [lookup] }, billing: { model: "m-2505" } }));
});
afterEach(() => stage.close());

test("plan, drift and doctor note the date and the replacement, in every form, also when nothing changes", async () => {
  const words = "model m-2505 is deprecated and retires on 2027-01-15; its replacement is m-3-5";
  expect((await stage.run("plan")).out).toContain(`${words}. Used by billing, triage.`);
  expect((await stage.run("apply --auto-approve")).code).toBe(0);
  for (const command of ["plan", "drift"]) {
    const text = await stage.run(command);
    expect(text.code).toBe(0);
    expect(text.out).toContain(words);
    expect(text.out).toContain("model m-2505 cannot call functions. Used by triage.");
    const document = JSON.parse((await stage.run(`${command} --format json`)).out);
    expect(document.models).toEqual([
      {
        kind: "model_deprecated",
        model: "m-2505",
        agents: ["billing", "triage"],
        date: "2027-01-15",
        replacement: "m-3-5",
      },
      { kind: "model_without_functions", model: "m-2505", agents: ["triage"] },
    ]);
    expect((await stage.run(`${command} --format markdown`)).out).toContain("#### Models");
    expect((await stage.run(`${command} --format html`)).out).toContain("Deprecated model");
  }
  const doctor = JSON.parse((await stage.run("doctor --format json")).out);
  expect(doctor.findings).toContainEqual(
    expect.objectContaining({ check: "model_noted", status: "warning" }),
  );
});

test("--fail-on-deprecated refuses before any write, and only what goes within that time", async () => {
  const far = await stage.run("plan --fail-on-deprecated 20000d");
  expect(far.code).toBe(3);
  expect(far.err).toContain("Use m-3-5, or give --fail-on-deprecated a shorter time.");
  const apply = await stage.run("apply --auto-approve --fail-on-deprecated 20000d");
  expect(apply.code).toBe(3);
  expect(stage.takeWrites()).toEqual([]);
  expect((await stage.run("plan --fail-on-deprecated soon")).code).toBe(64);
});

test("a saved plan keeps the time, and is judged by it when it is applied", async () => {
  stage.emulator.control.addModel("m-2505", { deprecation: null });
  expect((await stage.run("plan --out plan.json --fail-on-deprecated 20000d")).code).toBe(0);
  stage.emulator.control.addModel("m-2505", { deprecation: "2027-01-15" });
  expect((await stage.run("apply plan.json")).code).not.toBe(0);
  expect(stage.takeWrites()).toEqual([]);
});

test("where models cannot be listed, a note is left out; a refusal that depends on them is not", async () => {
  stage.emulator.faults.add({ path: "^/v1/models", status: 403, times: null });
  expect((await stage.run("plan")).code).toBe(0);
  const { code, err } = await stage.run("plan --fail-on-deprecated 30d");
  expect(code).toBe(1);
  expect(err).toContain("/v1/models");
});

test("a Deprecation or Sunset header is told once a run, on stderr", async () => {
  stage.emulator.setBehaviour({ deprecation_headers: "sent" });
  const { code, out, err } = await stage.run("apply --auto-approve");
  expect(code).toBe(0);
  expect(err.match(/is deprecated since 2026-11-01 and ends on 2027-03-01/g)).toHaveLength(1);
  expect(out).not.toContain("2027-03-01");
  const json = await stage.run("show --json");
  expect(JSON.parse(json.out).errored).toBe(false);
  expect(json.err).toContain("ends on 2027-03-01");
  stage.emulator.setBehaviour({ deprecation_headers: "none" });
  expect((await stage.run("show")).err).toBe("");
});
