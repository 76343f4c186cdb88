import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const bin = path.join(import.meta.dirname, "bin");

/**
 * Variables with a PATH on which npm, gh and jq are the stand-ins of this folder, and nothing reaches the network;
 * `folder` holds them.
 */
export function shims(folder: string): Readonly<Record<string, string>> {
  const place = path.join(folder, "bin");
  mkdirSync(place, { recursive: true });
  for (const name of ["npm", "gh", "jq"]) {
    const script = `#!/bin/sh\nexec "${process.execPath}" "${path.join(bin, `${name}.mjs`)}" "$@"\n`;
    writeFileSync(path.join(place, name), script, { mode: 0o755 });
  }
  writeFileSync(path.join(place, "node"), `#!/bin/sh\nexec "${process.execPath}" "$@"\n`, {
    mode: 0o755,
  });
  writeFileSync(path.join(folder, "npm-calls"), "");
  return {
    PATH: `${place}${path.delimiter}${process.env.PATH}`,
    NPM_CALLS: path.join(folder, "npm-calls"),
    GH_STATE: path.join(folder, "gh-state.json"),
  };
}

/** What was installed, such as `agentvane@0.1.0`. */
export function installed(folder: string): readonly string[] {
  return readFileSync(path.join(folder, "npm-calls"), "utf8").split("\n").filter(Boolean);
}
