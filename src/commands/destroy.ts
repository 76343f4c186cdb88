import type { BoundAgent, BoundProject } from "../agent/definition.ts";
import type { AgentKey } from "../agent/identity.ts";
import { applyPlan } from "../apply/apply.ts";
import { hasChanges } from "../plan/has-changes.ts";
import { type Identification, identify } from "../plan/identify.ts";
import type { Plan } from "../plan/plan.ts";
import type { Refusal } from "../plan/refusal.ts";
import { type ApplyContext, type Approve, isAgreed } from "./apply.ts";
import { emptyProject, planDeletions } from "./deletion-plan.ts";
import type { Emit } from "./event.ts";
import type { BoundRequest } from "./read-fleet.ts";

export type DestroyRequest = BoundRequest &
  ApplyContext & {
    /** Keys to delete; empty for all. */
    readonly only: readonly string[];
    /** Undefined if a flag approved it. */
    readonly approve: Approve | undefined;
    /** Whether some files could not be read: they may protect a key that no other file has. */
    readonly isPartlyRead: boolean;
  };

/**
 * `agentvane destroy`: deletes the agents with this project's tags, in the file or not. It is the plan for a file
 * without agents, approved by the project's name.
 */
export async function runDestroy(request: DestroyRequest, emit: Emit): Promise<void> {
  emit({ kind: "fetching", again: false });
  const plan = await planDestruction(request);
  emit({ kind: "planned", plan });
  if (plan.refusals.length > 0 || !hasChanges(plan)) return;
  if (request.approve !== undefined && !(await isAgreed(plan, request.approve, emit))) return;
  const { reader } = request;
  await applyPlan(plan, request.apply, { ...request.tools, reader, emit });
}

async function planDestruction(request: DestroyRequest): Promise<Plan> {
  const { desired, server, reader, only } = request;
  const { project, environment } = desired;
  const agents = await reader.agents();
  const all = identify(emptyProject(desired), agents);
  const identification = {
    ...all,
    orphans: all.orphans.filter(({ key }) => only.length === 0 || only.includes(key)),
  };
  const scope = { server, project, environment };
  const plan = await planDeletions(scope, agents, identification, reader);
  return {
    ...plan,
    complete: only.length === 0,
    refusals: [...unknownKeys(only, all), ...protectedByFile(request, plan), ...plan.refusals],
  };
}

function unknownKeys(only: readonly string[], { orphans }: Identification): readonly Refusal[] {
  const known = [...new Set(orphans.map(({ key }) => key))];
  return only
    .filter((key) => !known.some((each) => each === key))
    .map((key) => ({ kind: "unknown_key", flag: "only", key, known }));
}

/** A protection in the file counts before it was applied, and so does any file that could not be read. */
function protectedByFile(
  { desired, isPartlyRead }: DestroyRequest,
  plan: Plan,
): readonly Refusal[] {
  // In ephemeral environments the file protects nothing.
  if (desired.isEphemeral) return [];
  const said = protections(desired);
  return plan.agents.flatMap((agent): Refusal[] => {
    if (agent.action !== "delete" || agent.protect) return [];
    const { key, id } = agent;
    const protection = said.get(key) ?? (isPartlyRead ? "unknown" : false);
    if (protection === false) return [];
    return [{ kind: protection === true ? "protected" : "protection_unknown", key, id }];
  });
}

/** The protection of each key in the file; for a renamed agent, of its old key too. */
function protections({
  agents,
  renames,
}: BoundProject): ReadonlyMap<AgentKey, BoundAgent["preventDestroy"]> {
  const said = new Map(agents.map(({ key, preventDestroy }) => [key, preventDestroy]));
  const renamed = renames.flatMap(({ from, to }): [AgentKey, BoundAgent["preventDestroy"]][] => {
    const protection = said.get(to);
    return protection === undefined ? [] : [[from, protection]];
  });
  return new Map([...renamed, ...said]);
}
