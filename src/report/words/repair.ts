import type { AgentId, Pointer, Version } from "../../agent/identity.ts";

/** A pointer that could not be reverted, and its right version. */
export type StuckPointer = {
  readonly id: AgentId;
  readonly pointer: Pointer;
  readonly to: Version | undefined;
};

/**
 * The command that repairs a pointer by hand, for a POSIX shell; undefined if no command reaches the server. Names from
 * a server are percent-encoded, so none of them can be part of the command. Source of the requests: Mistral API
 * reference, agents (2026-08-13).
 */
export function repairCommand(server: string, stuck: StuckPointer): string | undefined {
  if (!/^https?:\/\//.test(server)) return undefined;
  const base = `${server.replace(/\/+$/, "")}/v1/agents/${encoded(stuck.id)}`;
  const { method, target } = requestOf(stuck);
  return `curl -X ${method} '${quoted(base + target)}' -H "Authorization: Bearer $MISTRAL_API_KEY"`;
}

function requestOf({ pointer, to }: StuckPointer): {
  readonly method: string;
  readonly target: string;
} {
  if (pointer === "@default") return { method: "PATCH", target: `/version?version=${to ?? ""}` };
  const target = `/aliases?alias=${encoded(pointer)}`;
  if (to === undefined) return { method: "DELETE", target };
  return { method: "PUT", target: `${target}&version=${to}` };
}

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
}

/** Inside single quotes only a single quote is special. */
function quoted(text: string): string {
  return text.replaceAll("'", "%27");
}
