import { spawn } from "node:child_process";
import { cpSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pageOf } from "../docs/page.ts";
import { type Stage, setStage, untilEnd } from "./stage.ts";

const root = path.join(import.meta.dirname, "..", "..");

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  cpSync(path.join(root, "examples/application"), stage.folder, { recursive: true });
  symlinkSync(path.join(root, "node_modules"), file("node_modules"));
  const applied = await stage.run("apply --auto-approve");
  expect(applied.code, applied.err).toBe(0);
  const written = await stage.run("output --alias prod --out agents.ts");
  expect(written.code, written.err).toBe(0);
});
afterAll(() => stage.close());

const file = (name: string) => path.join(stage.folder, name);

/** Runs a program in the folder of the application. */
function run(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const variables = { PATH: process.env.PATH ?? "", MISTRAL_API_KEY: "any", ...env };
  return untilEnd(spawn(command, args, { cwd: stage.folder, env: variables }));
}

function typeCheck() {
  return run(process.execPath, [path.join(root, "node_modules/typescript/bin/tsc"), "-p", "."]);
}

/** A TypeScript program of the folder, bundled with the official SDK and started. */
async function runProgram(name: string, env: Readonly<Record<string, string>> = {}) {
  const bundle = file(`${name}.mjs`);
  await build({
    absWorkingDir: stage.folder,
    entryPoints: [name],
    outfile: bundle,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    logLevel: "silent",
  });
  return run(process.execPath, [bundle], env);
}

const started = () =>
  stage.emulator.requests
    .filter(({ method, path: target }) => method === "POST" && target === "/v1/conversations")
    .map(({ body }) => body);

describe("examples/application", () => {
  test("type-checks with what output wrote, and a key that is not there does not", async () => {
    expect((await typeCheck()).out).toBe("");
    writeFileSync(file("stale.ts"), 'import { agents } from "./agents.ts";\nagents.tirage;\n');
    const stale = await typeCheck();
    writeFileSync(file("stale.ts"), "export {};\n");
    expect(stale.code).not.toBe(0);
    expect(stale.out).toContain("'tirage' does not exist");
  });

  test("asks the agent at the alias, through the official SDK", async () => {
    const { code, out, err } = await runProgram("ask.ts", { MISTRAL_SERVER_URL: stage.url });
    expect(code, err).toBe(0);
    expect(out).toContain("Triage, version 0");
    expect(started().at(-1)).toMatchObject({ agent_version: "prod", store: false });
  });
});

describe("docs/call-your-agents.md", () => {
  const { items } = pageOf("docs/call-your-agents.md");
  const blocks = items.flatMap((item) => (item.kind === "block" ? [item] : []));

  test("its TypeScript runs through the official SDK", async () => {
    const example = blocks.find(({ info }) => info === "ts ask.ts")?.text ?? "";
    expect(example).toContain("MISTRAL_API_KEY");
    const local = example.replace("new Mistral({", `new Mistral({ serverURL: "${stage.url}",`);
    writeFileSync(file("page.ts"), local);
    expect((await typeCheck()).out).toBe("");
    const { code, out, err } = await runProgram("page.ts");
    expect(code, err).toBe(0);
    expect(out).toContain("Triage, version 0");
    expect(started().at(-1)).toMatchObject({ agent_version: "prod" });
  });

  test("its curl runs in a shell with the variables that output wrote", async () => {
    const example = blocks.find(({ text }) => text.includes("curl "))?.text ?? "";
    const [, ...rest] = example.split("\n");
    expect((await stage.run("output --alias prod --out .env.agents")).code).toBe(0);
    const script = rest.join("\n").replace("https://api.mistral.ai", stage.url);
    const { code, out, err } = await run("bash", ["-c", script]);
    expect(code, err).toBe(0);
    expect(JSON.parse(out).outputs[0].content).toContain("Triage, version 0");
  });
});
