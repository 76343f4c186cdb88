import { agentTable } from "../agent/agent-table.ts";
import { type Property, rowsInside } from "../agent/property.ts";
import { lineOf, type SourceRange } from "./source-text.ts";

const longestLine = 500;

const secretNames = namesOfSecrets(agentTable);
const secretMember = new RegExp(`(\\b(?:${secretNames.join("|")})["']?[ \\t]*:[ \\t]*)(.+)$`);

/**
 * The first line of a range for people to read, none when it is too long. What follows the name of a secret is
 * masked in place even where the file cannot be parsed, so that a token written into it is not printed.
 */
export function excerpt(range: SourceRange): { readonly sourceLine?: string } {
  const line = lineOf(range);
  if (line.length > longestLine) return {};
  return { sourceLine: line.replace(secretMember, maskValue) };
}

const onlyTemplate = /^(["']?)\$\{\{[^{}]*\}\}\1\s*(?:[,}\]#].*)?$/;

function maskValue(line: string, name: string, value: string): string {
  return onlyTemplate.test(value) ? line : name + "•".repeat(value.length);
}

function namesOfSecrets(rows: readonly Property[]): readonly string[] {
  const names = rows.flatMap((row) =>
    row.kind.kind === "secret" ? [row.name] : namesOfSecrets(rowsInside(row.kind)),
  );
  return [...new Set(names)];
}
