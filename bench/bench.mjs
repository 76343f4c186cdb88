// Measures the built command: start-up against bare node, and fleets against the floor of the same requests
// and against the script a user would write. All numbers are ratios of medians taken in turn in one run,
// because machines drift. Usage: npm run bench [-- --quick]
import { fork, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const here = path.join(root, "bench");
const command = path.join(root, "dist", "agentvane.cjs");
const work = mkdtempSync(path.join(tmpdir(), "agentvane-bench-"));
const isQuick = process.argv.includes("--quick");
const concurrency = 8;

const server = await startServer();
try {
  await measureStartUp();
  for (const latency of isQuick ? [0] : [0, 20]) {
    for (const size of isQuick ? [100] : [100, 1000]) await measureFleet(size, latency);
  }
} finally {
  server.child.disconnect();
  rmSync(work, { recursive: true, force: true });
}

async function measureStartUp() {
  const folder = writeFleet(10, 0);
  const { url } = await server.ask({ kind: "start", latency: 0 });
  const cases = {
    "node -e 0": [["-e", "0"]],
    "--version": [[command, "--version"]],
    "validate, 10 agents": [[command, "validate", "-q"]],
    "plan, 10 agents": [[command, "plan", "-q"]],
  };
  const times = Object.fromEntries(Object.keys(cases).map((name) => [name, []]));
  for (let round = 0; round < (isQuick ? 7 : 21); round += 1) {
    for (const [name, [args]] of Object.entries(cases)) {
      times[name].push((await run(args, { folder, url })).wall);
    }
  }
  const bare = median(times["node -e 0"]);
  const rows = Object.entries(times).map(([name, each]) => [
    name,
    `${median(each).toFixed(0)} ms`,
    `${(median(each) / bare).toFixed(2)}x`,
  ]);
  print(["start-up", "median", "over bare node"], rows);
}

async function measureFleet(size, latency) {
  const rounds = isQuick || size > 100 ? 1 : 3;
  const found = {};
  const note = (name, used) => {
    found[name] = [...(found[name] ?? []), used];
    return used;
  };
  for (let round = 0; round < rounds; round += 1) {
    const { url } = await server.ask({ kind: "start", latency });
    const folder = writeFleet(size, 0);
    const ours = (...args) => counted(() => run([command, ...args, "-q"], { folder, url }));
    const floor = ({ requests }, method, target, bytes) =>
      run([path.join(here, "floor.mjs"), url, method, target, requests, concurrency, bytes], {
        folder,
        url,
      });
    const create = note("create", await ours("apply", "--auto-approve"));
    const plan = note("plan", await ours("plan"));
    writeFleet(size, 1, folder);
    const update = note("update", await ours("apply", "--auto-approve"));
    note("floor of create", await floor(create, "POST", "/v1/agents", 600));
    note("floor of plan", await floor(plan, "GET", "/v1/models", 0));
    note("floor of update", await floor(update, "POST", "/v1/agents", 600));

    const fresh = await server.ask({ kind: "start", latency });
    const script = () =>
      counted(() =>
        run([path.join(here, "sdk-script.mjs"), fresh.url, path.join(folder, "fleet.json")], {
          folder,
          url: fresh.url,
        }),
      );
    writeFleet(size, 0, folder);
    note("create by script", await script());
    note("plan by script", await script());
    writeFleet(size, 1, folder);
    note("update by script", await script());
  }
  const rows = Object.entries(found).map(([name, each]) => [
    name,
    each[0].requests ?? "",
    `${(median(each.map(({ wall }) => wall)) / 1000).toFixed(2)} s`,
    `${(median(each.map(({ cpu }) => cpu)) / 1000).toFixed(2)} s`,
    `${median(each.map(({ rss }) => rss)).toFixed(0)} MB`,
    against(name, each, found),
  ]);
  print([`${size} agents, ${latency} ms`, "requests", "wall", "CPU", "memory", "ratio"], rows);
}

/** Ours against the floor, the script against ours. */
function against(name, each, found) {
  const other = name.endsWith("by script") ? name.split(" ")[0] : `floor of ${name}`;
  return found[other] === undefined ? "" : `${over(each, found[other])} ${other}`;
}

function over(each, other) {
  const wall = (series) => median(series.map((used) => used.wall));
  return `${(wall(each) / wall(other)).toFixed(2)}x`;
}

async function counted(act) {
  await server.ask({ kind: "count" });
  const used = await act();
  return { ...used, ...(await server.ask({ kind: "count" })) };
}

function run(args, { folder, url }) {
  const usage = path.join(work, "usage.json");
  const isNode = args[0] === "-e";
  const preload =
    isNode || args.includes("--version") || args[1] === "validate" || folder === undefined;
  const full = preload ? args : ["--import", path.join(here, "usage.mjs"), ...args];
  const env = {
    ...process.env,
    MISTRAL_API_KEY: "bench",
    AGENTVANE_SERVER_URL: url,
    BENCH_USAGE: usage,
  };
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint();
    const child = spawn(process.execPath, full.map(String), {
      cwd: folder,
      env,
      stdio: ["ignore", "ignore", "inherit"],
    });
    child.on("close", (code) => {
      const wall = Number(process.hrtime.bigint() - start) / 1e6;
      if (code !== 0) return reject(new Error(`${args.join(" ")} ended with ${code}`));
      resolve({ wall, ...(preload ? {} : JSON.parse(readFileSync(usage, "utf8"))) });
    });
  });
}

/** A fleet with prompts of about 600 bytes; `edition` changes every prompt by a word. */
function writeFleet(size, edition, folder = mkdtempSync(path.join(work, "fleet-"))) {
  const prompt = (at) =>
    `You are agent ${at}, edition ${edition}. ${"Answer what you are asked. ".repeat(20)}`;
  const numbers = Array.from({ length: size }, (_, at) => at);
  const agents = numbers.map(
    (at) =>
      `  agent-${at}:\n    name: Agent ${at}\n    instructions: ${JSON.stringify(prompt(at))}\n`,
  );
  writeFileSync(
    path.join(folder, "agents.yaml"),
    `version: 1\nproject: bench\ndefaults: { model: m, aliases: [prod] }\nagents:\n${agents.join("")}`,
  );
  const fleet = numbers.map((at) => ({
    model: "m",
    name: `Agent ${at}`,
    instructions: prompt(at),
  }));
  writeFileSync(path.join(folder, "fleet.json"), JSON.stringify(fleet));
  return folder;
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

function median(values) {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function print(head, rows) {
  const lines = [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`);
  console.log(`${lines.join("\n")}\n`);
}
