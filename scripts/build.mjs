// Bundles the command into dist/: one small entry and one chunk per command, so that a run loads only what
// it uses. Everything in node_modules goes into the bundle; an installed agentvane has no dependencies.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { buildPage } from "./build-page.mjs";
import { writeTypes } from "./build-types.mjs";
import { noticesOf } from "./notices.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { version } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));

// Some libraries are CommonJS inside: they ask for node's own modules through require, and for their place.
const commonJs = [
  "import{createRequire as __createRequire}from'node:module';",
  "import{fileURLToPath as __fileURLToPath}from'node:url';",
  "const require=__createRequire(import.meta.url),__filename=__fileURLToPath(import.meta.url);",
].join("");

// Loaded by few runs, and bundled for themselves with a copy of all they use: what they would share with the rest
// would be a chunk of its own, one more file for every run.
const islands = {
  "graph-svg": "src/report/graph/svg.ts",
  markdown: "src/report/markdown/markdown.ts",
  "html-report": "src/cli/html-report.ts",
  "live-terminal": "src/cli/terminal/live-terminal.ts",
  // What programs import as agentvane/emulator.
  emulator: "src/cli/start-emulator.ts",
};
const islandsApart = {
  name: "islands apart",
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.{1,2}\// }, ({ kind, path: target, resolveDir }) => {
      if (kind !== "dynamic-import") return undefined;
      const source = path.relative(root, path.resolve(resolveDir, target));
      const island = Object.keys(islands).find((name) => islands[name] === source);
      return island === undefined ? undefined : { path: `./${island}.js`, external: true };
    });
  },
};

const settings = {
  absWorkingDir: root,
  outdir: "dist",
  bundle: true,
  minify: true,
  format: "esm",
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
  banner: { js: commonJs },
};

/** The HTML report's page, which only its island may see: the others would load a file for it. */
const page = { AGENTVANE_PAGE: JSON.stringify(await buildPage()) };

rmSync(`${root}dist`, { recursive: true, force: true });
const [main, apart] = await Promise.all([
  build({
    ...settings,
    entryPoints: { agentvane: "src/cli/agentvane.ts" },
    splitting: true,
    plugins: [islandsApart],
  }),
  build({ ...settings, entryPoints: islands, define: { ...settings.define, ...page } }),
  writeTypes(root),
]);

// The script of CI jobs is a bundle of its own: chunks shared with it would be more files for every run of the
// command. Only the library for proxies, which is big and rarely needed, is the one that is there.
const [proxies] = Object.entries(main.metafile.outputs).find(([, { entryPoint }]) =>
  entryPoint?.startsWith("node_modules/undici/"),
);
const job = await build({
  ...settings,
  entryPoints: { ci: "src/cli/ci/ci.ts" },
  plugins: [
    {
      name: "one undici",
      setup: ({ onResolve }) =>
        onResolve({ filter: /^undici$/ }, () => ({
          path: `./${path.basename(proxies)}`,
          external: true,
        })),
    },
  ],
});

writeFileSync(
  `${root}dist/THIRD-PARTY-NOTICES.txt`,
  noticesOf(
    root,
    [main, apart, job].map(({ metafile }) => metafile),
  ),
);

// Most chunks need none of that, nor the chunk of the bundler's own helpers, which does nothing by itself: each
// file and each createRequire that is left out is a millisecond of every run.
const outputs = Object.entries(
  Object.assign({}, ...[main, apart, job].map(({ metafile }) => metafile.outputs)),
);
const helpers = outputs.filter(([, { inputs }]) => Object.keys(inputs).length === 0);
const bareImports = helpers.map(([file]) => `import"./${path.basename(file)}";`);
for (const [file] of outputs) {
  const text = readFileSync(`${root}${file}`, "utf8");
  const lean = bareImports.reduce((rest, bare) => rest.replace(bare, ""), text);
  const without = lean.replace(`${commonJs}\n`, "");
  writeFileSync(`${root}${file}`, /\brequire\b|__filename/.test(without) ? lean : without);
}
