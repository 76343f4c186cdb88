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
export class Unusable extends Error {
  readonly what: string;

  constructor(what: string, reason: string) {
    super(reason);
    this.name = "Unusable";
    this.what = what;
  }
}
