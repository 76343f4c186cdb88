import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startCommand, untilEnd } from "./stage.ts";

const root = path.join(import.meta.dirname, "..", "..");
const examples = readdirSync(path.join(root, "examples")).map((name) => `examples/${name}`);
const env = { CRM_TOKEN: "token-of-the-crm", MISTRAL_API_KEY: "" };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "agentvane-example-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("there are examples", () => {
  expect(examples.length).toBeGreaterThan(1);
});

test.each([["agents.yaml of this repository", "."], ...examples.map((name) => [name, name])])(
  "%s validates, applies without an account, and plans empty afterwards",
  async (_name, source) => {
    for (const name of ["agents.yaml", "prompts", "tools", "agents"]) {
      const from = path.join(root, source ?? "", name);
      if (existsSync(from)) cpSync(from, path.join(folder, name), { recursive: true });
    }
    for (const args of [
      "validate",
      "apply --local --auto-approve",
      "plan --local --detailed-exitcode",
    ]) {
      const { code, out, err } = await untilEnd(startCommand(folder, args, env));
      expect(code, `${args}\n${out}${err}`).toBe(0);
      expect(out + err).not.toContain("token-of-the-crm");
    }
    const shown = await untilEnd(startCommand(folder, "show --local --json", env));
    const { agents } = JSON.parse(shown.out);
    expect(agents.length).toBeGreaterThan(0);
    for (const { aliases, agent } of agents) {
      expect(aliases).toContainEqual(
        expect.objectContaining({ alias: "prod", version: agent.version }),
      );
    }
  },
);
