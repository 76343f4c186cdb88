import { type ChildProcess, spawn } from "node:child_process";
import type { GateEnd } from "../apply/event.ts";
import type { RunGate } from "../apply/run.ts";
import type { Mask } from "../mask/mask.ts";
import { maskedLines } from "../mask/masked-lines.ts";

/** How long a gate may take to end before it is killed, in milliseconds. */
const graceMs = 5_000;

/**
 * Runs gates in a shell, in a folder, with the environment of this process. When its time is up or the run is asked to
 * stop, a gate is ended together with all processes that it started.
 */
export function gateRunner(folder: string, stopped: AbortSignal, mask: () => Mask): RunGate {
  return ({ command, timeoutMs, variables }, onLine) =>
    new Promise((resolve) => {
      const child = spawn(command, {
        cwd: folder,
        env: { ...process.env, ...variables },
        shell: true,
        stdio: ["ignore", "pipe", "pipe"],
        // A process group of its own: Ctrl-C reaches only this process, and ending the group ends everything the gate
        // started.
        detached: process.platform !== "win32",
      });
      for (const stream of [child.stdout, child.stderr]) {
        const lines = maskedLines(mask, onLine);
        stream.setEncoding("utf8").on("data", lines.push).on("end", lines.end);
      }
      let cause: GateEnd | undefined;
      const end = (why: GateEnd) => {
        cause ??= why;
        endGroup(child, "SIGTERM");
        setTimeout(() => endGroup(child, "SIGKILL"), graceMs).unref();
      };
      const onStop = () => end({ kind: "stopped" });
      const timer = setTimeout(() => end({ kind: "timed_out", ms: timeoutMs }), timeoutMs);
      stopped.addEventListener("abort", onStop, { once: true });
      if (stopped.aborted) onStop();
      const finish = (how: GateEnd) => {
        clearTimeout(timer);
        stopped.removeEventListener("abort", onStop);
        resolve(cause ?? how);
      };
      child.on("error", ({ message }) => finish({ kind: "broken", reason: message }));
      child.on("close", (status, signal) => finish(endOf(status, signal)));
    });
}

function endOf(status: number | null, signal: NodeJS.Signals | null): GateEnd {
  if (status === null) return { kind: "broken", reason: `ended by ${signal ?? "a signal"}` };
  return status === 0 ? { kind: "passed" } : { kind: "failed", status };
}

function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, signal);
  } catch {
    // The group ended meanwhile.
  }
}
