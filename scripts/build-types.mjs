// Writes the types of what programs may import into dist/: those of agentvane/emulator from its source, those of
// agentvane/documents from the JSON Schemas, so that neither can say anything else than what they describe.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { compile } from "json-schema-to-typescript";

/** Writes all of them. */
export async function writeTypes(root) {
  const dist = path.join(root, "dist");
  mkdirSync(path.join(dist, "documents"), { recursive: true });
  await Promise.all([
    writeEmulatorTypes(root, dist),
    ...documents.map((name) => writeDocument(root, dist, name)),
  ]);
  const lines = documents.map((name) => {
    const types = typesOf(schemaOf(root, name));
    return `export type { ${types.join(", ")} } from "./documents/${name}.js";`;
  });
  const text = `/** What agentvane prints and writes as JSON; agentvane/schemas has the same as JSON Schemas. */\n${lines.join("\n")}\n`;
  writeFileSync(path.join(dist, "documents.d.ts"), text);
  // There is nothing to run. A program that imports the types by a plain `import` finds a module all the same.
  writeFileSync(path.join(dist, "documents.js"), "export {};\n");
}

const documents = ["plan", "output", "report"];

/** The types that programs import: of a schema with alternatives each of them, so that a new one is not forgotten. */
function typesOf({ title, oneOf }) {
  const names = oneOf?.map(({ $ref }) => $ref.split("/").at(-1)) ?? [title];
  return names.map((name) => {
    const type = capitalised(name);
    return `${type} as ${type.replace(/^Agentvane/, "")}Document`;
  });
}

function capitalised(words) {
  return words.replaceAll(/(?:^|\W+)(\w)/g, (_all, letter) => letter.toUpperCase());
}

function schemaOf(root, name) {
  return JSON.parse(readFileSync(path.join(root, `schemas/${name}.schema.json`), "utf8"));
}

async function writeDocument(root, dist, name) {
  const text = await compile(withUnknowns(schemaOf(root, name)), name, { bannerComment: "" });
  writeFileSync(path.join(dist, `documents/${name}.d.ts`), text);
}

const saysWhatItIs = ["type", "$ref", "anyOf", "oneOf", "allOf", "enum", "const", "tsType"];

/** The library takes what a schema leaves open for an object, and an object without members for an empty one. */
function withUnknowns(node) {
  if (Array.isArray(node)) return node.map(withUnknowns);
  if (typeof node !== "object" || node === null) return node;
  const result = { ...node };
  for (const map of ["properties", "$defs"]) {
    if (node[map] === undefined) continue;
    const members = Object.entries(node[map]).map(([name, each]) => [name, known(each)]);
    result[map] = Object.fromEntries(members);
  }
  for (const one of ["items", "additionalProperties"]) {
    if (typeof node[one] === "object") result[one] = known(node[one]);
  }
  for (const list of ["anyOf", "oneOf", "allOf"]) {
    if (node[list] !== undefined) result[list] = node[list].map(withUnknowns);
  }
  return result;
}

function known(schema) {
  if (!saysWhatItIs.some((word) => Object.hasOwn(schema, word))) {
    return { ...schema, tsType: "unknown" };
  }
  const isOpen =
    schema.type === "object" &&
    schema.properties === undefined &&
    schema.additionalProperties === undefined;
  return isOpen ? { ...schema, tsType: "Record<string, unknown>" } : withUnknowns(schema);
}

/** The declarations of the entry and of what they import, and no others. */
async function writeEmulatorTypes(root, dist) {
  const folder = mkdtempSync(path.join(tmpdir(), "agentvane-types-"));
  try {
    const entry = "cli/start-emulator";
    const project = path.join(folder, "tsconfig.json");
    const compilerOptions = {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: path.join(root, "src"),
      outDir: folder,
      typeRoots: [path.join(root, "node_modules/@types")],
    };
    const files = [path.join(root, `src/${entry}.ts`)];
    const config = {
      extends: path.join(root, "tsconfig.json"),
      compilerOptions,
      files,
      include: [],
    };
    writeFileSync(project, JSON.stringify(config));
    await compiled(root, project);
    copyDeclarations(folder, path.join(dist, "types"), `${entry}.d.ts`, new Set());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  writeFileSync(
    path.join(dist, "emulator.d.ts"),
    'export * from "./types/cli/start-emulator.js";\n',
  );
}

function compiled(root, project) {
  const child = spawn(
    process.execPath,
    [path.join(root, "node_modules/typescript/bin/tsc"), "-p", project],
    {
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) =>
      status === 0 ? resolve() : reject(new Error(`tsc ended with ${status}`)),
    );
  });
}

function copyDeclarations(from, to, name, seen) {
  if (seen.has(name)) return;
  seen.add(name);
  const text = readFileSync(path.join(from, name), "utf8");
  const imports = [...text.matchAll(/from "(\.[^"]+)\.tsx?"/g)].map(([, target]) =>
    path.join(path.dirname(name), `${target}.d.ts`),
  );
  mkdirSync(path.dirname(path.join(to, name)), { recursive: true });
  writeFileSync(path.join(to, name), text.replaceAll(/(from "\.[^"]+)\.tsx?"/g, '$1.js"'));
  for (const each of imports) copyDeclarations(from, to, each, seen);
}
