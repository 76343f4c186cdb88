import { fstatSync, statSync } from "node:fs";
import { devNull } from "node:os";
import { isatty } from "node:tty";

/**
 * Whether a descriptor is a terminal. Node's module that knows brings sockets and streams along, so it
 * is asked only about a device; most jobs have pipes, files, and the device that is empty.
 */
export function isTerminal(descriptor: number): boolean {
  try {
    const found = fstatSync(descriptor);
    if (!found.isCharacterDevice() || found.rdev === statSync(devNull).rdev) return false;
  } catch {
    // Closed, or a system that cannot say.
  }
  return isatty(descriptor);
}
