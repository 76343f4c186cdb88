import { spawn } from "node:child_process";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";
import type { CiWorld } from "../../ci/ci-world.ts";

/** The command that belongs to this script: the build puts both into one folder. */
const command = fileURLToPath(new URL("./agentvane.cjs", import.meta.url));

const passedOn = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs agentvane without a shell. Its stderr is passed on as it arrives, its stdout at the end. A signal to this
 * process is passed on, so that a cancelled job still reverts what it has moved.
 */
export function createRun(told: (text: string) => void): CiWorld["run"] {
  return (args, { folder, variables }) =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [command, ...args], {
        cwd: folder,
        env: { ...variables },
        stdio: ["ignore", "pipe", "pipe"],
      });
      const pass = (signal: NodeJS.Signals) => void child.kill(signal);
      for (const signal of passedOn) process.on(signal, pass);
      let out = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        out += text;
      });
      child.stderr.setEncoding("utf8").on("data", told);
      child.on("error", ({ message }) => resolve({ kind: "not_started", reason: message }));
      child.on("close", (code, signal) => {
        for (const signal of passedOn) process.off(signal, pass);
        resolve({ kind: "ended", code: code ?? codeOf(signal), out });
      });
    });
}

/** The exit code that shells give to a process that a signal ended. */
function codeOf(signal: NodeJS.Signals | null): number {
  return 128 + (signal === null ? 0 : constants.signals[signal]);
}
