import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { acme, type Outcome, type Stage, setStage, untilEnd } from "../scenarios/stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const command = path.join(import.meta.dirname, "..", "..", "dist", "agentvane.cjs");

/** Runs the command in a pseudo-terminal and types an answer when a question stands there. */
async function typing(args: string, question: RegExp, answer: string): Promise<Outcome> {
  const line = `stty cols 80 rows 24; exec "${process.execPath}" "${command}" ${args}`;
  const child: ChildProcess = spawn("script", ["-qec", line, "/dev/null"], {
    cwd: stage.folder,
    env: {
      PATH: process.env.PATH,
      TERM: "xterm-256color",
      MISTRAL_API_KEY: "key-of-the-test",
      AGENTVANE_SERVER_URL: stage.url,
    },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let seen = "";
  let hasAnswered = false;
  child.stdout?.on("data", (text: Buffer) => {
    seen += text.toString();
    if (hasAnswered || !question.test(seen)) return;
    hasAnswered = true;
    child.stdin?.write(answer);
  });
  const outcome = await untilEnd(child);
  expect(hasAnswered, outcome.out).toBe(true);
  return outcome;
}

describe("at a terminal, apply shows the plan and asks", () => {
  test.each([
    ["yes", "yes\n", 0, 1],
    ["y, which is not enough", "y\n", 3, 0],
    ["nothing", "\n", 3, 0],
    ["the end of input", "\u0004", 3, 0],
    ["Ctrl-C", "\u0003", 130, 0],
  ])("%s", async (_name, answer, code, agents) => {
    stage.write(acme({ triage: { instructions: "Sort it out." } }));
    const outcome = await typing("apply", /Type yes to go on/, answer);
    expect(outcome.out).toContain("triage");
    expect(outcome.code, outcome.out).toBe(code);
    expect(stage.emulator.control.agents()).toHaveLength(agents);
  });

  test("a deletion asks for the project's name, and names the project and the server", async () => {
    stage.write(acme({ triage: {}, old: {} }));
    await stage.run("apply --auto-approve");
    stage.write(acme({ triage: {} }));
    const question = /deletes agents of acme on http:\S+\s+Type acme to go on/;
    expect((await typing("apply --prune", question, "yes\n")).code).toBe(3);
    expect(stage.emulator.control.agents()).toHaveLength(2);
    expect((await typing("apply --prune", question, "acme\n")).code).toBe(0);
    expect(stage.emulator.control.agents()).toHaveLength(1);
  });

  test("a duplicate that appears before the answer ends the run with 4", async () => {
    stage.write(acme({ triage: {} }));
    await stage.run("apply --auto-approve");
    const [agent] = stage.emulator.control.agents();
    stage.write(acme({ triage: { description: "new" } }));
    stage.takeWrites();
    let listings = 0;
    stage.emulator.onRequest(({ path: target }) => {
      if (target.includes("/pages")) listings += 1;
      if (listings !== 2) return;
      listings += 1;
      stage.emulator.control.copyAgent(agent?.id ?? "");
    });
    const outcome = await typing("apply", /Type yes to go on/, "yes\n");
    expect(outcome.code, outcome.out).toBe(4);
    expect(stage.takeWrites()).toEqual([]);
  });

  test("a change before the answer ends the run with 4", async () => {
    stage.write(acme({ triage: { aliases: ["prod"] } }));
    await stage.run("apply --auto-approve");
    const [agent] = stage.emulator.control.agents();
    stage.write(acme({ triage: { description: "new", aliases: ["prod"] } }));
    stage.takeWrites();
    let aliasReads = 0;
    stage.emulator.onRequest(({ method, path: target }) => {
      if (method === "GET" && target.endsWith("/aliases")) aliasReads += 1;
      if (method === "GET" && target.includes("/pages") && aliasReads === 1) {
        aliasReads = 9;
        stage.emulator.control.editAgent(agent?.id ?? "", { description: "theirs" });
      }
    });
    const outcome = await typing("apply", /Type yes to go on/, "yes\n");
    expect(outcome.code, outcome.out).toBe(4);
    expect(stage.takeWrites()).toEqual([]);
  });
});

test("has colours on a terminal, and none with NO_COLOR", async () => {
  stage.write(acme({ triage: {} }));
  const coloured = await typing("apply", /Type yes to go on/, "no\n");
  expect(coloured.out).toContain("\u001b[");
  const plain = await typing("apply --no-color", /Type yes to go on/, "no\n");
  expect(plain.out.replaceAll(/\u001b\[\d*[GJKnR]|\u001b\[\?\d+[hl]/g, "")).not.toMatch(
    /\u001b\[\d+m/,
  );
});
