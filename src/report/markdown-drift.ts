import { driftOf, hasDrifted } from "../plan/deed.ts";
import type { Plan } from "../plan/plan.ts";
import { agentWarnings } from "./agent-about.ts";
import { agentCode } from "./markdown-agent.ts";
import { markdownChange } from "./markdown-change.ts";
import { changesPiece } from "./markdown-changes.ts";
import { modelNoteSection, refusalSection } from "./markdown-dangers.ts";
import type { Section } from "./markdown-fit.ts";
import { said } from "./markdown-said.ts";
import { dangers, restOf } from "./markdown-section.ts";
import { driftChange } from "./origin-text.ts";

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
          tell: markdownChange,
          remarks: agentWarnings(agent).map(said),
        }),
      ),
      rest: restOf("agent"),
    },
    modelNoteSection(plan.modelNotes),
  ];
}
