import { expect, test } from "vitest";
import { wantsColour } from "../../../src/cli/terminal/colour.ts";

type Env = Readonly<Record<string, string>>;

test.each<[string, Env, boolean, boolean]>([
  ["a terminal", {}, true, true],
  ["a pipe", {}, false, false],
  ["a terminal that knows none", { TERM: "dumb" }, true, false],
  ["NO_COLOR", { NO_COLOR: "1" }, true, false],
  ["an empty NO_COLOR", { NO_COLOR: "" }, true, true],
  ["FORCE_COLOR in a pipe", { FORCE_COLOR: "1" }, false, true],
  ["FORCE_COLOR on a plain terminal", { FORCE_COLOR: "3", TERM: "dumb" }, true, true],
  ["FORCE_COLOR=0 at a terminal", { FORCE_COLOR: "0" }, true, false],
  ["an empty FORCE_COLOR in a pipe", { FORCE_COLOR: "" }, false, false],
  ["CLICOLOR_FORCE in a pipe", { CLICOLOR_FORCE: "1" }, false, true],
  ["CLICOLOR_FORCE=0 in a pipe", { CLICOLOR_FORCE: "0" }, false, false],
  ["CLICOLOR=0 at a terminal", { CLICOLOR: "0" }, true, false],
  ["NO_COLOR against FORCE_COLOR", { NO_COLOR: "1", FORCE_COLOR: "1" }, true, false],
])("%s", (_name, env, isTerminal, expected) => {
  expect(wantsColour(env, isTerminal, false)).toBe(expected);
  expect(wantsColour(env, isTerminal, true)).toBe(false);
});
