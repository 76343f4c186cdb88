// Everything that reads the code without running it: types, formatter and linter, dead code, generated files.
import { spawnSync } from "node:child_process";

const checks = [
  ["generated files are up to date", "node", "scripts/generate.mjs", "--check"],
  ["types", "npx", "tsc", "--project", "."],
  ["types of the page, without node", "npx", "tsc", "--project", "src/page"],
  [
    "rooms and their imports",
    "npx",
    "vitest",
    "run",
    "--reporter=dot",
    "test/architecture.test.ts",
  ],
  ["format and lint", "npx", "biome", "ci", "--colors=off", "--error-on-warnings", "."],
  ["dead code and unused dependencies", "npx", "knip", "--no-progress"],
  ["the lockfile names no download host", "node", "scripts/check-lockfile.mjs"],
];

let failed = 0;
for (const [name, command, ...args] of checks) {
  const { status } = spawnSync(command, args, { stdio: "inherit" });
  console.log(`${status === 0 ? "ok  " : "FAIL"}  ${name}`);
  if (status !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
