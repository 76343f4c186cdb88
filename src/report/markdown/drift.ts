import { driftOf, hasDrifted } from "../../plan/agent-drift.ts";
import type { Plan } from "../../plan/plan.ts";
import { agentWarnings } from "../words/agent-about.ts";
import { driftChange } from "../words/origin.ts";
import { agentCode } from "./agent.ts";
import { markdownChange } from "./change.ts";
import { changesPiece } from "./changes.ts";
import { modelNoteSection, refusalSection } from "./dangers.ts";
import type { Section } from "./fit.ts";
import { dangers, restOf } from "./section.ts";
import { sentence } from "./sentence.ts";

/** Outside changes, agent by agent: what agentvane wrote, and what the server has now. */
export function driftSections(plan: Plan): readonly Section[] {
  return [
    refusalSection(plan.refusals),
    {
      title: "#### What agentvane wrote → what the server has now",
      layout: "blocks",
      pieces: plan.agents.filter(hasDrifted).map((agent) =>
        changesPiece(dangers.drift, `**Changed outside** ${agentCode(agent)}`, {
          changes: driftOf(agent).properties.map(driftChange),
          render: markdownChange,
          remarks: agentWarnings(agent).map(sentence),
        }),
      ),
      rest: restOf("agent"),
    },
    modelNoteSection(plan.modelNotes),
  ];
}
