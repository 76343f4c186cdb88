import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { withPublication } from "../../scripts/publication.mjs";
import { installFrom, installPackage } from "./installed.ts";
import { startRegistry } from "./registry.ts";

const { version } = JSON.parse(
  readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
) as { version: string };
const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

test("once published, the README's command installs it from the registry", async () => {
  const published = withPublication(readme, true);
  expect(published).not.toMatch(/not on the npm registry|not published/);
  const [command] = /^npm install .*$/m.exec(published) ?? [];
  expect(command).toBe("npm install --save-dev agentvane");

  const packed = await installPackage();
  const registry = await startRegistry(packed.tarball, version);
  try {
    const words = command?.split(" ").slice(1) ?? [];
    const installed = await installFrom([...words, "--registry", registry.url]);
    expect((await installed.agentvane("--version")).out).toContain(version);
    expect((await installed.agentvane("init")).code).toBe(0);
  } finally {
    await registry.close();
  }
});

test("until then, the README says how to pack it, and nothing on it needs the registry", () => {
  const today = withPublication(readme, false);
  expect(today).toContain(`npm install --save-dev path/to/agentvane/agentvane-${version}.tgz`);
  expect(today).not.toMatch(/npm install --save-dev agentvane$|uses: agentvane\/agentvane@/m);
});

test("the pages hold the text of one of the two", () => {
  expect([withPublication(readme, true), withPublication(readme, false)]).toContain(readme);
  expect(withPublication(readme, true)).not.toBe(withPublication(readme, false));
});
