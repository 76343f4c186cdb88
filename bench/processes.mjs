// Runs whole processes in turn and compares them pair by pair: a machine drifts, and others use it.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

/** One process from its start to its end: wall time in ms, what it used (CPU in ms, memory in MB) and what it loaded. */
export function run({ node = process.execPath, args, folder, variables = {}, usage }) {
  const preload = path.join(import.meta.dirname, "usage.cjs");
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint();
    const child = spawn(node, ["--require", preload, ...args.map(String)], {
      cwd: folder,
      env: { ...process.env, ...variables, BENCH_USAGE: usage },
      stdio: ["ignore", "ignore", "inherit"],
    });
    child.on("close", (code) => {
      const wall = Number(process.hrtime.bigint() - start) / 1e6;
      if (code !== 0) return reject(new Error(`${args.join(" ")} ended with ${code}`));
      resolve({ wall, ...JSON.parse(readFileSync(usage, "utf8")) });
    });
  });
}

/** Runs each case once a round, the order reversed every other round, and gives what each of them used. */
export async function inTurn(rounds, cases) {
  const names = Object.keys(cases);
  const used = Object.fromEntries(names.map((name) => [name, []]));
  for (const name of names) await cases[name]();
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      used[name].push(await cases[name]());
    }
  }
  return used;
}

export function median(values) {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The median of a measure. */
export function middle(series, measure) {
  return median(series.map((each) => each[measure]));
}

/** The median of the ratios of pairs. */
export function over(series, base, measure) {
  return median(series.map((each, at) => each[measure] / (base[at] ?? base[0])[measure]));
}

/** A Markdown table. */
export function print(head, rows) {
  const lines = [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`);
  console.log(`${lines.join("\n")}\n`);
}
