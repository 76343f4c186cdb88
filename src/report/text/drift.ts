import { driftOf, hasDrifted } from "../../plan/agent-drift.ts";
import type { Plan } from "../../plan/plan.ts";
import { counted } from "../safe/truncate.ts";
import { indented, type Line, styled } from "../words/line.ts";
import { modelNoteLines } from "../words/model-note.ts";
import { driftChange } from "../words/origin.ts";
import { pointerDriftText } from "../words/pointer-drift.ts";
import { changeText } from "./change.ts";

/** Outside changes, agent by agent: what agentvane wrote, and what the server has now. */
export function driftText(plan: Plan): readonly Line[] {
  const drifted = plan.agents.filter(hasDrifted);
  return [
    ...drifted.flatMap((agent) => {
      const { properties, pointers } = driftOf(agent);
      return [
        [styled("warning", "! drift"), " ", styled("strong", agent.key)],
        ...indented(
          [
            ...pointers.map((each): Line => [pointerDriftText(each)]),
            ...properties.flatMap((each) => changeText(driftChange(each))),
          ],
          4,
        ),
        [],
      ];
    }),
    ...modelNoteLines(plan.modelNotes),
    driftLine(plan),
  ];
}

/** The summary of outside changes in one line. */
export function driftLine(plan: Plan): Line {
  const drifted = plan.agents.filter(hasDrifted).length;
  const settled = plan.agents.length - drifted;
  return drifted === 0
    ? [styled("success", "No drift."), " Nothing was changed outside."]
    : [
        styled("strong", "Drift:"),
        ` ${counted(drifted, "agent")} changed outside${settled === 0 ? "" : `, ${settled} not`}.`,
      ];
}
