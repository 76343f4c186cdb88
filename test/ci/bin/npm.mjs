// Does nothing for `npm ci`. Stands in for `npm install --prefix FOLDER agentvane@VERSION`: puts the built package of this repository there.
import { appendFileSync, mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    prefix: { type: "string" },
    "ignore-scripts": { type: "boolean" },
    "no-package-lock": { type: "boolean" },
    "no-audit": { type: "boolean" },
    "no-fund": { type: "boolean" },
    loglevel: { type: "string" },
  },
});
const [command, spec, ...others] = positionals;
// What a package.json names is there in these tests.
if (command === "ci" && spec === undefined) process.exit(0);
if (command !== "install" || others.length > 0) throw new Error(`npm: ${positionals.join(" ")}`);
appendFileSync(process.env.NPM_CALLS, `${spec}\n`);
const modules = path.join(values.prefix, "node_modules");
mkdirSync(modules, { recursive: true });
symlinkSync(path.join(import.meta.dirname, "..", "..", ".."), path.join(modules, "agentvane"));
