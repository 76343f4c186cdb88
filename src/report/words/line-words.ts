import type { Line } from "./line.ts";

/** What a line says, without how it looks. Not harmless yet. */
export function lineWords(line: Line): string {
  return line.map((span) => (typeof span === "string" ? span : span.text)).join("");
}
