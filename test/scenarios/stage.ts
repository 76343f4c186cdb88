import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stringify } from "yaml";
import type { Json } from "../../src/agent/json.ts";
import type { Behaviour } from "../../src/emulator/behaviour.ts";
import { createEmulator, type Emulator } from "../../src/emulator/emulator.ts";
import { listen } from "../../src/emulator/listen.ts";

const command = path.join(import.meta.dirname, "..", "..", "dist", "agentvane.cjs");

/** Nobody applies twice within a second, and a server's clock tells runs apart. */
const betweenRunsMs = 60_000;

/** What a finished command left behind. */
export type Outcome = { readonly code: number | null; readonly out: string; readonly err: string };

/** Where outputs of a command go: into a file or device, as `>` does in a shell, instead of to the test. */
export type Outputs = { readonly stdout?: string; readonly stderr?: string };

/** A server, a project folder, and the built command to run in it. */
export type Stage = {
  readonly emulator: Emulator;
  readonly url: string;
  readonly folder: string;
  /** Writes agents.yaml (an object is dumped, a text is taken as it is) and other files. */
  readonly write: (config: Json | string, files?: Readonly<Record<string, string>>) => void;
  /** Lets time pass on the server's clock; some passes by itself before each run. */
  readonly passTime: (ms: number) => void;
  readonly run: (
    args: string,
    env?: Readonly<Record<string, string>>,
    outputs?: Outputs,
  ) => Promise<Outcome>;
  /** The same, of words that may hold spaces. */
  readonly runWords: (
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
    outputs?: Outputs,
  ) => Promise<Outcome>;
  /** Runs a command of which nobody reads a word until the function it gives is called. */
  readonly runUnread: (args: string) => () => Promise<Outcome>;
  /** Whoever reads an output of the command that is running goes away. */
  readonly leave: (output: "stdout" | "stderr") => void;
  /** Sends a signal to the command that is running. */
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Requests that are not GET since the last call, as "POST /v1/agents". */
  readonly takeWrites: () => readonly string[];
  /** What the server holds now, for other stages to begin with. */
  readonly state: () => State;
  readonly close: () => Promise<void>;
};

/** What a server holds, and how far its clock is ahead. */
export type State = { readonly saved: string | undefined; readonly aheadMs: number };

/** Sets a stage with a server that behaves as asked, and variables that every run of the command sees. */
export async function setStage(
  behaviour: Partial<Behaviour> = {},
  variables: Readonly<Record<string, string>> = {},
  state: State = { saved: undefined, aheadMs: 0 },
): Promise<Stage> {
  let { saved, aheadMs } = state;
  const emulator = createEmulator({
    behaviour,
    now: () => new Date(Date.now() + aheadMs),
    randomBytes: (count) => randomBytes(count),
    ...(saved !== undefined && { saved }),
    save: (text) => {
      saved = text;
    },
  });
  const server = await listen(emulator, { port: 0 });
  const folder = mkdtempSync(path.join(tmpdir(), "agentvane-test-"));
  let seen = 0;
  let running: ChildProcess | undefined;
  const start = (
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    outputs: Outputs,
  ): ChildProcess => {
    aheadMs += betweenRunsMs;
    running = startWords(
      folder,
      args,
      { AGENTVANE_SERVER_URL: server.url, ...variables, ...env },
      outputs,
    );
    return running;
  };
  const runWords: Stage["runWords"] = (args, env = {}, outputs = {}) =>
    untilEnd(start(args, env, outputs));
  return {
    emulator,
    url: server.url,
    folder,
    write: (config, files = {}) => {
      const text = typeof config === "string" ? config : stringify(config);
      for (const [name, content] of Object.entries({ "agents.yaml": text, ...files })) {
        mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
        writeFileSync(path.join(folder, name), content);
      }
    },
    passTime: (ms) => {
      aheadMs += ms;
    },
    run: (args, env = {}, outputs = {}) => runWords(args.split(" "), env, outputs),
    runWords,
    runUnread: (args) => {
      const child = start(args.split(" "), {}, {});
      return () => untilEnd(child);
    },
    leave: (output) => {
      running?.[output]?.destroy();
    },
    signal: (signal) => {
      running?.kill(signal);
    },
    takeWrites: () => {
      const fresh = emulator.requests.slice(seen);
      seen = emulator.requests.length;
      return fresh
        .filter(({ method }) => method !== "GET")
        .map(({ method, path: target }) => `${method} ${target}`);
    },
    state: () => ({ saved, aheadMs }),
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** As whom a command is started, whether something comes on its standard input, and where its outputs go. */
type Started = Outputs & { readonly uid?: number; readonly stdin?: "ignore" | "pipe" };

/** Starts the built command, without a terminal and with nothing on standard input unless told otherwise. */
export function startCommand(
  folder: string,
  args: string,
  env: Readonly<Record<string, string>>,
  how: Started = {},
): ChildProcess {
  return startWords(folder, args.split(" "), env, how);
}

function startWords(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  { uid, stdin = "ignore", stdout, stderr }: Started = {},
): ChildProcess {
  const opened = [stdout, stderr].map((file) =>
    file === undefined ? undefined : openSync(path.resolve(folder, file), "a"),
  );
  const [out = "pipe", err = "pipe"] = opened;
  try {
    return spawn(process.execPath, [command, ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH, MISTRAL_API_KEY: "key-of-the-test", ...env },
      stdio: [stdin, out, err],
      ...(uid !== undefined && { uid }),
    });
  } finally {
    for (const file of opened) if (file !== undefined) closeSync(file);
  }
}

/** Variables with which a command's own clock is ahead, for what depends on when a release was made. */
export function clockAhead(ms: number): Readonly<Record<string, string>> {
  const setClock = `
    const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...given) {
        super(...(given.length > 0 ? given : [Real.now() + ${ms}]));
      }
      static now() {
        return Real.now() + ${ms};
      }
    };`;
  return { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(setClock)}` };
}

/** What a command said, and how it ended. */
export function untilEnd(child: ChildProcess): Promise<Outcome> {
  let out = "";
  let err = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
  });
}

/** A configuration of project acme; every agent gets a model. */
export function acme(agents: { readonly [key: string]: { readonly [name: string]: Json } }): Json {
  return {
    version: 1,
    project: "acme",
    defaults: { model: "mistral-small-latest" },
    agents,
  };
}
