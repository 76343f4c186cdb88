import type { RunEvent } from "../../commands/event.ts";
import { listed } from "../safe/truncate.ts";
import { type Line, styled } from "../words/line.ts";
import { tableLines } from "../words/table-lines.ts";

/** The environments of a project on the server, as a table. */
export function environmentsText({
  project,
  environments,
  unread,
}: Extract<RunEvent, { kind: "environments_read" }>): readonly Line[] {
  const left =
    unread.length === 0
      ? []
      : [[styled("warning", `! skipped, because the key is not set: ${listed(unread)}`)]];
  if (environments.length === 0) return [[`${project} has no agents on this server.`], ...left];
  const rows = environments.map(({ name, agents, release, isEphemeral }) => [
    name === "" ? "(none)" : name,
    String(agents),
    release || "-",
    isEphemeral ? "yes" : "no",
  ]);
  return [...tableLines(["ENVIRONMENT", "AGENTS", "NEWEST RELEASE", "EPHEMERAL"], rows), ...left];
}
