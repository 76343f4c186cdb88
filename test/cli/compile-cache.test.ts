import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { compileCacheFolder } from "../../src/cli/compile-cache.ts";

const home = mkdtempSync(path.join(tmpdir(), "agentvane-home-"));
mkdirSync(path.join(home, ".cache"), { mode: 0o700 });
const shared = path.join(home, "shared");
mkdirSync(shared);
chmodSync(shared, 0o777);
writeFileSync(path.join(home, "file"), "");
const me = process.getuid?.();
const kept = path.join(home, ".cache", "agentvane", "compiled");

test("compiled code is kept in the user's own cache", () => {
  expect(compileCacheFolder({ HOME: home }, me)).toBe(kept);
  const named = { HOME: "/nowhere", XDG_CACHE_HOME: path.join(home, ".cache") };
  expect(compileCacheFolder(named, me)).toBe(kept);
});

test.each([
  ["of nobody", {}, me],
  ["of somebody else, as under sudo", { HOME: home }, (me ?? 0) + 1],
  ["that is not there", { HOME: path.join(home, "none") }, me],
  ["that is a file", { XDG_CACHE_HOME: path.join(home, "file") }, me],
  ["in which others may write", { XDG_CACHE_HOME: shared }, me],
  ["that depends on where the run is", { XDG_CACHE_HOME: "cache" }, me],
])("not in a folder %s", (_name, variables, user) => {
  expect(compileCacheFolder(variables, user)).toBeUndefined();
});
