import type { AgentPlan } from "../../plan/agent-plan.ts";
import type { CheckoutNote } from "../../plan/checkout-note.ts";
import type { ModelNote } from "../../plan/model-notes.ts";
import type { Plan } from "../../plan/plan.ts";
import type { Refusal } from "../../plan/refusal.ts";
import { truncated } from "../safe/truncate.ts";
import { aboutAgent } from "../words/agent-about.ts";
import { checkoutNoteText } from "../words/checkout-note.ts";
import { modelNoteText } from "../words/model-note.ts";
import { overwritingAdvice, overwritingOf } from "../words/overwriting.ts";
import { isRemodelled, modelChange } from "../words/plan-risks.ts";
import { shown } from "../words/shown-value.ts";
import { agentCode } from "./agent.ts";
import type { Piece, Section } from "./fit.ts";
import { inlineCode } from "./inline.ts";
import { outsideText } from "./outside.ts";
import { refusalPiece } from "./refusals.ts";
import { dangers, itemPiece, restOf } from "./section.ts";
import { sentence } from "./sentence.ts";

/** Longest name of a model. */
const longestModel = 80;

/** The refusals of a plan. */
export function refusalSection(refusals: readonly Refusal[]): Section {
  return {
    title: "#### Refused",
    layout: "list",
    pieces: refusals.map((refusal) => refusalPiece(refusal, dangers.refusal)),
    rest: restOf("reason"),
  };
}

/** What to look at before the rest of a plan. */
export function dangerSections(plan: Plan): readonly Section[] {
  const { edited, moved, takenOver } = overwritingOf(plan);
  return [
    {
      title: "#### Deleted for good",
      layout: "list",
      pieces: plan.agents.filter(isDeleted).map(deletionPiece),
      rest: restOf("agent"),
    },
    outsideSection("Changed outside", edited, overwritingAdvice.edited),
    outsideSection("Moved by promote or rollback", moved, overwritingAdvice.moved),
    outsideSection("Taken over", takenOver, overwritingAdvice.takenOver),
    {
      title: "#### Other models",
      layout: "list",
      pieces: plan.agents.flatMap(modelPieces),
      rest: restOf("agent"),
    },
    modelNoteSection(plan.modelNotes),
    checkoutNoteSection(plan.checkoutNotes),
  ];
}

function outsideSection(title: string, agents: readonly AgentPlan[], advice: string): Section {
  return {
    title: `#### ${title}\n\n${sentence(advice)}`,
    layout: "list",
    pieces: agents.map((agent) => itemPiece(dangers.drift, outsideText(agent))),
    rest: restOf("agent"),
  };
}

/** What the server says about the models of agents. */
export function modelNoteSection(notes: readonly ModelNote[]): Section {
  return {
    title: "#### Models",
    layout: "list",
    pieces: notes.map((note) => itemPiece(dangers.model, sentence(modelNoteText(note)))),
    rest: restOf("model"),
  };
}

function checkoutNoteSection(notes: readonly CheckoutNote[]): Section {
  return {
    title: "#### Commits",
    layout: "list",
    pieces: notes.map((note) => itemPiece(dangers.pointer, sentence(checkoutNoteText(note)))),
    rest: restOf("note"),
  };
}

/** Whether a plan deletes an agent. */
export function isDeleted({ action }: AgentPlan): boolean {
  return action === "delete";
}

function deletionPiece(agent: AgentPlan): Piece {
  return itemPiece(dangers.deletion, `${agentCode(agent)}: ${sentence(aboutAgent(agent))}`);
}

/** The model of a new agent is a danger only if the server does not list it. */
function modelPieces(agent: AgentPlan): readonly Piece[] {
  const change = modelChange(agent);
  const isUnknown = agent.notes.some(({ kind }) => kind === "unknown_model");
  if (change === undefined || !(isUnknown || isRemodelled(agent))) return [];
  const models = [change.before, change.after].flatMap((value) =>
    value === undefined
      ? []
      : [inlineCode(truncated(shown(["model"], value).inline, longestModel))],
  );
  const doubt = isUnknown ? ", **which the server does not list**" : "";
  return [itemPiece(dangers.model, `${agentCode(agent)}: ${models.join(" → ")}${doubt}`)];
}
