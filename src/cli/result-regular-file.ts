import { randomBytes } from "node:crypto";
import { accessSync, closeSync, constants, openSync, rmSync, type Stats } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import path from "node:path";
import { replaceFile } from "./replace-file.ts";
import type { ResultFile } from "./result-file.ts";

type RegularFile = { readonly path: string; readonly stats: Stats | undefined };

/**
 * Proves that a regular file can be written. One that cannot be replaced, because of its folder, a mount or a second
 * name, is written into as it stands.
 */
export async function openRegularFile({ path: file, stats }: RegularFile): Promise<ResultFile> {
  if (stats === undefined) {
    tryFolderOf(file);
    return replacing(file);
  }
  // A read-only file is a wish, although its folder would let us replace it.
  accessSync(file, constants.W_OK);
  if (stats.nlink > 1 || !canReplaceIn(file)) return writingInto(await open(file, "r+"));
  return replacing(file);
}

function replacing(file: string): ResultFile {
  return {
    write: async (text) => {
      try {
        await replaceFile(file, text);
      } catch (error) {
        if (!isMount(error)) throw error;
        await writingInto(await open(file, "r+")).write(text);
      }
    },
    close: () => {},
  };
}

function writingInto(handle: FileHandle): ResultFile {
  return {
    write: async (text) => {
      try {
        await handle.writeFile(text);
        await handle.truncate(Buffer.byteLength(text));
      } finally {
        await handle.close();
      }
    },
    close: () => void handle.close(),
  };
}

/** A file that was mounted into a container by itself cannot be moved away. */
function isMount(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "EBUSY" || code === "EXDEV";
}

function canReplaceIn(file: string): boolean {
  try {
    tryFolderOf(file);
    return true;
  } catch {
    return false;
  }
}

/** Makes a file in a folder and removes it: permissions alone do not tell of a full disk or a read-only mount. */
function tryFolderOf(file: string): void {
  const trial = path.join(path.dirname(file), `.agentvane-${randomBytes(6).toString("hex")}.tmp`);
  closeSync(openSync(trial, "wx"));
  rmSync(trial, { force: true });
}
