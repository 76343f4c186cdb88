/* Each bundle of the command has its own copy of these classes, so errors are recognized by name. */

/** The error for a result file that must not be overwritten. */
export class ProtectedFile extends Error {
  readonly what: string;

  constructor(what: string, why: string) {
    super(why);
    this.name = "ProtectedFile";
    this.what = what;
  }
}

/** A problem of this machine, reported without a stack. */
export class MachineError extends Error {
  readonly what: string;

  constructor(what: string, reason: string) {
    super(reason);
    this.name = "MachineError";
    this.what = what;
  }
}

/** Whether an error is about a result file that must not be overwritten. */
export function isProtectedFile(error: unknown): error is ProtectedFile {
  return error instanceof Error && error.name === "ProtectedFile";
}

/** Whether an error is a problem of this machine. */
export function isMachineError(error: unknown): error is MachineError {
  return error instanceof Error && error.name === "MachineError";
}
