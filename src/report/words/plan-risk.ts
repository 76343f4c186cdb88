import type { AgentPlan, Note } from "../../plan/agent-plan.ts";
import { counted } from "../safe/truncate.ts";

/** Something that a person should know before approving a plan, told once for all agents that share it. */
export type PlanRisk = {
  readonly kind: RiskKind;
  readonly severity: "error" | "warning" | "plain";
  /** Says how many agents it is about. */
  readonly title: string;
  readonly lines: readonly string[];
  readonly keys: readonly string[];
};

/** The risks that are no note of an agent, and those that are. */
export type RiskKind =
  | "deleted"
  | "conflict"
  | "edited"
  | "moved"
  | "takenOver"
  | "model"
  | "orphan"
  | Note["kind"];

/** How a risk is told: a title with the number of agents in it, and what to know or do. */
export type RiskText = {
  readonly title: (count: string) => string;
  readonly lines: readonly string[];
};

/** A risk of some agents; nothing where there are none. */
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
