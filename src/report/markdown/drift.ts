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

/** What was changed outside, agent by agent: what agentvane wrote, and what stands there now. */
export function driftSections(plan: Plan): readonly Section[] {
  return [
    refusalSection(plan.refusals),
    {
      title: "#### What agentvane wrote → what stands there now",
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
