import type { ProjectOutput } from "../../commands/project-output.ts";
import { type Line, styled } from "../words/line.ts";
import { tableLines } from "../words/table-lines.ts";

/** What an application needs, as a table. */
export function outputText({
  project,
  environment,
  alias,
  agents,
}: ProjectOutput): readonly Line[] {
  const scope = environment === "" ? project : `${project} (${environment})`;
  if (agents.length === 0) return [[`${scope} has no agents on this server.`]];
  const rows = agents.map(({ key, id, version, aliases }) => [
    key,
    id,
    String(version),
    aliases.map((each) => `${each.alias}=${each.version}`).join(" ") || "-",
  ]);
  return [
    [styled("strong", scope), alias === undefined ? "" : `, called as ${alias}`],
    ...tableLines(["KEY", "ID", "VERSION", "ALIASES"], rows),
  ];
}
