import path from "node:path";
import type { ConfigResult } from "../../config/config.ts";
import { filesOfGates } from "./gate-files.ts";
import type { ResultFiles } from "./result-files.ts";

/**
 * Keeps what a project consists of from being written over by a result: the files that were read, those that its
 * gates name, and the data of `--local`. Where the configuration is broken, nobody knows which files it names.
 */
export function keepProjectFiles(
  results: ResultFiles,
  { folder, read }: { readonly folder: string; readonly read: () => readonly string[] },
  result: ConfigResult,
): void {
  const gates = result.kind === "invalid" ? [] : filesOfGates(result.config.desired, folder);
  results.protect([...read(), ...gates, path.join(folder, ".agentvane", "local.json")]);
  if (result.kind === "invalid") results.keepForeign();
}
