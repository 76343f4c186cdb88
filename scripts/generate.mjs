// Writes what the tables say into files. With --check it writes nothing and fails when a committed file is not
// what it should be. A new output is one more entry in `outputs`.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { commandsPage } from "./commands-page.mjs";
import { emulatorPage } from "./emulator-page.mjs";
import { exitCodesPage } from "./exit-codes-page.mjs";
import { withPublication } from "./publication.mjs";
import { referencePage } from "./reference-page.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

const { editorSchemas } = await loadSource("src/config/editor-schema.ts");
const { agentTable } = await loadSource("src/agent/agent-table.ts");
const { switches } = await loadSource("src/emulator/behaviour.ts");
const { commandTable } = await loadSource("src/cli/args/command-table.ts");
const help = {
  ...(await loadSource("src/cli/args/help.ts")),
  ...(await loadSource("src/cli/args/flags.ts")),
  ...(await loadSource("src/cli/args/environment-table.ts")),
};
const { exitMeanings } = await loadSource("src/report/exit-meanings.ts");
const { problemsPage } = await loadSource("scripts/problems-page.ts");
const outputs = [
  ...Object.entries(editorSchemas).map(([name, schema]) => ({
    path: `schemas/${name}.schema.json`,
    text: jsonText(schema),
  })),
  { path: "docs/agents-yaml.md", text: referencePage(agentTable) },
  { path: "docs/commands.md", text: commandsPage(commandTable, help, exitMeanings) },
  { path: "docs/emulator.md", text: emulatorPage(switches) },
  { path: "docs/exit-codes.md", text: exitCodesPage(exitMeanings) },
  { path: "docs/problems.md", text: problemsPage() },
  ...["README.md", "docs/getting-started.md", "docs/ci.md"].map((path) => ({
    path,
    text: withPublication(textOf(path)),
  })),
];

if (process.argv.includes("--check")) checkAll();
else writeAll();

function writeAll() {
  for (const { path, text } of outputs) {
    if (textOf(path) === text) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    process.stdout.write(`wrote ${path}\n`);
  }
}

function checkAll() {
  for (const { path, text } of outputs) {
    if (textOf(path) === text) continue;
    process.stderr.write(`${path} is out of date: run node scripts/generate.mjs and commit it\n`);
    process.exitCode = 1;
  }
}

/** The text of a file as it is now, or undefined when there is none. */
function textOf(path) {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

function jsonText(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** The exports of one of this project's TypeScript modules, which must not need a generated file itself. */
async function loadSource(path) {
  const folder = mkdtempSync(join(tmpdir(), "agentvane-generate-"));
  const outfile = join(folder, "module.mjs");
  try {
    await build({
      absWorkingDir: root,
      entryPoints: [path],
      outfile,
      bundle: true,
      format: "esm",
      platform: "node",
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
