import { readFileSync } from "node:fs";
import path from "node:path";

/**
 * Whether this run was started so that it survives its terminal, as `nohup` and `trap '' HUP` do. Node resets all
 * signal handlers at its start, so only traces can be checked: the variable in which a shell names the command, a
 * parent that ignores SIGHUP, and the unreadable input that nohup sets instead of a terminal.
 */
export function isHangupIgnored(): boolean {
  return (
    path.basename(process.env._ ?? "") === "nohup" ||
    hasBit(`/proc/${process.ppid}/status`, /^SigIgn:\s*([0-9a-f]+)/m, 16, 1n) ||
    hasBit("/proc/self/fdinfo/0", /^flags:\s*([0-7]+)/m, 8, 1n)
  );
}

/** Whether a number in a file of /proc has a bit set; false if the file does not exist. */
function hasBit(file: string, pattern: RegExp, base: 8 | 16, bit: bigint): boolean {
  try {
    const digits = pattern.exec(readFileSync(file, "latin1"))?.[1];
    if (digits === undefined) return false;
    return (BigInt(base === 16 ? `0x${digits}` : `0o${digits}`) & bit) !== 0n;
  } catch {
    return false;
  }
}
