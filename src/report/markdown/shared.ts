import type { Note } from "../../plan/agent-plan.ts";
import type { Plan } from "../../plan/plan.ts";
import { listed } from "../safe/truncate.ts";
import { noteRisks } from "../words/note-risks.ts";
import type { PlanRisk } from "../words/plan-risk.ts";
import type { IsTold } from "./agent.ts";
import type { Section } from "./fit.ts";
import { dangers, itemPiece, restOf } from "./section.ts";
import { boldSentence, sentence } from "./sentence.ts";

/** A remark about more agents than this is shown once, above them. */
const mostApart = 3;
/** Most agents that a remark names, by its severity. */
const mostNamed = { error: 30, warning: 30, plain: 5 } as const;

/** The remarks that many agents share, each with its agents. */
export function sharedSection(plan: Plan): Section {
  return {
    title: "#### Shared by several agents",
    layout: "list",
    pieces: sharedRisks(plan).map(({ severity, title, lines, keys }) => {
      const danger = severity === "plain" ? dangers.remark : dangers.model;
      const names = sentence(`(${listed(keys, mostNamed[severity])})`);
      return itemPiece(danger, `${boldSentence(title)} ${names}. ${lines.map(sentence).join(" ")}`);
    }),
    rest: restOf("remark"),
  };
}

/** Whether notes of a kind are shown there. */
export function isShared(plan: Plan): IsTold {
  const kinds = new Set<Note["kind"] | PlanRisk["kind"]>(sharedRisks(plan).map(({ kind }) => kind));
  return (kind) => kinds.has(kind);
}

/** Without models that the server does not list, which have a section of their own. */
function sharedRisks(plan: Plan): readonly PlanRisk[] {
  return noteRisks(plan).filter(
    ({ kind, keys }) => kind !== "unknown_model" && keys.length > mostApart,
  );
}
