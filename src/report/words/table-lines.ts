import { type Line, styled } from "./line.ts";

/** A table in columns, with faint titles. */
export function tableLines(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
): readonly Line[] {
  const widths = titles.map((title, at) =>
    Math.max(title.length, ...rows.map((cells) => cells[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd();
  return [[styled("faint", line(titles))], ...rows.map((cells): Line => [line(cells)])];
}
