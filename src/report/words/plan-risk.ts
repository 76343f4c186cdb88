import type { AgentPlan, Note } from "../../plan/agent-plan.ts";
import { counted } from "../safe/truncate.ts";

/** Something to know before approving a plan, shown once for all its agents. */
export type PlanRisk = {
  readonly kind: RiskKind;
  readonly severity: "error" | "warning" | "plain";
  /** Includes the number of agents. */
  readonly title: string;
  readonly lines: readonly string[];
  readonly keys: readonly string[];
};

/** The kinds of risks: notes of agents, and others. */
export type RiskKind =
  | "deleted"
  | "conflict"
  | "edited"
  | "moved"
  | "takenOver"
  | "model"
  | "orphan"
  | Note["kind"];

/** The text of a risk: a title with the number of agents, and what to know or do. */
export type RiskText = {
  readonly title: (count: string) => string;
  readonly lines: readonly string[];
};

/** A risk of some agents; empty if there are none. */
export function riskOf(
  kind: RiskKind,
  severity: PlanRisk["severity"],
  agents: readonly AgentPlan[],
  { title, lines }: RiskText,
): readonly PlanRisk[] {
  if (agents.length === 0) return [];
  const keys = agents.map(({ key }) => key as string);
  return [{ kind, severity, title: title(counted(keys.length, "agent")), lines, keys }];
}
