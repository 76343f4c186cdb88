/*
 * The bundles of the command, and what each loads only when it is used, have copies of these classes: what was thrown is told by
 * its name.
 */

/** A file for a result that must not be written over. */
export class ProtectedFile extends Error {
  readonly what: string;

  constructor(what: string, why: string) {
    super(why);
    this.name = "ProtectedFile";
    this.what = what;
  }
}

/** Something of this machine is in the way; told as it is, without a stack. */
export class MachineError extends Error {
  readonly what: string;

  constructor(what: string, reason: string) {
    super(reason);
    this.name = "MachineError";
    this.what = what;
  }
}

/** Whether a file for a result must not be written over. */
export function isProtectedFile(error: unknown): error is ProtectedFile {
  return error instanceof Error && error.name === "ProtectedFile";
}

/** Whether something of this machine is in the way. */
export function isMachineError(error: unknown): error is MachineError {
  return error instanceof Error && error.name === "MachineError";
}
