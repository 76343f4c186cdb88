import { accessSync, constants } from "node:fs";
import path from "node:path";
import type { RunEvent } from "../commands/event.ts";
import { neutralJson } from "../report/neutralise.ts";
import { reportDocument } from "../report/report-document.ts";
import { Unusable } from "./unusable.ts";

/**
 * Checks before anything is written remotely that the report can be: one that is found impossible after the
 * fact is worth nothing.
 */
export function checkReportFile(file: string): void {
  try {
    accessSync(path.dirname(path.resolve(file)), constants.W_OK);
  } catch {
    throw new Unusable(`the report ${file}`, "its folder does not exist or cannot be written");
  }
}

/** Writes what happened as JSON, whole or not at all. */
export async function writeReportFile(
  file: string,
  events: readonly RunEvent[],
  masked: (text: string) => string,
): Promise<void> {
  const { default: writeFileAtomic } = await import("write-file-atomic");
  const text = `${neutralJson(reportDocument(events))}\n`;
  await writeFileAtomic(file, masked(text));
}
