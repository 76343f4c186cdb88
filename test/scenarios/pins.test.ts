import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Stage, setStage, startCommand, untilEnd } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const at = (name: string) => path.join(stage.folder, name);
const read = (name = "agents.yaml") => readFileSync(at(name), "utf8");
const isRoot = process.getuid?.() === 0;

const file = (edition: number) => `version: 1
project: acme
defaults: { model: m }
include: [more/*]
agents:
  a:
    aliases:
      # Who looks first.
      - staging # the team
      - prod # everybody
    instructions: "${edition}"
  b:
    instructions: "${edition}"
    aliases:
    - staging
    - prod`;
const markdown = (edition: number) => `---\naliases:\n- prod\n---\n${edition}\n`;
const yaml = (edition: number) =>
  `agents:\r\n  d:\r\n    instructions: "${edition}"\r\n    aliases:\r\n      - prod\r\n`;

/** Two releases, so that there is one to go back to. */
async function twoReleases(): Promise<void> {
  for (const edition of [1, 2]) {
    stage.write(file(edition), { "more/c.md": markdown(edition), "more/d.yaml": yaml(edition) });
    const { code, err } = await stage.run("apply --auto-approve");
    expect(code, err).toBe(0);
  }
  stage.takeWrites();
}

const pinned = file(2)
  .replace(
    "      - staging # the team\n      - prod # everybody",
    "      staging: latest # the team\n      prod: 0 # everybody",
  )
  .replace("\n    - staging\n    - prod", " { staging: latest, prod: 0 }");

/** Does something to the folder while the aliases are moving. */
function whileMoving(act: () => void): void {
  let isDone = false;
  stage.emulator.onRequest(({ method }) => {
    if (method !== "PUT" || isDone) return;
    isDone = true;
    act();
  });
}

describe("rollback --write", () => {
  beforeEach(twoReleases);

  test("changes nothing but the pins, in every file, and the next plan is empty", async () => {
    const { code, err } = await stage.run("rollback prod --auto-approve --write");
    expect(code, err).toBe(0);
    expect(read()).toBe(pinned);
    expect(read("more/c.md")).toBe("---\naliases: { prod: 0 }\n---\n2\n");
    expect(read("more/d.yaml")).toBe(yaml(2).replace("\r\n      - prod", " { prod: 0 }"));
    const plan = await stage.run("plan --detailed-exitcode");
    expect(plan.code, plan.out).toBe(0);
  });

  test("leaves links, second names and permissions as they are", async () => {
    mkdirSync(at("real"));
    renameSync(at("agents.yaml"), at("real/agents.yaml"));
    symlinkSync("real/agents.yaml", at("agents.yaml"));
    chmodSync(at("real/agents.yaml"), 0o640);
    linkSync(at("more/c.md"), at("second.md"));
    expect((await stage.run("rollback prod --auto-approve --write")).code).toBe(0);
    expect(lstatSync(at("agents.yaml")).isSymbolicLink()).toBe(true);
    expect(read("real/agents.yaml")).toBe(pinned);
    expect(lstatSync(at("real/agents.yaml")).mode & 0o777).toBe(0o640);
    expect(read("second.md")).toBe(read("more/c.md"));
  });

  test("keeps what somebody writes into the file meanwhile", async () => {
    whileMoving(() => writeFileSync(at("agents.yaml"), `# A thought.\n${file(2)}`));
    expect((await stage.run("rollback prod --auto-approve --write")).code).toBe(0);
    expect(read()).toBe(`# A thought.\n${pinned}`);
  });

  test("tells what it could not write after the aliases moved, and writes the rest: 6", async () => {
    whileMoving(() => rmSync(at("agents.yaml")));
    const { code, err, out } = await stage.run("rollback prod --auto-approve --write");
    expect(code).toBe(6);
    expect(err).toContain("error[pins_unwritten]");
    expect(out).toContain("prod: 0");
    expect(read("more/c.md")).toContain("prod: 0");
  });

  test("finds a file that it may not write before anything moves, and rolls back all the same", async () => {
    for (const name of ["agents.yaml", "more/c.md", "more/d.yaml"]) chmodSync(at(name), 0o444);
    chmodSync(stage.folder, 0o755);
    chmodSync(at("more"), 0o755);
    const env = { AGENTVANE_SERVER_URL: stage.url };
    const args = "rollback prod --auto-approve --write";
    const how = isRoot ? { uid: 65_534 } : {};
    const { code, err } = await untilEnd(startCommand(stage.folder, args, env, how));
    expect(code, err).toBe(0);
    expect(err).toContain("agents.yaml, more/c.md");
    expect(read()).toBe(file(2));
    expect(stage.takeWrites()).not.toEqual([]);
  });
});

test("promote --write goes the same way", async () => {
  stage.write(file(1).replaceAll("prod", "live"), {
    "more/c.md": "x",
    "more/d.yaml": "agents: {}",
  });
  expect((await stage.run("apply --auto-approve")).code).toBe(0);
  const { code, err } = await stage.run("promote staging blue --auto-approve --write");
  expect(code, err).toBe(0);
  expect(read()).toContain("    aliases: { staging: latest, live: latest, blue: 0 }");
  expect(read()).toContain("      blue: 0\n      staging: latest # the team");
});
