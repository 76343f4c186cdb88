import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { CommandSpec } from "../../src/cli/args/command-spec.ts";
import { commandTable } from "../../src/cli/args/command-table.ts";
import { file, only } from "../../src/cli/args/flags.ts";
import { bashCompletion } from "../../src/cli/completion/bash.ts";
import { fishCompletion } from "../../src/cli/completion/fish.ts";
import { zshCompletion } from "../../src/cli/completion/zsh.ts";
import { shellNames, sitDown, type Typist } from "./typing.ts";

const project = `version: 1
project: acme
agents:
  triage: { aliases: [staging] }
  billing: { aliases: { prod: latest } }
environments: { live: {} }
`;
const fleet = "version: 1\nproject: fleet\nagents: { tractor: {} }\n";

let typist: Typist;

describe.each(shellNames)("%s completes", (shell) => {
  beforeAll(() => {
    typist = sitDown(shell);
    typist.write("fleet/agents.yaml", fleet);
    typist.write("fleet/a b.yaml", fleet);
    typist.write("plan.json", "{}");
    return () => typist.leave();
  });
  beforeEach(() => typist.write("agents.yaml", project));

  test.each([
    ["a command", "agentvane val\t", ["validate"]],
    ["a flag", "agentvane plan --det\t", ["plan", "--detailed-exitcode"]],
    ["a choice", "agentvane apply --on-drift ov\t", ["apply", "--on-drift", "overwrite"]],
    ["a choice behind =", "agentvane apply --on-drift=ov\t", ["apply", "--on-drift=overwrite"]],
    ["an argument's choice", "agentvane schema rep\t", ["schema", "report"]],
    ["a command to be helped with", "agentvane help dest\t", ["help", "destroy"]],
    ["a key", "agentvane forget --local tri\t", ["forget", "--local", "triage"]],
    ["aliases", "agentvane promote st\t pr\t", ["promote", "staging", "prod"]],
    ["an environment", "agentvane drift --env li\t", ["drift", "--env", "live"]],
    ["a key after a value", "agentvane show --env x bil\t", ["show", "--env", "x", "billing"]],
    ["no key where there is one", "agentvane show triage bil\t", ["show", "triage", "bil"]],
    ["a key of a flag", "agentvane drift --only tri\t", ["drift", "--only", "triage"]],
    ["a key behind =", "agentvane drift --only=tri\t", ["drift", "--only=triage"]],
    [
      "a key behind a comma",
      "agentvane plan --resend-secrets triage,bil\t",
      ["plan", "--resend-secrets", "triage,billing"],
    ],
    ["a key of -f", "agentvane show -f fleet/agents.yaml tr\t", "tractor"],
    ["a key of --file", "agentvane show --file fleet/agents.yaml tr\t", "tractor"],
    ["a key of --file=", "agentvane show --file=fleet/agents.yaml tr\t", "tractor"],
    ["a key of a file at home", "agentvane show -f ~/fleet/agents.yaml tr\t", "tractor"],
    ["a key of a file with a space", "agentvane show -f fleet/a\\ b.yaml tr\t", "tractor"],
    ["a key of a quoted file", "agentvane show -f 'fleet/a b.yaml' tr\t", "tractor"],
    ["a file", "agentvane apply pla\t", ["apply", "plan.json"]],
    ["a file of a flag", "agentvane plan --file fle\tag\t", "fleet/agents.yaml"],
    [
      "nothing where anything may stand",
      "agentvane plan --timeout pla\t",
      ["plan", "--timeout", "pla"],
    ],
    ["nothing where nothing may stand", "agentvane plan pla\t", ["plan", "pla"]],
  ])("%s", async (_name, line, expected) => {
    const called = await typist.type(line);
    if (typeof expected === "string") expect(called).toContain(expected);
    else expect(called).toEqual(expected);
  });

  test("lists: every command, every flag of one, every key", async () => {
    const commands = await typist.list("agentvane ");
    for (const { name } of commandTable) expect(commands).toContain(name);
    const flags = await typist.list("agentvane apply --");
    for (const { name } of commandTable.find(({ name }) => name === "apply")?.flags ?? []) {
      expect(flags).toContain(name);
    }
    expect(await typist.list("agentvane show ")).toMatch(/billing\s+.*triage/s);
  });

  test.each([
    ["is missing", undefined],
    ["is no YAML", "agents: [\n  triage: {"],
    ["is garbage", "\u0000\u0001"],
    ["is a list", "- triage"],
  ])("nothing, and says nothing, when agents.yaml %s", async (_name, text) => {
    if (text === undefined) rmSync(path.join(typist.folder, "agents.yaml"));
    else typist.write("agents.yaml", text);
    expect(await typist.type("agentvane show tri\t")).toEqual(["show", "tri"]);
    const shown = await typist.list("agentvane show ");
    expect(shown).not.toMatch(/error|problem|cannot|Usage/i);
  });

  test("no key that a shell could take for more than a name", async () => {
    const keys = [
      "$(touch pwned)",
      "`touch pwned`",
      "x;touch pwned",
      "x' ; touch pwned ; '",
      'x"$(touch pwned)"',
      "x\ntouch pwned\n",
      "x$(touch pwned)",
      "-pwned",
      "x\u001b]0;pwned\u0007",
      "x y",
      "xx",
    ];
    const agents = keys.map((key) => `  ${JSON.stringify(key)}: {}`).join("\n");
    typist.write("agents.yaml", `version: 1\nproject: acme\nagents:\n${agents}\n`);
    expect(await typist.list("agentvane show ")).not.toContain("pwned");
    expect(await typist.type("agentvane show x\t")).toEqual(["show", "xx"]);
    expect(await typist.type("agentvane plan --only x\t")).toEqual(["plan", "--only", "xx"]);
    expect(existsSync(path.join(typist.folder, "pwned"))).toBe(false);
  });

  test("a table whose words a shell could misread", async () => {
    const odd = 'it\'s [odd]: $(touch pwned) `touch pwned` \\ "c" %s';
    const command: CommandSpec = {
      name: "odd",
      summary: odd,
      about: "",
      positionals: { shown: "KEY", most: 1 },
      flags: [file, { ...only, doc: odd }],
      product: "output",
      document: "result",
      exits: [0],
      examples: [],
    };
    const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };
    const other = sitDown(shell, scripts[shell]([command]));
    other.write("agents.yaml", project);
    expect(await other.type("agentvane o\t tri\t --on\t bil\t")).toEqual([
      "odd",
      "triage",
      "--only",
      "billing",
    ]);
    await other.list("agentvane ");
    await other.list("agentvane odd --");
    expect(existsSync(path.join(other.folder, "pwned"))).toBe(false);
    await other.leave();
  });
});
