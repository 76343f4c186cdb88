import { accessSync, constants } from "node:fs";
import path from "node:path";
import type { RunEvent } from "../commands/event.ts";
import { neutralJson } from "../report/neutralise.ts";
import { reportDocument } from "../report/report-document.ts";
import { Unusable } from "./unusable.ts";

/**
 * Checks before anything else is done that a file can be written: a result that has nowhere to go is found out
 * too late afterwards.
 */
export function checkWritableFolder(what: string, file: string): void {
  try {
    accessSync(path.dirname(path.resolve(file)), constants.W_OK);
  } catch {
    throw new Unusable(`${what} ${file}`, "its folder does not exist or cannot be written");
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

/** Writes a result into a file, whole or not at all. */
export async function writeResultFile(file: string, text: string): Promise<void> {
  const { default: writeFileAtomic } = await import("write-file-atomic");
  await writeFileAtomic(file, text);
}
