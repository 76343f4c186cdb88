import { mkdirSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Stage, setStage } from "./stage.ts";

// What the scripts do in the shells themselves is tested by `npm run test:programs`.

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const lists = async (args: string) => stage.run(`completion --list ${args}`);

test("the names of agents.yaml and of all files that it includes, without what is needed to use them", async () => {
  stage.write(
    `version: 1
project: acme
include: [agents/*]
defaults: { aliases: [canary] }
environments: { live: { agents: { triage: { aliases: [hotfix] } } } }
agents:
  triage: { aliases: { prod: latest, old: null }, instructions: "\${{ secrets.NOT_SET }}" }
`,
    {
      "agents/billing.md": "---\naliases: [staging, prod]\n---\nBill.",
      "agents/more.yaml": "agents: { refunds: { model: { no: model } } }",
    },
  );
  expect(await lists("keys")).toEqual({ code: 0, out: "billing\nrefunds\ntriage\n", err: "" });
  expect(await lists("aliases")).toEqual({
    code: 0,
    out: "canary\nhotfix\nold\nprod\nstaging\n",
    err: "",
  });
  expect((await lists("environments")).out).toBe("live\n");
});

test("only names, whatever the file says", async () => {
  const keys = ["$(id)", "`id`", "a;b", "a b", "a\nb", "-a", "a\u001b[2J", "", "A", "ok"];
  stage.write({ agents: Object.fromEntries(keys.map((key) => [key, { aliases: keys }])) });
  expect((await lists("keys")).out).toBe("ok\n");
  expect((await lists("aliases")).out).toBe("ok\n");
});

test.each([
  ["a broken file", "-f broken.yaml"],
  ["a missing file", "-f missing.yaml"],
  ["a missing folder", "-f no/where/agents.yaml"],
  ["a folder", "-f folder"],
  ["a bomb", "-f bomb.yaml"],
])("%s has none, and that is no error", async (_name, args) => {
  const bomb = ["a0: &a0 [x]"];
  for (let at = 1; at < 30; at += 1) {
    bomb.push(`a${at}: &a${at} [${Array(9).fill(`*a${at - 1}`)}]`);
  }
  stage.write("version: 1", { "broken.yaml": "agents: {", "bomb.yaml": bomb.join("\n") });
  mkdirSync(path.join(stage.folder, "folder"));
  for (const list of ["keys", "aliases", "environments"]) {
    expect(await lists(`${list} ${args}`)).toEqual({ code: 0, out: "", err: "" });
  }
});

test("nothing is sent anywhere", async () => {
  stage.write("version: 1\nagents: { triage: {} }");
  await lists("keys");
  expect(stage.emulator.requests).toEqual([]);
});

test("each shell has a script; another one is a misuse that names them", async () => {
  for (const shell of ["bash", "zsh", "fish"]) {
    const { code, out, err } = await stage.run(`completion ${shell}`);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain(`agentvane completion ${shell}`);
  }
  const none = await stage.run("completion");
  expect(none.code).toBe(64);
  expect(none.err).toContain("bash, zsh, fish");
  const other = await stage.run("completion tcsh");
  expect(other.code).toBe(64);
  expect(other.err).toContain("tcsh");
});
