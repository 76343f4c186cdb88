import type { CommandSpec } from "./command-spec.ts";

/** Flags of other tools that users type here, with their equivalents. */
const foreign: ReadonlyMap<string, readonly string[]> = new Map([
  ["--yes", ["--auto-approve"]],
  ["-y", ["--auto-approve"]],
  ["--force", ["--auto-approve"]],
  ["--json", ["--format json"]],
  ["-o", ["--format", "--out"]],
  ["--output", ["--format", "--out"]],
  ["--verbose", ["--debug"]],
  ["-v", ["--debug"]],
  ["--config", ["--file"]],
  ["-c", ["--file"]],
  ["--environment", ["--env"]],
  ["-e", ["--env"]],
  ["--target", ["--only"]],
]);

/**
 * The equivalent of a flag of another tool that a command does not have; undefined for an unknown flag. `-auto-approve`
 * is a word with one hyphen too few.
 */
export function foreignFlagHint(command: CommandSpec, word: string): string | undefined {
  const has = (flag: string) =>
    command.flags.some(({ name }) => `--${name}` === flag.split(" ")[0]);
  const [typed = "", value] = word.split("=");
  if (/^--dry-?run$/.test(typed)) return dryRunHint(command);
  const whole = `-${typed}`;
  if (/^-[a-z]{2}/.test(typed) && has(whole)) return meant([whole]);
  const names = (foreign.get(typed) ?? []).filter(has);
  return names.length === 0 ? undefined : meant(names.map((name) => withValue(name, value)));
}

function dryRunHint({ name, flags }: CommandSpec): string | undefined {
  if (name === "plan" || name === "drift") return `${name} never writes; leave it out`;
  if (name === "apply") return 'use "agentvane plan", which never writes';
  return flags.some((flag) => flag.name === "auto-approve")
    ? `${name} shows what it would do, and asks before it writes anything`
    : undefined;
}

function withValue(name: string, value: string | undefined): string {
  return value === undefined ? name : `${name} ${value}`;
}

function meant(names: readonly string[]): string {
  return `did you mean ${names.map((name) => `"${name}"`).join(" or ")}?`;
}
