import type { ProjectOutput } from "../commands/project-output.ts";
import { type Line, styled } from "./line.ts";

/** What an application needs, as a table. */
export function outputText({
  project,
  environment,
  alias,
  agents,
}: ProjectOutput): readonly Line[] {
  const scope = environment === "" ? project : `${project} (${environment})`;
  if (agents.length === 0) return [[`${scope} has no agents on this server.`]];
  const head = ["KEY", "ID", "VERSION", "ALIASES"];
  const rows = agents.map(({ key, id, version, aliases }) => [
    key,
    id,
    String(version),
    aliases.map((each) => `${each.alias}=${each.version}`).join(" ") || "-",
  ]);
  const widths = head.map((title, at) =>
    Math.max(title.length, ...rows.map((cells) => cells[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd();
  return [
    [styled("strong", scope), alias === undefined ? "" : `, called as ${alias}`],
    [styled("faint", line(head))],
    ...rows.map((cells): Line => [line(cells)]),
  ];
}
