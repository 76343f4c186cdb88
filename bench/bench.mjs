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
const command = path.join(root, "dist", "agentvane.js");
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
  const rounds = isQuick ? 1 : size === 100 ? 5 : 3;
  const found = {
    create: [],
    plan: [],
    update: [],
    "create floor": [],
    "plan floor": [],
    "create by script": [],
  };
  for (let round = 0; round < rounds; round += 1) {
    const { url } = await server.ask({ kind: "start", latency });
    const folder = writeFleet(size, 0);
    found.create.push(
      await counted(() => run([command, "apply", "--auto-approve", "-q"], { folder, url })),
    );
    found.plan.push(await counted(() => run([command, "plan", "-q"], { folder, url })));
    writeFleet(size, 1, folder);
    found.update.push(
      await counted(() => run([command, "apply", "--auto-approve", "-q"], { folder, url })),
    );
    const floor = (method, target, count, bytes) =>
      run([path.join(here, "floor.mjs"), url, method, target, count, concurrency, bytes], {
        folder,
        url,
      });
    const { requests, writes } = found.create.at(-1);
    found["create floor"].push(await floor("POST", "/v1/agents", writes, 600));
    found["plan floor"].push(await floor("GET", "/v1/models", found.plan.at(-1).requests, 0));
    const fresh = await server.ask({ kind: "start", latency });
    found["create by script"].push(
      await run([path.join(here, "sdk-script.mjs"), fresh.url, path.join(folder, "fleet.json")], {
        folder,
        url: fresh.url,
      }),
    );
    if (requests === 0) throw new Error("nothing was requested");
  }
  const rows = Object.entries(found).map(([name, each]) => [
    name,
    each[0].requests ?? "",
    `${(median(each.map(({ wall }) => wall)) / 1000).toFixed(2)} s`,
    `${(median(each.map(({ cpu }) => cpu)) / 1000).toFixed(2)} s`,
    `${median(each.map(({ rss }) => rss)).toFixed(0)} MB`,
    over(
      each,
      found[{ create: "create floor", plan: "plan floor", "create by script": "create" }[name]],
    ),
  ]);
  print([`${size} agents, ${latency} ms`, "requests", "wall", "CPU", "memory", "against"], rows);
}

/** How often the wall time of another series fits in, and what that other one is. */
function over(each, other) {
  if (other === undefined) return "";
  const ratio = median(each.map(({ wall }) => wall)) / median(other.map(({ wall }) => wall));
  return `${ratio.toFixed(2)}x`;
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
