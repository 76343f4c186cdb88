// Compiles the JSON Schemas that are known before a run to code: compiling them takes ajv 100 ms, which no run then
// has to spend. The code is a product of the build, like dist/, and not committed. Tests and checks see to it first.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import standaloneCode from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import { compactValidators } from "./compact-validators.mjs";
import { loadSource } from "./load-source.mjs";
import { shareSchemas, withoutProse } from "./share-schemas.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Writes the code where it is not what the schemas say. */
export default async function compileSchemas() {
  const [files, agents, requests, conversations] = await Promise.all([
    loadSource(root, "src/config/file-schema.ts"),
    loadSource(root, "src/config/agent-schema.ts"),
    loadSource(root, "src/emulator/request-schemas.ts"),
    loadSource(root, "src/emulator/conversation-schemas.ts"),
  ]);
  await compile({
    path: "src/config/generated/schemas.js",
    schemas: { file: files.writtenFileSchema, agent: agents.resolvedAgentSchema },
    definitions: agents.agentDefinitions,
    readsParams: (keyword) => keyword === "required" || keyword === "additionalProperties",
  });
  await compile({
    path: "src/emulator/generated/schemas.js",
    schemas: { ...requests.requestSchemas, ...conversations.conversationSchemas },
    definitions: {},
    readsParams: () => true,
  });
}

/** Writes a module that exports a validator for each schema by its name, and what their references refer to. */
async function compile({ path, schemas, definitions, readsParams }) {
  const entries = Object.entries(schemas);
  const { $defs } = shareSchemas(
    withoutProse({
      $defs: {
        ...definitions,
        ...Object.fromEntries(entries.map(([name, schema]) => [`schema.${name}`, schema])),
      },
    }),
  );
  const stamp = `// ${createHash("sha256")
    .update(JSON.stringify([$defs, recipe]))
    .digest("hex")}\n`;
  if (textOf(path)?.startsWith(stamp)) return;
  const ajv = new Ajv({ ...options, schemas: [{ $id: "all", $defs }] });
  const code = standaloneCode(
    ajv,
    Object.fromEntries(entries.map(([name]) => [name, `all#/$defs/schema.${name}`])),
  );
  const whole = await build({
    stdin: {
      contents: compactValidators(withDefinitions(code, $defs), readsParams),
      resolveDir: root,
    },
    bundle: true,
    format: "esm",
    platform: "node",
    minify: true,
    write: false,
  });
  write(path.replace(/js$/, "d.ts"), declarations(Object.keys(schemas)));
  write(path, stamp + whole.outputFiles[0].text);
}

/** The same code where each schema that is a definition refers to it instead of repeating it. */
function withDefinitions(code, $defs) {
  const names = new Map(Object.entries($defs).map(([name, part]) => [JSON.stringify(part), name]));
  const text = code.replaceAll(
    /(?<=const schema\d+ = )\{.*?\}(?=;(?:const|function|export) )/g,
    (schema) => {
      const name = names.get(schema);
      return name === undefined ? schema : `definitions[${JSON.stringify(name)}]`;
    },
  );
  return `export const definitions = ${JSON.stringify($defs)};\n${text}`;
}

function declarations(names) {
  return [
    'import type { CompiledSchema, Definitions } from "../compiled-schema.ts";',
    ...names.map((name) => `export declare const ${name}: CompiledSchema;`),
    "export declare const definitions: Definitions;\n",
  ].join("\n");
}

/**
 * All errors at once, each with the schema that it comes from. A schema is strict about its own spelling;
 * only the members of an object itself count, whatever their names.
 */
const options = {
  allErrors: true,
  discriminator: true,
  inlineRefs: false,
  messages: false,
  ownProperties: true,
  strictRequired: false,
  strictTypes: false,
  verbose: true,
  code: { source: true, esm: true },
};

/** What the code depends on, besides the schemas. */
const recipe = [
  fileURLToPath(import.meta.url),
  join(root, "scripts/compact-validators.mjs"),
  join(root, "node_modules/ajv/package.json"),
].map((path) => readFileSync(path, "utf8"));

/** Other runs may read the file meanwhile: they see the old one or the new one. */
function write(path, text) {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
}

function textOf(path) {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}
