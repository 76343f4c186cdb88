import { pathText } from "../../agent/property-path.ts";
import type { Note } from "../../plan/agent-plan.ts";
import { listed } from "../safe/truncate.ts";
import { type Line, styled } from "../words/line.ts";

/** A note about an agent, which is not a change. */
export function noteText(note: Note): Line {
  return [styled("faint", `note: ${sentence(note)}`)];
}

function sentence(note: Note): string {
  switch (note.kind) {
    case "tool_order":
      return "its tools are in another order on the server, which is not a change";
    case "legacy_temperature":
      return "the removed temperature 0.3 was the server's default until August 2025";
    case "unknown_model":
      return `the server lists no model ${note.model}; check the name`;
    case "unlisted_library":
      return `the server lists no library ${note.library}; check the id`;
    case "unlisted_connector":
      return `the server lists no connector ${note.connector}; check its name`;
    case "live_at_once":
      return `callers that name no version get the new one as soon as it is written: ${defaultCallers(note.handedOffBy)}`;
    case "default_stays":
      return `handoffs from ${listed(note.handedOffBy)} run its default version, which stays where it is`;
    case "file_forgotten":
      return `its instructions are the text "${note.path}", which is also the path of a file; to use the file, write { file: ${note.path} }`;
    case "secrets_not_compared":
      return "the values of its secrets are not compared; --resend-secrets sends them again";
    case "ignored_when_ephemeral":
      return `not used in an ephemeral environment: ${listed(note.paths.map(pathText), 20)}`;
    case "leads_outside":
      return `its handoffs lead out of this environment, to ${listed(note.ids, 20)}`;
    case "of_environment":
      return `environment ${note.environment}`;
    case "unset_secrets":
      return `an apply sends secrets that are not set here: ${listed(note.variables, 20)}`;
    case "still_in_file":
      return "remove its key from agents.yaml too; otherwise the next plan is refused (tags_lost)";
    case "duplicate_removed":
      return `an interrupted apply left the unused duplicate ${listed(note.ids)}; the apply deletes it`;
    case "not_taken_before":
      return `this version was built for the file, but the server did not accept ${listed(note.paths.map(pathText))}, or somebody edited it in place`;
  }
}

/** The callers of an agent's default version: handoffs and completions cannot name another one. */
function defaultCallers(handedOffBy: readonly string[]): string {
  const handoffs = handedOffBy.length === 0 ? [] : [`handoffs from ${listed(handedOffBy)}`];
  return [...handoffs, "/v1/agents/completions", "conversations without agent_version"].join("; ");
}
