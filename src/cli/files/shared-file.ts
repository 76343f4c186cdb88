import { type BigIntStats, closeSync, fstatSync, openSync, readFileSync, statSync } from "node:fs";
import type { SharedState } from "../../emulator/shared-state.ts";
import { fileLock } from "./file-lock.ts";
import { replaceFile } from "./replace-file.ts";

/** A text in a file that several processes read and replace. */
export type SharedFile = {
  /** Undefined if the file does not exist yet. */
  readonly read: () => string | undefined;
  /** Call it only inside `shared.alone`, which keeps other processes from writing. */
  readonly write: (text: string) => Promise<void>;
  readonly shared: SharedState;
};

/** A file that only its owner may read, with a lock beside it during writes. */
export function openSharedFile(file: string, onWait: () => void): SharedFile {
  const lock = fileLock(`${file}.lock`, onWait);
  let seen = "";
  const read = () => {
    const found = textOf(file);
    seen = found?.state ?? "";
    return found?.text;
  };
  return {
    read,
    write: async (text) => {
      if (!lock.isHeld()) throw new Error(`another run took over ${file}`);
      await replaceFile(file, text, 0o600);
      seen = stateOf(statSync(file, { bigint: true }));
    },
    shared: {
      alone: lock.hold,
      news: () => {
        const now = statSync(file, { bigint: true, throwIfNoEntry: false });
        return now === undefined || stateOf(now) === seen ? undefined : read();
      },
    },
  };
}

/** Text and state through one descriptor: the file is replaced as a whole, so they belong together. */
function textOf(file: string): { readonly text: string; readonly state: string } | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(file, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  try {
    const state = stateOf(fstatSync(descriptor, { bigint: true }));
    return { text: readFileSync(descriptor, "utf8"), state };
  } finally {
    closeSync(descriptor);
  }
}

/** A value that changes whenever the file is replaced. */
function stateOf({ ino, mtimeNs, size }: BigIntStats): string {
  return `${ino} ${mtimeNs} ${size}`;
}
