import type { AgentPlan, Change, Note } from "../../plan/agent-plan.ts";
import { listed, truncated } from "../safe/truncate.ts";
import { needsNothing, ownNotes } from "../text/agent-plan.ts";
import { noteText } from "../text/note.ts";
import { aboutAgent, agentWarnings } from "../words/agent-about.ts";
import { withoutToolType } from "../words/new-tool.ts";
import { markdownChange, markdownProperty } from "./change.ts";
import { changesPiece } from "./changes.ts";
import type { Piece } from "./fit.ts";
import { inertText, inlineCode } from "./inline.ts";
import { lineSentence, sentence } from "./sentence.ts";

/** Longest key or name; those of agents that were removed from the file may be anything. */
const longestName = 80;

const actionWords: { readonly [Action in AgentPlan["action"]]: string } = {
  create: "Create",
  update: "Update",
  rename: "Rename",
  reuse: "Reuse",
  forget: "Forget",
  adopt: "Adopt",
  delete: "Delete",
  orphan: "Orphan",
  noop: "No change",
};

/** A key as inline code. */
export function keyCode(key: string): string {
  return inlineCode(truncated(key, longestName));
}

/** An agent's key, and its name if it differs. */
export function agentCode({ key, name }: Pick<AgentPlan, "key" | "name">): string {
  const quoted = name === key ? "" : ` ${inertText(`"${truncated(name, longestName)}"`)}`;
  return keyCode(key) + quoted;
}

/** The action for an agent: in one line, then with each property, then with all differences. */
export function agentPiece(plan: AgentPlan, danger: number, isToldAbove: IsTold): Piece {
  const about = aboutAgent(plan);
  const head = `**${actionWords[plan.action]}** ${agentCode(plan)}`;
  return changesPiece(danger, about === "" ? head : `${head}: ${sentence(about)}`, {
    changes: changesOf(plan),
    render: plan.action === "create" ? markdownProperty : markdownChange,
    remarks: remarksOf(plan, isToldAbove),
  });
}

/** Whether notes of a kind are shown above, once for all agents that have them. */
export type IsTold = (kind: Note["kind"]) => boolean;

/** Whether there is anything to say about an agent; one without changes takes no line, as in every format. */
export function isWorthTelling(plan: AgentPlan, isToldAbove: IsTold): boolean {
  return !needsNothing(plan) || remarksOf(plan, isToldAbove).length > 0;
}

/** Without the name of a new agent, which is already in its heading. */
function changesOf(plan: AgentPlan): readonly Change[] {
  if (!("changes" in plan)) return [];
  const isNew = plan.action === "create";
  return isNew
    ? plan.changes.filter(({ path }) => path[0] !== "name").map(withoutToolType)
    : plan.changes;
}

function remarksOf(plan: AgentPlan, isToldAbove: IsTold): readonly string[] {
  const notes = needsNothing(plan) ? ownNotes(plan) : plan.notes;
  const unknown = "unknownHandoffs" in plan ? plan.unknownHandoffs : [];
  return [
    ...agentWarnings(plan).map((warning) => `⚠️ ${sentence(warning)}`),
    ...(unknown.length > 0
      ? [sentence(`the ids of ${listed(unknown)} are known after apply`)]
      : []),
    ...(plan.action === "create" && plan.completedLater
      ? ["created first, then updated once the agents it hands off to exist"]
      : []),
    ...notes.filter(({ kind }) => !isToldAbove(kind)).map((note) => lineSentence(noteText(note))),
  ];
}
