import type { PropertyPath } from "../../agent/property-path.ts";
import { driftOf } from "../../plan/agent-drift.ts";
import type { AgentPlan, Origin } from "../../plan/agent-plan.ts";
import { agentWarnings } from "../words/agent-about.ts";
import { agentCode } from "./agent.ts";
import { shortPath } from "./change.ts";
import { inlineCode } from "./inline.ts";
import { sentence } from "./sentence.ts";

/** Most properties and remarks that are listed. */
const most = 8;

/** The outside changes of an agent that would be overwritten: conflicts, other properties, pointers. */
export function outsideText(agent: AgentPlan): string {
  const changes = "changes" in agent ? agent.changes : [];
  const paths = (origin: Origin) =>
    changes.flatMap((change) => (change.origin === origin ? [change.path] : []));
  const [conflicts, drifted] = [paths("conflict"), paths("drift")];
  // Drift that the file has adopted is not a change of the plan.
  const silent =
    conflicts.length + drifted.length === 0
      ? driftOf(agent).properties.map(({ path }) => path)
      : [];
  const facts = [
    ...(conflicts.length > 0 ? [`**conflict** in ${namesText(conflicts)}`] : []),
    ...(drifted.length > 0 ? [`drift in ${namesText(drifted)}`] : []),
    ...(silent.length > 0 ? [`drift in ${namesText(silent)}, as the file has it`] : []),
    ...agentWarnings(agent).slice(0, most).map(sentence),
  ];
  return `${agentCode(agent)}: ${facts.join("; ")}`;
}

function namesText(paths: readonly PropertyPath[]): string {
  const names = paths.slice(0, most).map((path) => inlineCode(shortPath(path)));
  return names.join(", ") + (paths.length > most ? ` and ${paths.length - most} more` : "");
}
