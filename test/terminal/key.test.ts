import type { Key as InkKey } from "ink";
import { expect, test } from "vitest";
import { keysOf } from "../../src/terminal/key.ts";

const none = Object.fromEntries(
  ["upArrow", "downArrow", "leftArrow", "rightArrow", "pageUp", "pageDown", "home", "end"]
    .concat("return", "escape", "tab", "backspace", "delete", "shift", "ctrl", "meta")
    .map((name) => [name, false]),
) as unknown as InkKey;

const told = (input: string, ink: Partial<InkKey> = {}) =>
  keysOf(input, { ...none, ...ink }).map((key) => ("character" in key ? key.character : key.kind));

test.each<[string, string, Partial<InkKey>, readonly string[]]>([
  ["a letter", "y", {}, ["y"]],
  ["a text that was pasted, with its line break", "yes\r", {}, ["y", "e", "s", "enter"]],
  ["with a line feed", "yes\n", {}, ["y", "e", "s", "enter"]],
  ["a character beyond 16 bits", "😀", {}, ["😀"]],
  ["two tabs in one read", "\t\t", {}, ["next", "next"]],
  ["a letter and a tab in one read", "q\t", {}, ["q", "next"]],
  ["two erasing keys in one read", "\b\u007f", {}, ["erase", "erase"]],
  ["an arrow", "", { downArrow: true }, ["down"]],
  ["tab and back", "", { tab: true, shift: true }, ["previous"]],
  ["Ctrl-C", "c", { ctrl: true }, ["interrupt"]],
  ["Ctrl-C within a paste", "ye\u0003", {}, ["y", "e", "interrupt"]],
  ["Ctrl-D", "d", { ctrl: true }, ["end_of_input"]],
  ["other control keys", "x", { ctrl: true }, []],
  ["Alt with a letter", "y", { meta: true }, []],
  ["controls within a paste", "a\u001b\u0007b", {}, ["a", "b"]],
])("%s", (_name, input, ink, keys) => {
  expect(told(input, ink)).toEqual(keys);
});
