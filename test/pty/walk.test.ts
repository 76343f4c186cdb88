import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { acme, type Stage, setStage } from "../scenarios/stage.ts";
import { type Agents, agentNamed, applied, pointers } from "../scenarios/steps.ts";
import { openTerminal } from "./terminal.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const [down, right] = ["\u001b[B", "\u001b[C"];
const prompt = (middle: string) => `Be kind.\nAsk at most ${middle} question.\nNever promise.\n`;
const fleet = (middle: string): Agents => ({
  billing: { instructions: prompt(middle), aliases: ["prod"] },
  triage: { instructions: prompt(middle), aliases: ["prod"] },
});

/** Two agents whose prompts are about to change. */
async function atWork(): Promise<void> {
  await applied(stage, fleet("one"));
  stage.write(acme(fleet("two")));
}

describe("a user at a terminal", () => {
  test("browses the plan, says yes, watches, and keeps all output in the scrollback", async () => {
    await atWork();
    const terminal = openTerminal(stage, "apply");
    await terminal.until(/Type yes to go on/);
    terminal.type(down);
    await terminal.until(/❯ ▸ ~ update billing/);
    terminal.type(down);
    terminal.type(right);
    await terminal.until(/▾ ~ update triage.*\+ Ask at most two question/s);
    terminal.type("yes\r");
    const { code, isRestored } = await terminal.ended;
    expect({ code, isRestored }, terminal.scrollback()).toEqual({ code: 0, isRestored: true });
    const story = terminal.scrollback();
    expect(story).toMatch(
      /acme on http.*~ update billing.*Plan: 0 to create, 2 to update.*Type yes to go on: yes\n.*✓ updated .*✓ moved .*Applied: 2 versions written, 2 aliases moved/s,
    );
    expect(story).not.toMatch(/tab kind|Building|Releasing/);
    expect(pointers(stage)).toEqual({
      billing: { default: 1, prod: 1 },
      triage: { default: 1, prod: 1 },
    });
  });

  test("browses a plan longer than the screen, and quits with q", async () => {
    stage.write(acme(Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`k${at}`, {}]))));
    const terminal = openTerminal(stage, "plan --detailed-exitcode", { rows: 20 });
    const screen = await terminal.until(/\[all 30\]/);
    expect(screen.split("\n").length).toBeLessThan(20);
    terminal.type("/k29");
    await terminal.until(/1 found/);
    terminal.type("\rq");
    expect(await terminal.ended).toEqual({ code: 2, isRestored: true });
    expect(terminal.scrollback()).toContain("Plan: 30 to create");
    expect(terminal.scrollback()).not.toContain("[all 30]");
    expect(stage.takeWrites()).toEqual([]);
  });

  test("gets no list for a plan that fits", async () => {
    await atWork();
    const terminal = openTerminal(stage, "plan", { rows: 60 });
    expect(await terminal.ended).toEqual({ code: 0, isRestored: true });
    expect(terminal.scrollback()).toContain("Plan: 0 to create, 2 to update");
  });

  test("resizes the window while reading without losing output", async () => {
    await atWork();
    const terminal = openTerminal(stage, "apply", { columns: 120, rows: 40 });
    await terminal.until(/Type yes to go on/);
    terminal.type(down + right);
    await terminal.until(/▾ ~ update billing/);
    terminal.resize(50, 9);
    await terminal.until(/❯ ▾ ~ update billing/);
    terminal.resize(100, 30);
    await terminal.until(/❯ ▾ ~ update billing.*< close all/s);
    terminal.type("no\r");
    expect(await terminal.ended).toEqual({ code: 3, isRestored: true });
    expect(terminal.bytes()).not.toContain("\u001b[3J");
    expect(terminal.scrollback()).toContain("acme on http");
    expect(terminal.scrollback()).toContain("cancelled; nothing was written");
  });

  test("gets no colours with NO_COLOR", async () => {
    await atWork();
    const terminal = openTerminal(stage, "apply", { env: { NO_COLOR: "1" } });
    await terminal.until(/Type yes to go on/);
    terminal.type(down + right);
    await terminal.until(/▾ ~ update billing/);
    terminal.type("yes\r");
    expect((await terminal.ended).code).toBe(0);
    expect(terminal.bytes()).not.toMatch(/\u001b\[[\d;]*m/);
  });

  test.each([
    ["a screen reader", { AGENTVANE_PLAIN: "1" }],
    ["a terminal that cannot be drawn on", { TERM: "dumb" }],
  ])("with %s gets plain lines, without redrawing", async (_name, env) => {
    await atWork();
    const terminal = openTerminal(stage, "apply", { env });
    await terminal.until(/Type yes to go on/);
    terminal.type("yes\n");
    expect(await terminal.ended).toEqual({ code: 0, isRestored: true });
    expect(terminal.bytes()).not.toMatch(/\u001b\[(\d*A|2K|\?25)/);
    expect(terminal.scrollback()).toContain("Applied: 2 versions written");
  });
});

describe("an interrupted run", () => {
  test.each([
    ["Ctrl-C", 130, "\u0003"],
    ["SIGTERM", 143, undefined],
  ])(
    "with %s at the question: nothing is written, the terminal is as it was",
    async (by, code, keys) => {
      await atWork();
      stage.takeWrites();
      const terminal = openTerminal(stage, "apply");
      await terminal.until(/Type yes to go on/);
      terminal.type(down);
      await terminal.until(/\[all 3\]/);
      if (keys === undefined) terminal.signal(by as NodeJS.Signals);
      else terminal.type(keys);
      expect(await terminal.ended).toEqual({ code, isRestored: true });
      expect(terminal.scrollback()).toContain("Nothing was written");
      expect(stage.takeWrites()).toEqual([]);
    },
  );

  test("by Ctrl-C during writes: everything is reverted, the terminal restored", async () => {
    await atWork();
    stage.emulator.faults.add({ method: "PATCH", skip: 1, status: 429, retry_after: "5" });
    const terminal = openTerminal(stage, "apply --auto-approve --parallelism 1");
    await terminal.until(/waiting \d\.\d s for the rate limit/);
    terminal.type("\u0003");
    await terminal.until(/Stopping|Reverting/);
    expect(await terminal.ended).toEqual({ code: 130, isRestored: true });
    expect(terminal.scrollback()).toContain("Stopped by SIGINT");
    expect(pointers(stage)).toEqual({
      billing: { default: 0, prod: 0 },
      triage: { default: 0, prod: 0 },
    });
  });
});

test.each([
  ["apply", {}],
  ["apply", { AGENTVANE_PLAIN: "1" }],
  ["destroy", {}],
])("in a CI job with a terminal: %s %j asks nothing and ends with 64", async (args, env) => {
  await atWork();
  stage.takeWrites();
  const terminal = openTerminal(stage, args, { env: { CI: "true", ...env } });
  expect(await terminal.ended).toEqual({ code: 64, isRestored: true });
  expect(terminal.scrollback()).toContain("--auto-approve");
  expect(stage.takeWrites()).toEqual([]);
});

test.each([
  [0, 0],
  [0, 24],
  [80, 0],
])(
  "a terminal that does not know its size (%i columns, %i rows) shows the question",
  async (columns, rows) => {
    await atWork();
    const terminal = openTerminal(stage, "apply", { columns, rows });
    await terminal.until(/Type yes to go on/);
    terminal.type("yes\r");
    expect(await terminal.ended).toEqual({ code: 0, isRestored: true });
  },
);

describe("names in wide letters", () => {
  const name = "顧客対応の一次受付と専門担当者への引き継ぎを行うとても長い名前のエージェント";
  const crowd = Object.fromEntries(
    Array.from({ length: 30 }, (_, at) => [
      `k${at}`,
      { name: `${name}その${at}👩\u200d👩\u200d👧`, description: name, aliases: ["prod"] },
    ]),
  );

  test.each([
    [80, 24],
    [40, 12],
  ])("never break a row, at %i by %i", async (columns, rows) => {
    stage.write(acme(crowd));
    const terminal = openTerminal(stage, "plan", { columns, rows });
    await terminal.until(/\[all 3\d\]/);
    terminal.type(down + down + right);
    const screen = await terminal.until(/❯ ▾ \+ create/);
    const lines = screen.split("\n");
    expect(lines.length).toBeLessThanOrEqual(rows);
    expect(lines.filter((line) => /^\s*…/.test(line))).toEqual([]);
    terminal.type("q");
    expect(await terminal.ended).toEqual({ code: 0, isRestored: true });
    expect(terminal.scrollback().trimEnd().split("\n").slice(-4).join("")).toContain(
      "Plan: 30 to create",
    );
  });
});

test.each([
  ["an empty CI", { CI: "" }],
  ["another variable of build services", { CONTINUOUS_INTEGRATION: "1" }],
])("%s hides no question", async (_name, env) => {
  await atWork();
  const terminal = openTerminal(stage, "apply", { env });
  await terminal.until(/Type yes to go on/);
  terminal.type("no\r");
  expect(await terminal.ended).toEqual({ code: 3, isRestored: true });
});

test("SIGTERM at a simple question ends with 143 and writes nothing", async () => {
  await atWork();
  stage.takeWrites();
  const terminal = openTerminal(stage, "apply", { env: { AGENTVANE_PLAIN: "1" } });
  await terminal.until(/Type yes to go on/);
  terminal.signal("SIGTERM");
  expect(await terminal.ended).toEqual({ code: 143, isRestored: true });
  expect(stage.takeWrites()).toEqual([]);
});

test("a slow read shows a spinner, and removes it", async () => {
  await atWork();
  stage.emulator.faults.add({ method: "GET", path: "pages", effect: "hang" });
  const terminal = openTerminal(stage, "plan");
  await terminal.until(/Reading the server .*answer/);
  terminal.type("\u0003");
  expect(await terminal.ended).toEqual({ code: 130, isRestored: true });
  expect(terminal.scrollback()).not.toContain("Reading");
});

test("a second Ctrl-C exits at once, with the terminal restored", async () => {
  await atWork();
  stage.emulator.faults.add({ method: "PATCH", effect: "hang" });
  const terminal = openTerminal(stage, "apply --auto-approve --parallelism 1");
  await terminal.until(/Building .*updating/s);
  terminal.type("\u0003");
  await terminal.until(/Stopping/);
  terminal.type("\u0003");
  expect(await terminal.ended).toEqual({ code: 130, isRestored: true });
});

test("no control sequence in a prompt reaches the terminal", async () => {
  await applied(stage, { triage: { instructions: "one" } });
  const hostile = "two\u001b]0;owned\u0007\u001b[31m\u202e";
  const { id } = agentNamed(stage, "triage");
  stage.emulator.control.editAgent(id, { instructions: hostile });
  const terminal = openTerminal(stage, "apply", { env: { NO_COLOR: "1" } });
  await terminal.until(/Type yes to go on/);
  terminal.type(down + right);
  await terminal.until(/▾ < reuse triage.*owned/s);
  terminal.type("no\r");
  await terminal.ended;
  expect(terminal.bytes()).not.toMatch(/\u001b\]0|\u001b\[31m|\u202e/);
});
