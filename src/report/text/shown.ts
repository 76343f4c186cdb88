import type { RemoteAgent } from "../../agent/remote-agent.ts";
import { newestVersion } from "../../agent/remote-agent.ts";
import { provesItself, tagsOf } from "../../agent/tags.ts";
import type { ShownAgent } from "../../commands/shown-agent.ts";
import { type Line, styled } from "../words/line.ts";

/** The project's agents on the server as a table, with the facts from their tags below each. */
export function shownText(project: string, environment: string, agents: readonly ShownAgent[]) {
  const scope = environment === "" ? project : `${project} (${environment})`;
  if (agents.length === 0) return [[`${scope} has no agents on this server.`]];
  const head = ["KEY", "VERSION", "NEWEST", "ALIASES", "MODEL", "ID"];
  const rows = agents.map(row);
  const widths = head.map((title, at) =>
    Math.max(title.length, ...rows.map((cells) => cells[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd();
  return [
    [styled("faint", line(head))],
    ...agents.flatMap((shown, at): Line[] => [[line(rows[at] ?? [])], ...remarks(shown.agent)]),
  ];
}

function row({ key, agent, aliases }: ShownAgent): readonly string[] {
  const standing = aliases.map(({ alias, version }) => `${alias}=${version}`).sort();
  return [
    key,
    String(agent.version),
    String(newestVersion(agent)),
    standing.join(" ") || "-",
    agent.model,
    agent.id,
  ];
}

function remarks(agent: RemoteAgent): readonly Line[] {
  const tags = tagsOf(agent);
  if (tags === undefined)
    return [[styled("warning", "  without owner tags: bound by id, not written yet")]];
  const outside = provesItself(agent, agent.versions)
    ? []
    : [[styled("warning", "  edited outside: this version was not written by agentvane")]];
  const guarded = tags.protect === "true" ? ", protected" : "";
  return [...outside, [styled("faint", `  written by release ${tags.release || "-"}${guarded}`)]];
}
