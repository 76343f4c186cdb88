import { readFileSync } from "node:fs";
import { commandTable } from "./command-table.ts";

/** Words of this tool look like this, and hardly any other secret does: only then it is worth to read what they are. */
const wordForm = /^(?=[^0-9]*(?:[0-9][^0-9]*){0,2}$)[A-Za-z@$][A-Za-z0-9]*(?:[_.-][A-Za-z0-9]+)*$/;

let words: ReadonlySet<string> | undefined;

/**
 * Whether a text is a word that agentvane itself writes: a command, a flag, a property or a value of the file and of the
 * documents, the code of an error.
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

/** Empty where it is not: a mask that is a little stricter is no reason to fail. */
function shipped(file: string): string {
  try {
    return readFileSync(new URL(`../${file}`, import.meta.url), "utf8");
  } catch {
    return "";
  }
}
