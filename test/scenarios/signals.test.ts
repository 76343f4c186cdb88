import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { acme, type Stage, type State, setStage, untilEnd } from "./stage.ts";
import { agentNamed, applied, justBefore, pointers } from "./steps.ts";

/** The run is asked to end: by Ctrl-C, by a job that is cancelled, by a terminal that closes. */

const signals = [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const;
const aliases = { aliases: { staging: "latest", prod: "latest" } };
const command = path.join(import.meta.dirname, "..", "..", "dist", "agentvane.cjs");

let state: State;
let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  await applied(stage, { triage: aliases, billing: aliases });
  await applied(stage, { triage: { description: "two", ...aliases }, billing: aliases });
  await stage.close();
  state = stage.state();
});
afterEach(() => stage.close());

/** Two agents that are released, and a file that wants more of them. */
async function atWork(gates: readonly object[] = []): Promise<void> {
  stage = await setStage({}, {}, state);
  const agents = {
    triage: { description: "three", ...aliases },
    billing: { description: "three", ...aliases },
  };
  stage.write({ ...(acme(agents) as object), gates } as never);
}

const before = {
  triage: { default: 1, staging: 1, prod: 1 },
  billing: { default: 0, staging: 0, prod: 0 },
};

type Request = { readonly method: string; readonly path: string };
const isUpdate = ({ method, path: at }: Request) => method === "PATCH" && !at.includes("version=");
const isMove = ({ method }: Request) => method === "PUT";

function report() {
  return JSON.parse(readFileSync(path.join(stage.folder, "report.json"), "utf8"));
}

describe.each(signals)("%s", (signal, code) => {
  test.each([
    ["while an apply builds", "apply --auto-approve --parallelism 1", isUpdate],
    ["while it moves aliases", "apply --auto-approve --parallelism 1", isMove],
    ["while promote moves aliases", "promote staging prod --auto-approve --parallelism 1", isMove],
    ["while rollback moves aliases", "rollback prod --auto-approve --parallelism 1", isMove],
  ])("%s: all is as before, and reported", async (_name, args, matches) => {
    await atWork();
    if (args.startsWith("promote")) await point("triage", "staging", 0);
    const stood = pointers(stage);
    justBefore(stage, matches, () => stage.signal(signal));
    const outcome = await stage.run(`${args} --report report.json`);
    expect(outcome.code, outcome.out + outcome.err).toBe(code);
    expect(pointers(stage)).toEqual(stood);
    expect(report()).toMatchObject({ errored: true });
  });

  test("with the window that it came from: nobody reads what is said, and all goes back", async () => {
    await atWork();
    let puts = 0;
    justBefore(
      stage,
      (request) => isMove(request) && ++puts === 3,
      () => {
        stage.leave("stdout");
        stage.leave("stderr");
        stage.signal(signal);
      },
    );
    expect(
      (await stage.run("apply --auto-approve --parallelism 1 --report report.json")).code,
    ).toBe(code);
    expect(pointers(stage)).toEqual(before);
    expect(report()).toMatchObject({ errored: true });
  });

  test("in a gate: it is ended, and all goes back", async () => {
    await atWork([{ run: 'echo started; exec node -e "setInterval(() => {}, 1e3)"' }]);
    const run = stage.run(
      "apply --auto-approve --parallelism 1 --report report.json",
      {},
      { stderr: "said" },
    );
    await seen(() => readFileSync(path.join(stage.folder, "said"), "utf8").includes("started"));
    stage.signal(signal);
    expect((await run).code).toBe(code);
    expect(pointers(stage)).toEqual(before);
  });

  test("before anything was written: nothing is", async () => {
    await atWork();
    stage.takeWrites();
    stage.emulator.faults.add({ method: "GET", effect: "hang", times: null });
    justBefore(
      stage,
      () => true,
      () => stage.signal(signal),
    );
    expect((await stage.run("apply --auto-approve --parallelism 1")).code).toBe(code);
    expect(stage.takeWrites()).toEqual([]);
  });

  test("twice at once is one request, as npm passes on what the terminal sends as well", async () => {
    await atWork();
    justBefore(stage, isMove, () => {
      stage.signal(signal);
      stage.signal(signal);
    });
    expect((await stage.run("apply --auto-approve --parallelism 1")).code).toBe(code);
    expect(pointers(stage)).toEqual(before);
  });

  test("while nobody reads a result: the command ends as one that broke off", async () => {
    await atWork();
    stage.write(longProject());
    const child = startUnread("render");
    await new Promise((resolve) => child.stdout.once("readable", resolve));
    child.kill(signal);
    expect(await exitOf(child)).toBe(code);
  });
});

test("a signal after everything is done: the run ends with its own code, though nobody reads", async () => {
  await atWork([{ run: `node -e "console.log('x'.repeat(300_000))"` }]);
  const child = startUnread("apply --auto-approve --parallelism 1 --report report.json");
  await seen(() => existsSync(path.join(stage.folder, "report.json")));
  const timer = setInterval(() => child.kill("SIGINT"), 50);
  expect(await exitOf(child)).toBe(0);
  clearInterval(timer);
  expect(pointers(stage).triage).toEqual({ default: 2, staging: 2, prod: 2 });
});

test("SIGINT again and again: it leaves at once, whatever hangs", async () => {
  await atWork();
  stage.emulator.faults.add({ method: "PATCH", effect: "hang", times: null });
  let timer: NodeJS.Timeout | undefined;
  justBefore(stage, isUpdate, () => {
    timer = setInterval(() => stage.signal("SIGINT"), 50);
  });
  const { code } = await stage.run("apply --auto-approve --request-timeout 10m --timeout 20m");
  clearInterval(timer);
  expect(code).toBe(130);
});

test("SIGHUP again and again: a terminal that closes sends several, and all goes back", async () => {
  await atWork();
  let timer: NodeJS.Timeout | undefined;
  justBefore(stage, isMove, () => {
    timer = setInterval(() => stage.signal("SIGHUP"), 50);
  });
  stage.emulator.faults.add({ method: "PUT", skip: 1, status: 429, retry_after: "1" });
  const { code } = await stage.run("apply --auto-approve --parallelism 1");
  clearInterval(timer);
  expect(code).toBe(129);
  expect(pointers(stage)).toEqual(before);
});

test.each([
  ["nohup", `nohup "$0" "$@"`],
  ["a shell that ignores hangups", `trap '' HUP; "$0" "$@"; exit $?`],
])("a run under %s outlives its terminal", async (_name, script) => {
  await atWork();
  const args = ["apply", "--auto-approve"];
  const child = spawn("bash", ["-c", script, process.execPath, command, ...args], {
    cwd: stage.folder,
    env: {
      PATH: process.env.PATH,
      MISTRAL_API_KEY: "key-of-the-test",
      AGENTVANE_SERVER_URL: stage.url,
    },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, as a terminal hangs up on a whole one.
    detached: true,
  });
  justBefore(stage, isMove, () => void process.kill(-(child.pid ?? 0), "SIGHUP"));
  const { code, err } = await untilEnd(child);
  expect(code, err).toBe(0);
  expect(pointers(stage).triage).toEqual({ default: 2, staging: 2, prod: 2 });
});

/** Somebody points an alias of an agent at a version. */
async function point(name: string, pointed: string, version: number): Promise<void> {
  const query = `alias=${pointed}&version=${version}`;
  await stage.emulator.fetch(
    new Request(`${stage.url}/v1/agents/${agentNamed(stage, name).id}/aliases?${query}`, {
      method: "PUT",
      headers: { authorization: "Bearer k" },
    }),
  );
}

/** A project that takes more to print than a pipe holds. */
function longProject(): string {
  const agents = Array.from(
    { length: 40 },
    (_, at) => `  a${at}: { description: ${"x".repeat(9_000)} }`,
  );
  return ["version: 1", "project: acme", "defaults: { model: m }", "agents:", ...agents, ""].join(
    "\n",
  );
}

/** Starts a command of which nobody reads a word. */
function startUnread(args: string) {
  return spawn(process.execPath, [command, ...args.split(" ")], {
    cwd: stage.folder,
    env: {
      PATH: process.env.PATH,
      MISTRAL_API_KEY: "key-of-the-test",
      AGENTVANE_SERVER_URL: stage.url,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** The code that a command of which nobody reads ends with. */
function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.on("exit", (code) => resolve(code)));
}

/** Waits until something can be seen, looking again and again. */
async function seen(look: () => boolean): Promise<void> {
  while (!look()) await new Promise((resolve) => setTimeout(resolve, 20));
}
