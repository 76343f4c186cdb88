import { readFileSync } from "node:fs";
import { commandTable } from "./command-table.ts";

/** The form of agentvane's own words. Few secrets have it, and only for those the words are read from files. */
const wordForm = /^(?=[^0-9]*(?:[0-9][^0-9]*){0,2}$)[A-Za-z@$][A-Za-z0-9]*(?:[_.-][A-Za-z0-9]+)*$/;

let words: ReadonlySet<string> | undefined;

/**
 * Whether a text is a word that agentvane itself writes: a command, a flag, a property or value of the file and of the
 * documents, an error code.
 */
export function isToolWord(text: string): boolean {
  if (text.length > 60 || !wordForm.test(text)) return false;
  words ??= readWords();
  return words.has(text);
}

function readWords(): ReadonlySet<string> {
  const schemas = ["agents", "plan", "report", "output"].map((name) =>
    shipped(`schemas/${name}.schema.json`),
  );
  const codes = shipped("docs/problems.md").matchAll(/^### (\S+)$/gm);
  return new Set([
    ...["true", "false", "null", "agentvane"],
    ...commandTable.flatMap(({ name, flags }) => [name, ...flags.map((flag) => flag.name)]),
    ...schemas.flatMap((text) => [...text.matchAll(/"([^"\s\\]+)"/g)].map(([, word = ""]) => word)),
    ...[...codes].map(([, code = ""]) => code),
  ]);
}

/** Empty if it cannot be read: then masking is only a little stricter. */
function shipped(file: string): string {
  try {
    return readFileSync(new URL(`../${file}`, import.meta.url), "utf8");
  } catch {
    return "";
  }
}
