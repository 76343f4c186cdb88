import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * Gives a run of the tests one temporary folder, in which all others are made, and removes it at the end: what a test
 * leaves behind, or never comes to remove because it fails, goes as well.
 */
export default function setUp(): () => void {
  const { TMPDIR: before } = process.env;
  const folder = mkdtempSync(path.join(tmpdir(), "agentvane-tests-"));
  // Commands that are started as somebody else have to come through it.
  chmodSync(folder, 0o711);
  process.env.TMPDIR = folder;
  return () => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    rmSync(folder, { recursive: true, force: true });
  };
}
