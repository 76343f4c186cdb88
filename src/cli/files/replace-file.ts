import { randomBytes } from "node:crypto";
import { rmSync, statSync } from "node:fs";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import path from "node:path";

/**
 * Writes a file completely or not at all: the text is written to a file beside it, synced to disk, and moved into
 * place. Owner and permissions are kept; `mode` is for a new file. It replaces whatever is at the path, also a link, so
 * the caller resolves links.
 */
export async function replaceFile(file: string, text: string, mode = 0o666): Promise<void> {
  const beside = path.join(path.dirname(file), `.agentvane-${randomBytes(6).toString("hex")}.tmp`);
  const removeBeside = () => rmSync(beside, { force: true });
  // A second Ctrl-C ends the process at once; this removes the unfinished file.
  process.once("exit", removeBeside);
  try {
    // Exclusive, so that a link which another process put at this name is never followed.
    const handle = await open(beside, "wx", mode);
    try {
      await keepOwner(handle, file);
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  } finally {
    process.off("exit", removeBeside);
  }
}

async function keepOwner(handle: FileHandle, file: string): Promise<void> {
  const before = statSync(file, { throwIfNoEntry: false });
  if (before === undefined) return;
  const { uid, gid, mode } = before;
  // Only root may change the owner; otherwise the file belongs to this user.
  await handle.chown(uid, gid).catch(() => {});
  await handle.chmod(mode & 0o7777).catch(() => {});
}
