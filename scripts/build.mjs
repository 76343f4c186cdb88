// Bundles the command into dist/: one small entry and one file for each kind of run, so that a run loads only what
// it uses. Everything in node_modules goes into the bundle; an installed agentvane has no dependencies.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { helpTexts } from "./build-help.mjs";
import { buildPage } from "./build-page.mjs";
import { writeTypes } from "./build-types.mjs";
import { noticesOf } from "./notices.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { version } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));

// The command is CommonJS: Node's loader of ES modules takes 4 ms by itself and 1 ms for each file, and loads more of Node's own
// modules. Each kind of run loads one file that holds all it needs, beside the entry: a file that is shared would be one more for
// every run, and Node parses all of a file that it loads. So the files have copies of the same modules.
const programs = {
  agentvane: "src/cli/agentvane.ts",
  "help-texts": "src/cli/args/help-texts.ts",
  validate: "src/cli/programs/validate.ts",
  plan: "src/cli/programs/plan.ts",
  all: "src/cli/programs/all.ts",
};

/** What few runs load, whatever the program. A dynamic import leads to one of these files or is a mistake. */
const parts = {
  json: "src/report/json/json.ts",
  markdown: "src/report/markdown/markdown.ts",
  "html-report": "src/cli/html-report.ts",
  "graph-svg": "src/report/graph/svg.ts",
  "json-schemas": "src/cli/compile-json-schema.ts",
  "local-emulator": "src/cli/local-emulator.ts",
  emulate: "src/cli/commands/emulate.ts",
  undici: "node_modules/undici/index.js",
  tinyglobby: "node_modules/tinyglobby/dist/index.mjs",
};

// ES modules: what is imported, the script of CI jobs, and the displays, whose libraries cannot be anything else.
const modules = {
  emulator: "src/cli/start-emulator.ts",
  ci: "src/cli/ci/ci.ts",
  "live-terminal": "src/cli/terminal/live-terminal.ts",
};

const places = new Map([
  ...Object.entries({ ...programs, ...parts }).map(([name, source]) => [source, `./${name}.cjs`]),
  ...Object.entries(modules).map(([name, source]) => [source, `./${name}.js`]),
]);
const filesApart = {
  name: "files apart",
  setup: ({ onResolve }) => {
    onResolve({ filter: /^[^/]/ }, ({ kind, path: target, resolveDir, importer }) => {
      const isOurs = importer.startsWith(path.join(root, "src"));
      if (kind !== "dynamic-import" || !isOurs) return undefined;
      const source = target.startsWith(".")
        ? path.relative(root, path.resolve(resolveDir, target)).split(path.sep).join("/")
        : `node_modules/${target}/`;
      const [, place] = [...places].find(([file]) => file.startsWith(source)) ?? [];
      const text = `${target} is imported when it is used, and has no file of its own`;
      return place === undefined ? { errors: [{ text }] } : { path: place, external: true };
    });
  },
};

const settings = {
  absWorkingDir: root,
  outdir: "dist",
  bundle: true,
  // Not identifiers: a report of a crash names functions, and short names save no time that can be measured.
  minifySyntax: true,
  minifyWhitespace: true,
  platform: "node",
  target: "node20.19",
  logLevel: "warning",
  metafile: true,
  define: {
    "process.env.NODE_ENV": '"production"',
    // Ink's link to the developer tools of React, which nobody installs beside a command.
    "process.env.DEV": '"false"',
    AGENTVANE_VERSION: JSON.stringify(version),
  },
  // The libraries' ES modules: what yaml offers to node is CommonJS, which takes 15 ms longer to load.
  alias: {
    yaml: `${root}node_modules/yaml/browser/dist/index.js`,
    ofetch: `${root}scripts/ofetch-alone.mjs`,
    "react-devtools-core": `${root}scripts/no-devtools.mjs`,
    "is-in-ci": `${root}scripts/not-in-ci.mjs`,
  },
  jsx: "automatic",
  mainFields: ["module", "main"],
  plugins: [filesApart],
};

const commonJs = {
  format: "cjs",
  outExtension: { ".js": ".cjs" },
  define: {
    ...settings.define,
    "import.meta.url": "__fileUrl",
    AGENTVANE_PAGE: JSON.stringify(await buildPage()),
    AGENTVANE_HELP: JSON.stringify(await helpTexts(root, settings.define)),
  },
  // A directive counts only where nothing stands before it, and the modules in the bundle are written for strict mode.
  banner: {
    js: '"use strict";const __fileUrl=require("node:url").pathToFileURL(__filename).href;',
  },
};

// Some libraries are CommonJS inside: they ask for node's own modules through require, and for their place.
const esModules = {
  format: "esm",
  banner: {
    js: [
      "import{createRequire as __createRequire}from'node:module';",
      "import{fileURLToPath as __fileURLToPath}from'node:url';",
      "const require=__createRequire(import.meta.url),__filename=__fileURLToPath(import.meta.url);",
    ].join(""),
  },
};

rmSync(`${root}dist`, { recursive: true, force: true });
const results = await Promise.all([
  build({ ...settings, ...commonJs, entryPoints: { ...programs, ...parts } }),
  build({ ...settings, ...esModules, entryPoints: modules }),
  writeTypes(root),
]);

// Scripts that run a clone name the command by this file.
writeFileSync(`${root}dist/agentvane.js`, 'import "./agentvane.cjs";\n');

writeFileSync(
  `${root}dist/THIRD-PARTY-NOTICES.txt`,
  noticesOf(
    root,
    results.flatMap((result) => result?.metafile ?? []),
  ),
);

// Node's modules that not every run uses are loaded when one of their exports is: crypto takes 2 ms, a module of https 3.
const lazily = new Set([
  "child_process",
  "crypto",
  "fs/promises",
  "https",
  "net",
  "os",
  "readline",
  "stream",
  "timers/promises",
  "tty",
]);
const lazy = "const __lazy=(id,it)=>new Proxy({},{get:(_,name)=>(it??=require(id))[name]});";

// CommonJS is loaded by `require`, which does without the loader of ES modules; and most files do not ask for their place.
for (const [source, place] of places) {
  if (!place.endsWith(".cjs")) continue;
  const file = path.join(root, "dist", place);
  const text = readFileSync(file, "utf8").replaceAll(
    /\bimport\("(\.\/[\w-]+\.cjs)"\)/g,
    (_import, target) => `Promise.resolve().then(()=>${required(target)})`,
  );
  const placed = text.includes("__fileUrl", commonJs.banner.js.length)
    ? text
    : text.replace(`${commonJs.banner.js}\n`, "");
  writeFileSync(file, source.startsWith("src/") ? lazilyLoaded(placed) : placed);
}

function lazilyLoaded(text) {
  const found = text.replaceAll(/(?<!\()\brequire\("node:([\w/]+)"\)/g, (call, name) =>
    lazily.has(name) ? `__lazy("node:${name}")` : call,
  );
  const [start] = /^(#!.*\n)?("use strict";)?/.exec(found);
  return found === text ? text : `${start}${lazy}${found.slice(start.length)}`;
}

/** As `import` gives it: a library that is CommonJS itself is its default export. */
function required(target) {
  const call = `require("${target}")`;
  return target === "./undici.cjs" ? `({default:${call}})` : call;
}
