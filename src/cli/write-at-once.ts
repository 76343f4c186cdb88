import { writeSync } from "node:fs";

/**
 * Writes a text to stdout without loading Node's streams, and gives the part that could not be written: stdout may be
 * full for the moment, or closed because its reader is gone, or its disk may be full.
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
