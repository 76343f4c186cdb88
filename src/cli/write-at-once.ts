import { writeSync } from "node:fs";

/**
 * Writes a text to stdout without loading Node's streams, and gives what could not be written: stdout may take no more at
 * once, or nothing any more, as when its reader has gone or a disk is full.
 */
export function writeAtOnce(text: string): string {
  let bytes = Buffer.from(text);
  try {
    while (bytes.length > 0) bytes = bytes.subarray(writeSync(1, bytes));
  } catch {
    return bytes.toString("utf8");
  }
  return "";
}
