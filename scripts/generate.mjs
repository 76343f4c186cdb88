// Writes what the tables say into files. With --check it writes nothing and fails when a committed file is not
// what it should be. A new output is one more entry in `outputs`.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { commandsPage } from "./commands-page.mjs";
import compileSchemas from "./compile-schemas.mjs";
import { emulatorPage } from "./emulator-page.mjs";
import { exitCodesPage } from "./exit-codes-page.mjs";
import { loadSource } from "./load-source.mjs";
import { withPublication } from "./publication.mjs";
import { referencePage } from "./reference-page.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

await compileSchemas();
const { editorSchemas } = await loadSource(root, "src/config/editor-schema.ts");
const { agentTable } = await loadSource(root, "src/agent/agent-table.ts");
const { switches } = await loadSource(root, "src/emulator/behaviour.ts");
const { commandTable } = await loadSource(root, "src/cli/args/command-table.ts");
const help = {
  ...(await loadSource(root, "src/cli/args/help.ts")),
  ...(await loadSource(root, "src/cli/args/flags.ts")),
  ...(await loadSource(root, "src/cli/args/environment-table.ts")),
};
const { exitMeanings } = await loadSource(root, "src/report/exit-meanings.ts");
const { problemsPage } = await loadSource(root, "scripts/problems-page.ts");
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
