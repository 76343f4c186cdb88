import { isObject, parsedJson, sameJson } from "../../agent/json.ts";
import type { ApplicationFormat } from "../../commands/project-output.ts";

/**
 * Whether a file is up to date: a formatter may have changed its form, but not its facts. Gives the expected lines that
 * the file lacks; empty if it is up to date.
 */
export function staleLines(
  format: ApplicationFormat,
  file: string,
  expected: string,
): readonly string[] {
  const holds = format === "json" ? sameDocument(file, expected) : bare(file) === bare(expected);
  if (holds) return [];
  const lines = expected.split("\n").filter((line) => line.trim() !== "");
  const there = new Set(file.split("\n").map(bare));
  const lacking = lines.filter((line) => !there.has(bare(line)));
  return lacking.length > 0 ? lacking : ["nothing is missing, but there is more than that"];
}

/** A text without what formatters and line endings change: spaces, quotes, commas, semicolons. */
function bare(text: string): string {
  return text.replaceAll(/[\s"';,]/g, "");
}

/** The order of members does not matter. */
function sameDocument(file: string, expected: string): boolean {
  const found = parsedJson(file);
  const wanted = parsedJson(expected);
  return isObject(found) && isObject(wanted) && sameJson(found, wanted);
}
