// Measures the built command as whole processes: start-up against bare node and against the least such a tool can do, fleets
// against the floor of the same requests and against the script a user would write, and whether large fleets grow linearly. All
// are medians of pairs taken in turn in one run. Usage: npm run bench [-- --quick] [-- startup|fleets|large ...]
import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { nodeReleases } from "../scripts/node-releases.mjs";
import { asCheckout, writeFleet } from "./fleet.mjs";
import { fleetGoals, largeGoals, startUpGoals, withGoal } from "./goals.mjs";
import { inTurn, middle, over, print, run } from "./processes.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const here = path.join(root, "bench");
const command = path.join(root, "dist", "agentvane.cjs");
const work = mkdtempSync(path.join(tmpdir(), "agentvane-bench-"));
const minimal = path.join(work, "minimal.cjs");
const usage = path.join(work, "usage.json");
const isQuick = process.argv.includes("--quick");
const chosen = process.argv.slice(2).filter((word) => !word.startsWith("-"));
const concurrency = 8;
const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;
const megabytes = (amount) => `${amount.toFixed(0)} MB`;
const times = (ratio) => `${ratio.toFixed(2)}x`;

await bundleMinimal();
const server = await startServer();
const sections = { startup: measureStartUps, fleets: measureFleets, large: measureLarge };
try {
  for (const [name, measure] of Object.entries(sections)) {
    if (chosen.length === 0 || chosen.includes(name)) await measure();
  }
} finally {
  server.child.disconnect();
  rmSync(work, { recursive: true, force: true });
}

/** Extra CA certificates are read by Node at every start, which flatters every ratio: those without count. */
async function measureStartUps() {
  const certificates = process.env.NODE_EXTRA_CA_CERTS;
  delete process.env.NODE_EXTRA_CA_CERTS;
  await measureStartUp(`Node ${process.versions.node}`, process.execPath);
  for (const { release, program } of otherReleases())
    await measureStartUp(`Node ${release}`, program);
  if (certificates === undefined) return;
  process.env.NODE_EXTRA_CA_CERTS = certificates;
  await measureStartUp(`Node ${process.versions.node}, extra CA certificates`, process.execPath);
  delete process.env.NODE_EXTRA_CA_CERTS;
}

function otherReleases() {
  try {
    return nodeReleases();
  } catch (error) {
    console.log(`${error.message}\n`);
    return [];
  }
}

async function measureStartUp(title, node) {
  const folder = writeFleet(path.join(work, "ten"), 10, 0);
  const { url } = await server.ask({ kind: "start", latency: 0 });
  const start = (...args) => runIn(folder, url, args, node);
  const checkout = asCheckout(writeFleet(path.join(work, "checkout"), 10, 0));
  await start(command, "apply", "--auto-approve", "-q");
  const used = await inTurn(isQuick ? 7 : 41, {
    "node -e 0": () => start("-e", "0"),
    "--version": () => start(command, "--version"),
    "--help": () => start(command, "--help"),
    "the least: parse": () => start(minimal, "validate"),
    "validate, 10 agents": () => start(command, "validate", "-q"),
    "the least: parse, ask": () => start(minimal, "plan", url, concurrency),
    "plan, 10 agents": () => start(command, "plan", "-q"),
    "plan, in a checkout": () => runIn(checkout, url, [command, "plan", "-q"], node),
  });
  const bare = used["node -e 0"];
  const [{ builtins: always }] = bare;
  const rows = Object.entries(used).map(([name, series]) => [
    name,
    `${middle(series, "wall").toFixed(0)} ms`,
    times(over(series, bare, "wall")),
    `${middle(series, "cpu").toFixed(0)} ms`,
    withGoal(over(series, bare, "cpu"), startUpGoals[name], times),
    megabytes(middle(series, "rss")),
    `${series[0].files}: ${(series[0].bytes / 1000).toFixed(0)} KB`,
    series[0].builtins - always,
  ]);
  print([title, "wall", "over bare", "CPU", "over bare", "memory", "files", "of Node"], rows);
}

async function measureFleets() {
  for (const latency of isQuick ? [0] : [0, 20]) {
    for (const size of isQuick ? [100] : [100, 1000]) await measureFleet(size, latency);
  }
}

async function measureFleet(size, latency) {
  const rounds = isQuick || size > 100 ? 1 : 5;
  const found = {};
  const note = (name, used) => {
    found[name] = [...(found[name] ?? []), used];
    return used;
  };
  const folder = path.join(work, "fleet");
  for (let round = 0; round < rounds; round += 1) {
    const { url } = await server.ask({ kind: "start", latency });
    const ours = (...args) => counted(() => runIn(folder, url, [command, ...args, "-q"]));
    const floor = ({ requests }) =>
      runIn(folder, url, [
        path.join(here, "floor.mjs"),
        ...[url, "POST", "/v1/agents", requests, concurrency, 600],
      ]);
    writeFleet(folder, size, 0);
    const create = note("create", await ours("apply", "--auto-approve"));
    for (let again = 0; again < (latency === 0 ? 5 : 1); again += 1) {
      note("plan", await ours("plan"));
      note("floor of plan", await runIn(folder, url, [minimal, "plan", url, concurrency]));
    }
    writeFleet(folder, size, 1);
    const update = note("update", await ours("apply", "--auto-approve"));
    note("floor of create", await floor(create));
    note("floor of update", await floor(update));

    const fresh = await server.ask({ kind: "start", latency });
    const script = () =>
      counted(() =>
        runIn(folder, fresh.url, [
          path.join(here, "sdk-script.mjs"),
          ...[fresh.url, path.join(folder, "fleet.json")],
        ]),
      );
    writeFleet(folder, size, 0);
    note("create by script", await script());
    note("plan by script", await script());
    writeFleet(folder, size, 1);
    note("update by script", await script());
  }
  const title = `${size} agents, ${latency} ms`;
  const rows = Object.entries(found).map(([name, series]) => [
    name,
    series[0].requests ?? "",
    seconds(middle(series, "wall")),
    seconds(middle(series, "cpu")),
    megabytes(middle(series, "rss")),
    ...against(name, series, found, fleetGoals[title]?.[name]),
  ]);
  print([title, "requests", "wall", "CPU", "memory", "wall over", "CPU over"], rows);
}

/** Ours against the floor, the script against ours. */
function against(name, series, found, goals = {}) {
  const other = name.endsWith("by script") ? name.split(" ")[0] : `floor of ${name}`;
  const base = found[other];
  if (base === undefined) return ["", ""];
  return [
    `${withGoal(over(series, base, "wall"), goals.wall, times)} ${other}`,
    withGoal(over(series, base, "cpu"), goals.cpu, times),
  ];
}

/** Each at a tenth and at the whole of its size: what is linear takes ten times as long, less what a start takes. */
async function measureLarge() {
  const part = isQuick ? 10 : 1;
  const rows = [
    ...(await measureGrowth("create", 8000 / part, async (folder, url) => [
      folder,
      url,
      ["apply", "--auto-approve"],
    ])),
    ...(await measureGrowth("plan, with aliases", 10_000 / part, async (folder, url) => {
      await runIn(folder, url, [command, "apply", "--auto-approve", "-q"]);
      return [folder, url, ["plan"]];
    })),
    ...(await measureGrowth("validate", 30_000 / part, async (folder, url) => [
      folder,
      url,
      ["validate"],
    ])),
  ];
  print(["large fleets", "agents", "wall", "CPU", "memory", "CPU of a tenth"], rows);
}

async function measureGrowth(name, size, prepare) {
  const measured = [];
  for (const count of [size / 10, size]) {
    const { url } = await server.ask({ kind: "start", latency: 0 });
    // A file may have 10 MiB.
    const folder = writeFleet(path.join(work, `large-${count}`), count, 0, size > 10_000 ? 5 : 20);
    const [, , args] = await prepare(folder, url);
    measured.push(await runIn(folder, url, [command, ...args, "-q"]));
  }
  const [tenth, whole] = measured;
  const { wall, cpu, rss } = whole;
  const goals = isQuick ? {} : largeGoals[name];
  const cells = [withGoal(cpu, goals.cpu, seconds), withGoal(rss, goals.rss, megabytes)];
  return [[name, size, seconds(wall), ...cells, seconds(tenth.cpu)]];
}

async function counted(act) {
  await server.ask({ kind: "count" });
  const used = await act();
  return { ...used, ...(await server.ask({ kind: "count" })) };
}

function runIn(folder, url, args, node) {
  const variables = { MISTRAL_API_KEY: "q7Zt2mVx9KpLw4RbN8sY", AGENTVANE_SERVER_URL: url };
  return run({ node, args, folder, variables, usage });
}

/** As ours is: one file, the library's ES modules in it. */
async function bundleMinimal() {
  await build({
    entryPoints: [path.join(here, "minimal.mjs")],
    outfile: minimal,
    bundle: true,
    minify: true,
    format: "cjs",
    platform: "node",
    alias: { yaml: path.join(root, "node_modules/yaml/browser/dist/index.js") },
  });
}

async function startServer() {
  const bundle = path.join(work, "emulator.mjs");
  await build({
    stdin: {
      contents:
        'export { createEmulator } from "./emulator.ts"; export { listen } from "./listen.ts";',
      resolveDir: path.join(root, "src", "emulator"),
      loader: "ts",
    },
    outfile: bundle,
    bundle: true,
    format: "esm",
    platform: "node",
    banner: {
      js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
    },
  });
  const child = fork(path.join(here, "server.mjs"), [bundle]);
  return {
    child,
    ask: (message) =>
      new Promise((resolve) => {
        child.once("message", resolve);
        child.send(message);
      }),
  };
}
