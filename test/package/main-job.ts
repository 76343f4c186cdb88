import { expect } from "vitest";
import type { Installed } from "./installed.ts";

/** What a newcomer does first, each step with the exit code and a piece of what it has to print. */
const steps: readonly (readonly [args: string, code: number, prints: string])[] = [
  ["init", 0, "agents.yaml"],
  ["validate", 0, ""],
  ["plan --local --detailed-exitcode", 2, "1 to create"],
  ["apply --local --auto-approve", 0, "Applied: 1 version written"],
  ["plan --local --detailed-exitcode", 0, "No changes"],
  ["output --local --format env", 0, "AGENTVANE_ASSISTANT_ID=ag_"],
  ["explain drift_refused", 0, "drift"],
  ["schema plan", 0, "json-schema.org"],
  ["plan --local --format html", 0, "<!doctype html>"],
  ["graph --format svg", 0, "<svg"],
  ["destroy --local --auto-approve", 0, ""],
];

/** Does the main job from an empty folder to an empty server with the installed command. */
export async function doMainJob(installed: Installed): Promise<void> {
  for (const [args, code, prints] of steps) {
    const outcome = await installed.agentvane(args);
    expect(outcome, args).toMatchObject({ code, out: expect.stringContaining(prints) });
    expect(outcome.err, args).not.toMatch(/Warning|\bat .*\.c?js:\d/);
  }
}

/** A program that starts the emulator, lets the installed command apply to it, and reads the agent. */
export const emulatorProgram = `
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { startEmulator } from "agentvane/emulator";

const emulator = await startEmulator({ switches: { first_version: 1 } });
const env = { AGENTVANE_SERVER_URL: emulator.url, MISTRAL_API_KEY: "any" };
const command = "node_modules/agentvane/dist/agentvane.cjs";
await promisify(execFile)(process.execPath, [command, "apply", "--auto-approve"], { env });
const answer = await fetch(emulator.url + "/v1/agents", { headers: { authorization: "Bearer any" } });
const [agent] = await answer.json();
console.log(agent.name, agent.version);
await emulator.close();
`;
