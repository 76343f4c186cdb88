import { sanitizedForLogs, sanitizedLine } from "../safe/sanitize.ts";
import { counted } from "../safe/truncate.ts";
import { xmlText } from "../safe/xml-text.ts";

/** Lines in a fence that nothing inside can close. */
export function fenced(language: string, lines: readonly string[]): string {
  const body = lines.map((line) => sanitizedForLogs(sanitizedLine(line)));
  const runs = body.flatMap((line) => line.match(/`+/g) ?? []);
  const fence = "`".repeat(Math.max(3, ...runs.map(({ length }) => length + 1)));
  return [fence + language, ...body, fence].join("\n");
}

/** Markdown that is folded away under a line of HTML. */
export function folded(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

/** The head of a table. A column whose name ends in a colon contains numbers. */
export function tableHead(names: readonly string[]): string {
  const titles = names.map((name) => name.replace(/:$/, ""));
  const marks = names.map((name) => (name.endsWith(":") ? "--:" : "---"));
  return `| ${titles.join(" | ")} |\n|${marks.join("|")}|`;
}

/** A row of a table. A pipe in a cell is escaped, so that it cannot end the cell. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\u{7c}")).join(" | ")} |`;
}

/** A text as inline code in HTML, where backticks have no meaning. */
export function htmlCode(text: string): string {
  return `<code>${xmlText(sanitizedForLogs(sanitizedLine(text)))}</code>`;
}

/** As many of the first lines as fit, and how many follow. */
export function headOf(lines: readonly string[], mostLines: number, mostCharacters: number) {
  let room = mostCharacters;
  const fitting = lines.findIndex((line, at) => {
    room -= line.length + 1;
    return at >= mostLines || room < 0;
  });
  if (fitting < 0) return lines;
  const more = lines.length - fitting;
  return [...lines.slice(0, fitting), `… ${counted(more, "more line")}`];
}
