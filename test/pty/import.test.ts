import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Stage, setStage } from "../scenarios/stage.ts";
import { openTerminal } from "./terminal.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
  for (const name of ["Billing", "Refunds", "Triage \u001b[31m"]) {
    stage.emulator.control.seedAgent({
      versions: [{ name, model: "m", instructions: "Be kind." }],
    });
  }
});
afterEach(() => stage.close());

const written = () => {
  const file = path.join(stage.folder, "agents.yaml");
  return existsSync(file) ? readFileSync(file, "utf8") : "";
};
const down = "\u001b[B";

describe("import at a terminal offers a list to pick from", () => {
  test("by moving, searching and selecting", async () => {
    const terminal = openTerminal(stage, "import --project acme");
    await terminal.until(/❯ \[ \] /);
    terminal.type("/refund\r");
    await terminal.until(/1 found/);
    terminal.type(" \u001b");
    await terminal.until(/1 of 3 agents selected/);
    terminal.type(`${down}${down} `);
    await terminal.until(/2 of 3 agents selected/);
    terminal.type("\r");
    expect(await terminal.ended, terminal.scrollback()).toEqual({ code: 0, isRestored: true });
    expect(written()).toContain("refunds:");
    expect(written()).toContain("triage-31m:");
    expect(written()).not.toContain("billing:");
    expect(terminal.bytes()).not.toContain("Triage \u001b[31m");
    expect(stage.takeWrites()).toEqual([]);
  });

  test.each([
    ["nothing chosen", "\r"],
    ["Escape", " \u001b"],
    ["the end of input", "\u0004"],
  ])("%s writes nothing", async (_name, keys) => {
    const terminal = openTerminal(stage, "import --project acme");
    await terminal.until(/❯ \[ \] /);
    terminal.type(keys);
    expect((await terminal.ended).isRestored).toBe(true);
    expect(written()).not.toContain("model:");
    expect(stage.takeWrites()).toEqual([]);
  });

  test.each([
    ["yes", "Be kind.", 0],
    ["no", "precious", 3],
  ])("asks about an existing file, after the list: %s", async (answer, text, code) => {
    stage.write("version: 1\nproject: acme\nagents:\n", { "prompts/billing.md": "precious" });
    const terminal = openTerminal(stage, "import");
    await terminal.until(/❯ \[ \] /);
    terminal.type(" \r");
    await terminal.until(/Type yes to overwrite it/);
    terminal.type(`${answer}\n`);
    expect(await terminal.ended, terminal.scrollback()).toEqual({ code, isRestored: true });
    const prompt = readFileSync(path.join(stage.folder, "prompts", "billing.md"), "utf8");
    expect(prompt).toBe(text);
  });

  test("Ctrl-C ends with 130 and writes nothing", async () => {
    const terminal = openTerminal(stage, "import --project acme");
    await terminal.until(/❯ \[ \] /);
    terminal.type(" \u0003");
    expect(await terminal.ended).toEqual({ code: 130, isRestored: true });
    expect(written()).toBe("");
  });

  test("by number on a simple terminal", async () => {
    const terminal = openTerminal(stage, "import --project acme", {
      env: { AGENTVANE_PLAIN: "1" },
    });
    await terminal.until(/Which ones\?/);
    terminal.type("2-3\n");
    expect((await terminal.ended).code, terminal.scrollback()).toBe(0);
    expect(written()).toContain("refunds:");
    expect(terminal.bytes()).not.toMatch(/\u001b\[(\d*A|2K|\?25)/);
  });
});
