import { pathText } from "../../agent/property-path.ts";
import type { Note } from "../../plan/agent-plan.ts";
import type { Plan } from "../../plan/plan.ts";
import { listed } from "../safe/truncate.ts";
import { type PlanRisk, riskOf } from "./plan-risk.ts";

/** The notes about agents that are risks of the plan, each once for all agents that share it. */
export function noteRisks({ agents }: Plan): readonly PlanRisk[] {
  return (Object.keys(noteTexts) as Note["kind"][]).flatMap((kind) => {
    const row = noteTexts[kind];
    if (row === undefined) return [];
    const having = agents.filter(({ notes }) => notes.some((note) => note.kind === kind));
    const notes = having.flatMap((agent) => agent.notes.filter((note) => note.kind === kind));
    return riskOf(kind, row.severity, having, { title: row.title, lines: row.lines(notes) });
  });
}

type NoteRisk = {
  readonly severity: PlanRisk["severity"];
  readonly title: (count: string) => string;
  readonly lines: (notes: readonly Note[]) => readonly string[];
};

/** The notes that are risks of the plan, the worst first. Other notes are shown only with their agent. */
const noteTexts = {
  duplicate_removed: {
    severity: "warning",
    title: (count) => `Deletes duplicates of ${count}`,
    lines: () => ["Interrupted applies left them, and nobody uses them."],
  },
  unset_secrets: {
    severity: "warning",
    title: (count) => `Sends secrets that are not set here: ${count}`,
    lines: (notes) => [
      `An apply without them is refused. Set ${listed(namesIn(notes), 20)} where you apply.`,
    ],
  },
  file_forgotten: {
    severity: "warning",
    title: (count) => `Instructions that are only the path of a file: ${count}`,
    lines: (notes) => [
      `To send the content of the file, write ${listed(
        namesIn(notes).map((path) => `{ file: ${path} }`),
        3,
      )}.`,
    ],
  },
  unknown_model: {
    severity: "warning",
    title: (count) => `Names a model that the server does not list on ${count}`,
    lines: (notes) => [`Check the name: ${listed(namesIn(notes))}.`],
  },
  unlisted_connector: {
    severity: "warning",
    title: (count) => `Names a connector that the server does not list on ${count}`,
    lines: (notes) => [`Check the name: ${listed(namesIn(notes))}.`],
  },
  unlisted_library: {
    severity: "warning",
    title: (count) => `Names a library that the server does not list on ${count}`,
    lines: (notes) => [`Check the id: ${listed(namesIn(notes))}.`],
  },
  not_taken_before: {
    severity: "warning",
    title: (count) => `The server did not accept all of an earlier version: ${count}`,
    lines: (notes) => [`Not accepted: ${listed(namesIn(notes))}. It is verified again.`],
  },
  live_at_once: {
    severity: "plain",
    title: (count) => `Live as soon as written: ${count}`,
    lines: () => [
      "Handoffs, /v1/agents/completions and conversations without agent_version get it before it is verified.",
    ],
  },
  default_stays: {
    severity: "plain",
    title: (count) => `An alias moves and the default stays: ${count}`,
    lines: () => ["Handoffs run the default version."],
  },
  leads_outside: {
    severity: "plain",
    title: (count) => `Hands off to agents outside this environment: ${count}`,
    lines: (notes) => [`To ${listed(namesIn(notes))}.`],
  },
  ignored_when_ephemeral: {
    severity: "plain",
    title: (count) => `Has settings that an ephemeral environment does not use: ${count}`,
    lines: (notes) => [`Not used: ${listed(namesIn(notes))}.`],
  },
  of_environment: undefined,
  still_in_file: undefined,
  secrets_not_compared: undefined,
  tool_order: undefined,
  legacy_temperature: undefined,
} satisfies Record<Note["kind"], NoteRisk | undefined> as Record<
  Note["kind"],
  NoteRisk | undefined
>;

/** The names in these notes, each once. */
function namesIn(notes: readonly Note[]): readonly string[] {
  return [...new Set(notes.flatMap(namesOf))];
}

function namesOf(note: Note): readonly string[] {
  switch (note.kind) {
    case "unknown_model":
      return [note.model];
    case "unlisted_library":
      return [note.library];
    case "unlisted_connector":
      return [note.connector];
    case "file_forgotten":
      return [note.path];
    case "not_taken_before":
    case "ignored_when_ephemeral":
      return note.paths.map(pathText);
    case "unset_secrets":
      return note.variables;
    case "duplicate_removed":
    case "leads_outside":
      return note.ids;
    case "live_at_once":
    case "default_stays":
      return note.handedOffBy;
    case "of_environment":
    case "still_in_file":
    case "secrets_not_compared":
    case "tool_order":
    case "legacy_temperature":
      return [];
  }
}
