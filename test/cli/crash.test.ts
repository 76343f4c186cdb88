import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";

const root = path.join(import.meta.dirname, "..", "..");
const folder = mkdtempSync(path.join(tmpdir(), "agentvane-crash-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The built command, with something of Node broken before it starts. */
function runBroken(program: string, preload: string, ...args: readonly string[]) {
  const file = path.join(folder, "break.cjs");
  writeFileSync(file, preload);
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--require", file, path.join(root, "dist", program), ...args],
    { cwd: folder, env, encoding: "utf8" },
  );
  return { status, stderr, longest: Math.max(...stderr.split("\n").map(({ length }) => length)) };
}

describe("a bug in agentvane", () => {
  test("that a run meets names the functions it happened in, and no line of the bundle", () => {
    const broken = `const fs = require("node:fs");
      const { readFileSync } = fs;
      fs.readFileSync = (file, ...rest) => {
        if (String(file).endsWith("schema.json")) throw new TypeError("broken");
        return readFileSync(file, ...rest);
      };`;
    const { status, stderr, longest } = runBroken("agentvane.cjs", broken, "schema", "plan");
    expect(stderr).toContain("this is a bug in agentvane: broken");
    expect(stderr).toContain("TypeError: broken");
    expect(stderr).toMatch(/ at (async )?runSession /);
    expect(status).toBe(1);
    expect(longest).toBeLessThan(500);
  });

  test.each(["agentvane.cjs", "ci.js"])(
    "that nothing catches ends %s with 1 and without a line of the bundle or a message",
    (program) => {
      const broken = `const { on } = process;
        process.on = function (name, act) {
          if (name === "uncaughtException") {
            process.nextTick(function later() {
              throw new TypeError("sk-secret");
            });
          }
          return on.call(this, name, act);
        };`;
      const { status, stderr, longest } = runBroken(program, broken, "doctor");
      expect(stderr).toContain("This is a bug in agentvane.");
      expect(stderr).toMatch(/^TypeError$/m);
      expect(stderr).toContain(" at later ");
      expect(stderr).not.toContain("sk-secret");
      expect(status).toBe(1);
      expect(longest).toBeLessThan(500);
    },
  );
});
