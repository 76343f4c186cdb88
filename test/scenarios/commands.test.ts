import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { commandTable } from "../../src/cli/args/command-table.ts";
import { acme, type Stage, setStage, startCommand, untilEnd } from "./stage.ts";

const root = path.join(import.meta.dirname, "..", "..");

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

describe("help and version", () => {
  test("the version is the package's", async () => {
    const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
    expect(await stage.run("--version")).toEqual({ code: 0, out: `${version}\n`, err: "" });
  });

  test("--help lists every command, and each command its flags", async () => {
    const overview = await stage.run("--help");
    for (const { name, flags } of commandTable) {
      expect(overview.out).toContain(`  ${name} `);
      const own = await stage.run(`${name} --help`);
      expect(own.code).toBe(0);
      for (const flag of flags) expect(own.out).toContain(`--${flag.name}`);
      for (const same of [`help ${name}`, `--help ${name}`, `${name} -h`]) {
        expect((await stage.run(same)).out).toBe(own.out);
      }
    }
    for (const same of ["help", "-h"]) expect((await stage.run(same)).out).toBe(overview.out);
  });

  test.each(["help paln", "paln --help"])(
    "%s is a misuse that knows what was meant",
    async (args) => {
      const { code, out, err } = await stage.run(args);
      expect({ code, out }).toEqual({ code: 64, out: "" });
      expect(err).toContain('did you mean "plan"?');
    },
  );
});

describe("schema", () => {
  test.each(["agents", "plan", "report", "output"])("%s is the shipped file", async (name) => {
    const { code, out } = await stage.run(`schema ${name}`);
    expect(code).toBe(0);
    expect(out).toBe(readFileSync(path.join(root, "schemas", `${name}.schema.json`), "utf8"));
  });

  test("agents.yaml's is the default, others do not exist", async () => {
    expect(JSON.parse((await stage.run("schema")).out).$id).toContain("agentvane");
    expect((await stage.run("schema world")).code).toBe(64);
  });
});

describe("render and show", () => {
  test("render fills everything in, and shows secrets by name only", async () => {
    const crm = {
      type: "connector",
      connector_id: "crm",
      authorization: { type: "api-key", value: "${{ secrets.T }}" },
    };
    stage.write(acme({ triage: { instructions: { file: "p.md" }, tools: [crm] } }), {
      "p.md": "Hello\n",
    });
    const { code, out, err } = await stage.run("render --format json", { T: "very-secret" });
    expect(code, err).toBe(0);
    expect(JSON.parse(out).agents.triage).toMatchObject({
      instructions: "Hello",
      model: "mistral-small-latest",
    });
    expect(out).toContain("(secret T)");
    expect(out).not.toContain("very-secret");
  });

  test("show tells what is there; an agent that is not is 3, and the others are named", async () => {
    stage.write(acme({ triage: { aliases: ["prod"] } }));
    await stage.run("apply --auto-approve");
    const { out } = await stage.run("show");
    expect(out).toMatch(/triage +0 +0 +prod=0/);
    const missing = await stage.run("show tirage");
    expect(missing.code).toBe(3);
    expect(missing.err).toContain("triage");
  });
});

describe("emulate", () => {
  async function serving(args: string) {
    const child = startCommand(stage.folder, `emulate ${args}`, {});
    const url = await new Promise<string>((resolve, reject) => {
      child.on("exit", () => reject(new Error("it ended")));
      child.stdout?.on("data", (text: Buffer) => {
        const found = /http:\S+\d/.exec(text.toString());
        if (found !== null) resolve(found[0]);
      });
    });
    const end = () => {
      child.kill("SIGINT");
      return untilEnd(child);
    };
    return { url, end };
  }

  test("serves other processes, keeps its data, fails on wish, and ends on Ctrl-C", async () => {
    stage.write(acme({ triage: { aliases: ["prod"] } }));
    const fault = JSON.stringify({ method: "POST", status: 503, times: 1 });
    const first = await serving(`--port 0 --data agents.json --fault ${fault}`);
    const server = { AGENTVANE_SERVER_URL: first.url };
    expect((await stage.run("apply --auto-approve --settle 1s", server)).code).toBe(0);
    expect((await first.end()).code).toBe(0);
    const second = await serving("--port 0 --data agents.json");
    expect(
      (await stage.run("plan --detailed-exitcode", { AGENTVANE_SERVER_URL: second.url })).code,
    ).toBe(0);
    await second.end();
  });

  test("a port that is taken, a switch that is none, data that is garbage: a sentence each", async () => {
    const port = new URL(stage.url).port;
    const taken = await stage.run(`emulate --port ${port}`);
    expect(taken.code).toBe(1);
    expect(taken.err).toContain(`--port: Port ${port} of 127.0.0.1 is in use.`);
    expect((await stage.run("emulate --switch patchbase=newest")).err).toContain(
      "Did you mean patch_base?",
    );
    writeFileSync(path.join(stage.folder, "bad.json"), "garbage");
    const garbage = await stage.run("emulate --port 0 --data bad.json");
    expect(garbage.code).toBe(1);
    expect(garbage.err).toContain("bad.json");
    expect(garbage.err).not.toMatch(/^\s+at /m);
  });
});

test("a reader that goes away early is no error", async () => {
  stage.write(
    acme(
      Object.fromEntries(
        Array.from({ length: 200 }, (_, at) => [`k${at}`, { instructions: "x\n".repeat(50) }]),
      ),
    ),
  );
  const line = `"${process.execPath}" "${path.join(root, "dist", "agentvane.cjs")}" plan | head -1; exit \${PIPESTATUS[0]}`;
  const child = spawn("bash", ["-c", line], {
    cwd: stage.folder,
    env: {
      PATH: process.env.PATH,
      MISTRAL_API_KEY: "key-of-the-test",
      AGENTVANE_SERVER_URL: stage.url,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { code, out, err } = await untilEnd(child);
  expect(code, err).toBe(0);
  expect(out).toContain("acme");
  expect(err).toBe("");
});
