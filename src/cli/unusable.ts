/** Something of this machine is in the way; told as it is, without a stack. */
export class Unusable extends Error {
  readonly what: string;

  constructor(what: string, reason: string) {
    super(reason);
    this.name = "Unusable";
    this.what = what;
  }
}
