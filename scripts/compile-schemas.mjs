// Compiles the JSON Schemas that are known before a run to code: compiling them takes ajv 100 ms, which no run then
// has to spend. The code is a product of the build, like dist/, and not committed. Tests and checks see to it first.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import standaloneCode from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
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
  });
  await compile({
    path: "src/emulator/generated/schemas.js",
    schemas: { ...requests.requestSchemas, ...conversations.conversationSchemas },
    definitions: {},
  });
}

/** Writes a module that exports a validator for each schema by its name, and what their references refer to. */
async function compile({ path, schemas, definitions }) {
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
  const code = compact(
    standaloneCode(
      ajv,
      Object.fromEntries(entries.map(([name]) => [name, `all#/$defs/schema.${name}`])),
    ),
  );
  const whole = await build({
    stdin: {
      contents: `${code}\nexport const definitions = ${JSON.stringify($defs)};`,
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

/**
 * Every run loads this code, so it leaves out what nobody reads of an error, and adds an error by a call. The code of ajv also copies
 * all errors that there are whenever a part has more of them, which takes minutes for a hundred thousand: here they are added to
 * the list.
 */
function compact(code) {
  const text = String.raw`"(?:[^"\\]|\\.)*"`;
  const replacements = [
    [new RegExp(`schemaPath:${text},`, "g"), ""],
    [new RegExp(`schema:(?:${text}|[-\\w.]+),parentSchema:`, "g"), "parentSchema:"],
    [
      /vErrors === null \? (\w+)\.errors : vErrors\.concat\(\1\.errors\)/g,
      "addErrors(vErrors, $1.errors)",
    ],
    [
      /if\(vErrors === null\)\{\s*vErrors = \[(\w+)\];\s*\}\s*else \{\s*vErrors\.push\(\1\);\s*\}/g,
      "vErrors = addErrors(vErrors, [$1]);",
    ],
  ];
  const result = replacements.reduce((text, [from, to]) => text.replaceAll(from, to), code);
  if (/schemaPath:|[{,]schema:|\.concat\(|vErrors\.push/.test(result)) {
    throw new Error("ajv writes code that is not known here");
  }
  return `${result}
function addErrors(all, more) {
  if (all === null) return more;
  for (const each of more) all.push(each);
  return all;
}`;
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
const recipe = [fileURLToPath(import.meta.url), join(root, "node_modules/ajv/package.json")].map(
  (path) => readFileSync(path, "utf8"),
);

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
