import path from "node:path";
import type { ConfigResult } from "../../config/config.ts";
import { filesOfGates } from "./gate-files.ts";
import type { ResultFiles } from "./result-files.ts";

/**
 * Keeps results from overwriting the project: the files that were read, the files that its gates name, and the data of
 * `--local`. If the configuration is invalid, its files are not completely known.
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
