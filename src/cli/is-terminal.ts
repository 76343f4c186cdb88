import { fstatSync, statSync } from "node:fs";
import { devNull } from "node:os";
import { isatty } from "node:tty";

/**
 * Whether a descriptor is a terminal. Node's module for that loads sockets and streams, so it is asked only about
 * devices; most jobs have pipes, files and /dev/null.
 */
export function isTerminal(descriptor: number): boolean {
  try {
    const found = fstatSync(descriptor);
    if (!found.isCharacterDevice() || found.rdev === statSync(devNull).rdev) return false;
  } catch {
    // The descriptor is closed, or the system cannot tell.
  }
  return isatty(descriptor);
}
