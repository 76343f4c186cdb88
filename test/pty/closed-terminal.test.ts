import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { acme, type Stage, setStage } from "../scenarios/stage.ts";
import { applied, justBefore, pointers } from "../scenarios/steps.ts";

/** Somebody closes the window while a question stands in it. */

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
  stage.write(acme({ triage: { aliases: ["prod"] } }));
});
afterEach(() => stage.close());

const command = path.join(import.meta.dirname, "..", "..", "dist", "agentvane.cjs");

/**
 * Runs the command in a pseudo-terminal, closes that when the question is there, or else before the first alias moves, and
 * gives the code that the command ends with. `trap` says what the shell around it does about SIGHUP, and so what the command is started with.
 */
async function closedAt(question: RegExp | undefined, args: string, trap: string, plain: boolean) {
  const lines = [
    "stty cols 80 rows 24",
    trap,
    `exec 3<&0; "${process.execPath}" "${command}" ${args} <&3 &`,
    "wait $!; wait $!",
    "echo $? > .code.part",
    "mv .code.part .code",
  ];
  const terminal = spawn("script", ["-qec", lines.join("\n"), "/dev/null"], {
    cwd: stage.folder,
    env: {
      PATH: process.env.PATH,
      SHELL: "/bin/sh",
      TERM: "xterm-256color",
      MISTRAL_API_KEY: "key-of-the-test",
      AGENTVANE_SERVER_URL: stage.url,
      ...(plain && { AGENTVANE_PLAIN: "1" }),
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  let shown = "";
  terminal.stdout.on("data", (text: Buffer) => {
    shown += text.toString();
    if (question?.test(shown)) terminal.kill("SIGKILL");
  });
  if (question === undefined) {
    justBefore(
      stage,
      ({ method }) => method === "PUT",
      () => void terminal.kill("SIGKILL"),
    );
  }
  await new Promise((resolve) => terminal.on("close", resolve));
  if (question !== undefined) expect(shown).toMatch(question);
  const file = path.join(stage.folder, ".code");
  while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 20));
  return Number(readFileSync(file, "utf8"));
}

test.each([
  ["a drawn question, hung up on", "trap 'kill -HUP $!' HUP", false, [129, 3]],
  ["a plain question, hung up on", "trap 'kill -HUP $!' HUP", true, [129, 3]],
  ["a drawn question, started to outlive its terminal", "trap '' HUP", false, [3]],
  ["a plain question, started to outlive its terminal", "trap '' HUP", true, [3]],
])("%s: counts as no, and nothing is written", async (_name, trap, plain, codes) => {
  // The hangup and the end of the input arrive in either order.
  expect(codes).toContain(await closedAt(/Type yes to go on/, "apply", trap, plain));
  expect(stage.takeWrites()).toEqual([]);
});

test.each([
  ["drawn", false],
  ["plain", true],
])("a list to pick from (%s): nothing is selected, nothing is written", async (_name, plain) => {
  await stage.emulator.fetch(
    new Request(`${stage.url}/v1/agents`, {
      method: "POST",
      headers: { authorization: "Bearer k", "content-type": "application/json" },
      body: JSON.stringify({ model: "m", name: "somebody's" }),
    }),
  );
  stage.takeWrites();
  const question = plain ? /Which ones\?/ : /\[ \] /;
  await closedAt(question, "import", "trap '' HUP", plain);
  expect(stage.takeWrites()).toEqual([]);
  expect(readFileSync(path.join(stage.folder, "agents.yaml"), "utf8")).not.toContain("ag_");
});

describe("in the middle of a release", () => {
  const agents = (description: string) =>
    Object.fromEntries(
      ["a", "b", "c"].map((key) => [key, { description, aliases: ["prod", "staging"] }]),
    );
  const released = (version: number) =>
    Object.fromEntries(
      ["a", "b", "c"].map((key) => [key, { default: version, prod: version, staging: version }]),
    );

  test.each([
    ["drawn", "hung up on: all goes back", "trap 'kill -HUP $!' HUP", false, 129, 0],
    ["plain", "hung up on: all goes back", "trap 'kill -HUP $!' HUP", true, 129, 0],
    ["drawn", "started to outlive its terminal: it is finished", "trap '' HUP", false, 0, 1],
    ["plain", "started to outlive its terminal: it is finished", "trap '' HUP", true, 0, 1],
  ])("an apply that is %s, %s", async (_how, _name, trap, plain, code, version) => {
    await applied(stage, agents("one"));
    stage.write(acme(agents("two")));
    // The hangup has time to arrive.
    stage.emulator.faults.add({ method: "PUT", skip: 2, status: 429, retry_after: "1" });
    const args = "apply --auto-approve --parallelism 1";
    expect(await closedAt(undefined, args, trap, plain)).toBe(code);
    expect(pointers(stage)).toEqual(released(version));
  });
});
