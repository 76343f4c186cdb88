import { randomBytes } from "node:crypto";
import { accessSync, closeSync, constants, openSync, rmSync, type Stats } from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import { replaceFile } from "./replace-file.ts";
import type { ResultFile } from "./result-file.ts";

type RegularFile = { readonly path: string; readonly stats: Stats | undefined };

/**
 * Checks that a regular file can be written. A file that cannot be replaced, because of its folder, a mount or a hard
 * link, is overwritten in place.
 */
export function openRegularFile({ path: file, stats }: RegularFile): ResultFile {
  if (stats === undefined) {
    tryFolderOf(file);
    return replacing(file);
  }
  // A read-only file is not replaced, although its folder would allow that.
  accessSync(file, constants.W_OK);
  if (stats.nlink > 1 || !canReplaceIn(file)) return inPlace(file);
  return replacing(file);
}

function replacing(file: string): ResultFile {
  return {
    write: async (text) => {
      try {
        await replaceFile(file, text);
      } catch (error) {
        if (!isMount(error)) throw error;
        await writeInto(file, text);
      }
    },
    close: () => {},
  };
}

function inPlace(file: string): ResultFile {
  return { write: (text) => writeInto(file, text), close: () => {} };
}

async function writeInto(file: string, text: string): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.writeFile(text);
    await handle.truncate(Buffer.byteLength(text));
  } finally {
    await handle.close();
  }
}

/** A file that is a mount point in a container cannot be moved. */
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

/** Makes a file in a folder and removes it: permissions do not show a full disk or a read-only mount. */
function tryFolderOf(file: string): void {
  const trial = path.join(path.dirname(file), `.agentvane-${randomBytes(6).toString("hex")}.tmp`);
  closeSync(openSync(trial, "wx"));
  rmSync(trial, { force: true });
}
