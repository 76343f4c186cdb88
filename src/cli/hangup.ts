import { readFileSync } from "node:fs";
import path from "node:path";

/**
 * Whether this run was started so that it outlives its terminal, as `nohup` and `trap '' HUP` do. Node gives every signal its
 * default again when it starts, so what is left to look at are their traces: the variable in which a shell names
 * the command it started, a parent that ignores SIGHUP, and the input that nobody can read, which nohup puts in place of a terminal.
 */
export function isHangupIgnored(): boolean {
  return (
    path.basename(process.env._ ?? "") === "nohup" ||
    hasBit(`/proc/${process.ppid}/status`, /^SigIgn:\s*([0-9a-f]+)/m, 16, 1n) ||
    hasBit("/proc/self/fdinfo/0", /^flags:\s*([0-7]+)/m, 8, 1n)
  );
}

/** Whether a number in a file of /proc has a bit set; false where there is no such file. */
function hasBit(file: string, pattern: RegExp, base: 8 | 16, bit: bigint): boolean {
  try {
    const digits = pattern.exec(readFileSync(file, "latin1"))?.[1];
    if (digits === undefined) return false;
    return (BigInt(base === 16 ? `0x${digits}` : `0o${digits}`) & bit) !== 0n;
  } catch {
    return false;
  }
}
