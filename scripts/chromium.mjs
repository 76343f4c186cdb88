// Finds the Chromium in which the HTML report is tested. Run by itself it installs one where there is none, with
// the package manager of Debian and its like.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Its path; throws with what to do where there is none. */
export function chromiumPath() {
  const found = findChromium();
  if (found !== undefined) return found;
  throw new Error(
    "The HTML report is tested in Chromium, and there is none: apt-get install chromium, or name one in CHROMIUM.",
  );
}

/** As root Chromium refuses to run in its own sandbox; whoever is root here is in a container. */
export const chromiumFlags = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

function findChromium() {
  const { CHROMIUM } = process.env;
  return (CHROMIUM ? [CHROMIUM] : places).find((place) => existsSync(place));
}

function install() {
  const prefix = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  for (const args of [
    ["update", "-qq"],
    ["install", "-y", "-qq", "chromium"],
  ]) {
    const [program, ...rest] = [...prefix, "apt-get", ...args];
    const { status, stderr } = spawnSync(program, rest, {
      encoding: "utf8",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      stdio: ["ignore", "ignore", "pipe"],
    });
    if (status !== 0) process.stderr.write(stderr ?? "");
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  if (findChromium() === undefined && !process.env.CHROMIUM) install();
  try {
    chromiumPath();
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
