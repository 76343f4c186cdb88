import { helpTopic } from "./args/help-topic.ts";
import { enableCompileCache } from "./compile-cache.ts";
import type { Program } from "./programs/program.ts";
import { version } from "./version.ts";
import { writeAtOnce } from "./write-at-once.ts";

/**
 * Runs a command line and gives its exit code, once its output is written or lost. This file imports only what
 * `--version` needs; help is a file of texts, and everything else is one file for each kind of run.
 */
export async function main(args: readonly string[]): Promise<number> {
  const text = await knownText(args);
  if (text === undefined) {
    enableCompileCache();
    return (await programFor(args[0])).run(args);
  }
  const rest = writeAtOnce(text);
  return rest === "" ? 0 : (await import("./programs/all.ts")).program.print(rest);
}

/** Texts that are printed as they are: the version, and the help, which the build made. */
async function knownText(args: readonly string[]): Promise<string | undefined> {
  if (args[0] === "--version" || args[0] === "version") return `${version}\n`;
  const topic = helpTopic(args);
  if (topic === undefined) return undefined;
  const { helpTexts } = await import("./args/help-texts.ts");
  return Object.hasOwn(helpTexts, topic) ? helpTexts[topic] : undefined;
}

/** Node reads and parses every byte of a file that it loads, so the most frequent runs have smaller programs. */
async function programFor(command: string | undefined): Promise<Program> {
  switch (command) {
    case "validate":
      return (await import("./programs/validate.ts")).program;
    case "plan":
      return (await import("./programs/plan.ts")).program;
    default:
      return (await import("./programs/all.ts")).program;
  }
}
