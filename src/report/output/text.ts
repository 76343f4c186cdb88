import type { ProjectOutput } from "../../commands/project-output.ts";
import { type Line, styled } from "../words/line.ts";
import { tableLines } from "../words/table-lines.ts";

/** What an application needs, as a table. */
export function outputText(output: ProjectOutput): readonly Line[] {
  const { alias, agents } = output;
  if (agents.length === 0) return noAgentsLines(output);
  const rows = agents.map(({ key, id, version, aliases }) => [
    key,
    id,
    String(version),
    aliases.map((each) => `${each.alias}=${each.version}`).join(" ") || "-",
  ]);
  return [
    [styled("strong", scopeText(output)), alias === undefined ? "" : `, called as ${alias}`],
    ...tableLines(["KEY", "ID", "VERSION", "ALIASES"], rows),
  ];
}

/** A remark about a project without agents, which most forms print as nothing at all; empty for other projects. */
export function noAgentsLines(output: ProjectOutput): readonly Line[] {
  return output.agents.length > 0 ? [] : [[`${scopeText(output)} has no agents on this server.`]];
}

function scopeText({ project, environment }: ProjectOutput): string {
  return environment === "" ? project : `${project} (${environment})`;
}
