import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";

const command = path.join(import.meta.dirname, "..", "..", "dist", "agentvane.cjs");
const folder = mkdtempSync(path.join(tmpdir(), "agentvane-gone-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(["validate", "plan --local", "init", "show"])(
  "a folder that was deleted under the shell is named, and is no bug in agentvane: %s",
  (args) => {
    const line = `mkdir gone && cd gone && rmdir ../gone && exec "$0" "$1" ${args}`;
    const { status, stderr } = spawnSync("sh", ["-c", line, process.execPath, command], {
      cwd: folder,
      env: { PATH: process.env.PATH, MISTRAL_API_KEY: "key-of-the-test" },
      encoding: "utf8",
    });
    expect(stderr).toContain("error[machine_error]: the current folder: it does not exist");
    expect(stderr).not.toContain("bug in agentvane");
    expect(status).toBe(1);
  },
);
