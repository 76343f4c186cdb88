import { type ChildProcess, spawn } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { untilEnd } from "../scenarios/stage.ts";
import { readOutputs } from "./runner-log.ts";

const root = path.join(import.meta.dirname, "..", "..");
const dist = path.join(root, "dist");

/** How the stand-in for agentvane ends, and what it leaves behind. */
export type FakeRun = {
  readonly code?: number;
  readonly out?: string;
  readonly err?: string;
  /** Written where `--out` says. */
  readonly plan?: string;
  /** Written where `--report` says. */
  readonly report?: string;
  /** Waits for a signal, tells of it and ends with this code. */
  readonly codeAfterSignal?: number;
};

export type JobEnd = {
  readonly code: number | null;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** What the command was called with. */
  readonly called:
    | {
        readonly args: readonly string[];
        readonly folder: string;
        readonly env: Readonly<Record<string, string>>;
      }
    | undefined;
};

export type JobStage = {
  readonly folder: string;
  /** Starts the built script as a job on GitHub would, and gives the process as well. */
  start(options: {
    readonly inputs?: Readonly<Record<string, string>>;
    readonly env?: Readonly<Record<string, string | undefined>>;
    readonly event?: object;
    /** A stand-in for agentvane; without one the real command runs. */
    readonly fake?: FakeRun;
    /** Through the shell script of action.yml, as a path that is its input `version`. */
    readonly throughAction?: boolean;
  }): { readonly child: ChildProcess; readonly end: Promise<JobEnd> };
  close(): void;
};

/** The stand-in: says, writes and ends as it is told. */
const fakeCommand = `
const { writeFileSync } = require("node:fs");
const { code = 0, out = "", err = "", plan, report, codeAfterSignal } = JSON.parse(process.env.FAKE);
const args = process.argv.slice(2);
writeFileSync(process.env.FAKE_CALLED, JSON.stringify({ args, folder: process.cwd(), env: process.env }));
const file = (name) => args.find((each) => each.startsWith(name + "="))?.slice(name.length + 1);
if (plan !== undefined) writeFileSync(file("--out"), plan);
if (report !== undefined && file("--report") !== undefined) writeFileSync(file("--report"), report);
process.stderr.write(err);
process.stdout.write(out);
process.exitCode = code;
if (codeAfterSignal !== undefined) {
  const timer = setInterval(() => {}, 1000);
  process.on("SIGINT", () => {
    process.stdout.write("reverted\\n");
    process.exitCode = codeAfterSignal;
    clearInterval(timer);
  });
  process.stderr.write("waiting for a signal\\n");
}
`;

/** A folder for jobs, with the script beside a stand-in for agentvane. */
export function setJobStage(): JobStage {
  const folder = mkdtempSync(path.join(tmpdir(), "agentvane-ci-"));
  const beside = path.join(folder, "package", "dist");
  mkdirSync(beside, { recursive: true });
  writeFileSync(path.join(folder, "package", "package.json"), '{"type":"module"}');
  copyFileSync(path.join(dist, "ci.js"), path.join(beside, "ci.js"));
  writeFileSync(path.join(beside, "agentvane.cjs"), fakeCommand);
  let jobs = 0;
  return {
    folder,
    start: ({ inputs = {}, env = {}, event = {}, fake, throughAction = false }) => {
      jobs += 1;
      const file = (name: string) => path.join(folder, `${name}-${jobs}`);
      writeFileSync(file("event"), JSON.stringify(event));
      writeFileSync(file("script"), actionScript());
      const script = path.join(fake === undefined ? dist : beside, "ci.js");
      const [command, ...args] = throughAction
        ? ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", file("script")]
        : [process.execPath, script];
      const child = spawn(command ?? "", args, {
        cwd: folder,
        env: {
          PATH: process.env.PATH,
          GITHUB_ACTIONS: "true",
          GITHUB_WORKSPACE: folder,
          GITHUB_EVENT_PATH: file("event"),
          GITHUB_OUTPUT: file("outputs"),
          GITHUB_STEP_SUMMARY: file("summary"),
          GITHUB_SERVER_URL: "https://forge.example.test",
          GITHUB_REPOSITORY: "acme/agents",
          GITHUB_RUN_ID: "77",
          GITHUB_ACTION_PATH: root,
          AGENTVANE_CI_VERSION: path.dirname(path.dirname(script)),
          RUNNER_TEMP: folder,
          FAKE: JSON.stringify(fake ?? {}),
          FAKE_CALLED: file("called"),
          ...Object.fromEntries(
            Object.entries(inputs).map(([name, value]) => [`AGENTVANE_CI_${name}`, value]),
          ),
          ...env,
        },
        stdio: ["ignore", "pipe", "pipe"],
      });
      const end = untilEnd(child).then(({ code, out, err }) => ({
        code,
        // The runner reads both streams, in no order.
        log: `${err}\n${out}`,
        outputs: readOutputs(read(file("outputs")) ?? ""),
        summary: read(file("summary")) ?? "",
        called: JSON.parse(read(file("called")) ?? "null") ?? undefined,
      }));
      return { child, end };
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function actionScript(): string {
  const { runs } = parse(readFileSync(path.join(root, "action.yml"), "utf8"));
  return runs.steps[0].run;
}

function read(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
