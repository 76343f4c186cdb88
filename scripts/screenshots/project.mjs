import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmulator } from "../../dist/emulator.js";

const root = path.join(import.meta.dirname, "..", "..");
export const command = path.join(root, "dist", "agentvane.cjs");

/**
 * A copy of this repository's agents.yaml with an emulator of its own, applied once; then somebody edits an agent
 * outside, and the files. Of the five aliases that the first apply sets and the next one moves, the seventh hangs.
 */
export async function startProject() {
  const folder = mkdtempSync(path.join(tmpdir(), "agentvane-screenshots-"));
  for (const name of ["agents.yaml", "prompts", "tools"]) {
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  }
  const emulator = await startEmulator({
    faults: [{ method: "PUT", path: "/aliases", skip: 6, effect: "hang" }],
  });
  const env = {
    PATH: process.env.PATH,
    TERM: "xterm-256color",
    AGENTVANE_SERVER_URL: emulator.url,
    MISTRAL_API_KEY: "key-of-the-screenshots",
    CRM_TOKEN: "token-of-the-screenshots",
  };
  const run = (...args) => output(args, { cwd: folder, env });
  await run("apply", "--auto-approve");
  await editOutside(emulator.url);
  edit(folder, "prompts/triage.md", "at most one question", "at most two questions");
  edit(folder, "agents.yaml", "max_tokens: 1500", "max_tokens: 2000");
  return {
    folder,
    env,
    run,
    close: async () => {
      rmSync(folder, { recursive: true, force: true });
      await emulator.close();
    },
  };
}

async function editOutside(url) {
  const headers = { authorization: "Bearer any", "content-type": "application/json" };
  const agents = await (await fetch(`${url}/v1/agents?page_size=100`, { headers })).json();
  const { id } = agents.find(({ name }) => name === "Refund specialist");
  const body = JSON.stringify({ description: "Refunds orders. Ask Kim before you change this." });
  await fetch(`${url}/v1/agents/${id}`, { method: "PATCH", headers, body });
}

function edit(folder, name, before, after) {
  const file = path.join(folder, name);
  const text = readFileSync(file, "utf8");
  if (!text.includes(before)) throw new Error(`${name} has no "${before}"`);
  writeFileSync(file, text.replace(before, after));
}

function output(args, options) {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [command, ...args], options, (error, stdout, stderr) => {
      if (error) reject(new Error(`agentvane ${args.join(" ")}: ${stderr}`));
      else resolve(stdout);
    });
  });
}
