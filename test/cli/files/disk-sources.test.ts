import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { diskSources } from "../../../src/cli/files/disk-sources.ts";

let home: string;
let folder: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), "agentvane-disk-"));
  folder = path.join(home, "project");
  mkdirSync(path.join(folder, "prompts"), { recursive: true });
  writeFileSync(path.join(home, "outside.md"), "secret");
  writeFileSync(path.join(home, "project-twin"), "secret");
  writeFileSync(path.join(folder, "prompts", "b.md"), "b\r\n");
  writeFileSync(path.join(folder, "prompts", "a.md"), "a");
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const open = () => diskSources(folder, "agents.yaml");
const fault = async (name: string) => {
  const source = (await open()).read(name);
  return source.kind === "fault" ? source.fault : "read";
};

test("text comes as it is", async () => {
  expect((await open()).read("prompts/b.md")).toEqual({ kind: "text", text: "b\r\n" });
});

test("globs give files in order, never links that lead away", async () => {
  writeFileSync(path.join(folder, "agents.yaml"), "include: [x]");
  symlinkSync(home, path.join(folder, "prompts", "link"));
  expect((await open()).match("prompts/**/*.md")).toEqual(["prompts/a.md", "prompts/b.md"]);
});

describe("what is not read", () => {
  test.each([
    ["a file above", "../outside.md", "outside"],
    ["a file above by a detour", "prompts/../../outside.md", "outside"],
    ["a neighbour whose name begins the same", "../project-twin", "outside"],
    ["a missing file", "nowhere.md", "missing"],
    ["a folder", "prompts", "not_a_file"],
    ["an absolute path", path.join(tmpdir(), "x"), "outside"],
  ])("%s", async (_name, file, expected) => {
    expect(await fault(file)).toBe(expected);
  });

  test("a link to the outside, and one inside a linked folder", async () => {
    symlinkSync(path.join(home, "outside.md"), path.join(folder, "link.md"));
    symlinkSync(home, path.join(folder, "up"));
    expect(await fault("link.md")).toBe("outside");
    expect(await fault("up/outside.md")).toBe("outside");
  });

  test("a link that stays inside is fine", async () => {
    symlinkSync(path.join(folder, "prompts", "a.md"), path.join(folder, "link.md"));
    expect(await fault("link.md")).toBe("read");
  });

  test.each([
    ".git/config",
    ".git",
    ".GIT/Config",
    "prompts/../.git/config",
    "module/.git/config",
    ".git./config",
    "GIT~1/config",
    ".env",
    ".ENV",
    ".env.local",
    ".Env.Production",
    "prompts/.env",
    ".env/key",
    ".env::$DATA",
  ])("where credentials are kept: %s", async (name) => {
    expect(await fault(name)).toBe("hides_credentials");
  });

  test("links to where credentials are kept, and names that only look alike", async () => {
    mkdirSync(path.join(folder, ".git"));
    writeFileSync(path.join(folder, ".git", "config"), "[remote]");
    writeFileSync(path.join(folder, ".env"), "KEY=x");
    symlinkSync(path.join(folder, ".git"), path.join(folder, "history"));
    symlinkSync(path.join(folder, ".env"), path.join(folder, "prompts", "c.md"));
    expect(await fault("history/config")).toBe("hides_credentials");
    expect(await fault("prompts/c.md")).toBe("hides_credentials");
    for (const name of [".gitignore", ".github", "x.git", ".envrc", "my.env", "env"]) {
      writeFileSync(path.join(folder, name), "x");
      expect(await fault(name), name).toBe("read");
    }
  });

  test("too much, and what is not UTF-8", async () => {
    writeFileSync(path.join(folder, "big"), Buffer.alloc(10 * 1024 * 1024 + 1, 32));
    writeFileSync(path.join(folder, "full"), Buffer.alloc(10 * 1024 * 1024, 32));
    writeFileSync(path.join(folder, "latin"), Buffer.from([0x66, 0xfc, 0x72]));
    expect(await fault("big")).toBe("too_large");
    expect(await fault("full")).toBe("read");
    expect(await fault("latin")).toBe("not_utf8");
  });
});
