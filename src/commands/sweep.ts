import { newestVersion, type RemoteAgent } from "../agent/remote-agent.ts";
import { taggedKey, tagsOf } from "../agent/tags.ts";
import { applyPlan } from "../apply/apply.ts";
import type { AgentPlan } from "../plan/agent-plan.ts";
import { hasChanges } from "../plan/has-changes.ts";
import type { Plan } from "../plan/plan.ts";
import { type NewestVersion, type StaleRule, staleAgents } from "../plan/stale-environments.ts";
import { type ApplyContext, type Approve, isAgreed } from "./apply.ts";
import { planDeletions } from "./deletion-plan.ts";
import type { Emit } from "./event.ts";
import { type JoinedPorts, joinPorts, type KeyedPorts } from "./joined-ports.ts";

export type SweepRequest = ApplyContext & {
  readonly project: string;
  /** The only environment to delete; undefined means any. */
  readonly environment: string | undefined;
  readonly server: string;
  readonly keys: readonly [KeyedPorts, ...KeyedPorts[]];
  readonly isKept: StaleRule["isKept"];
  /** The minimum age of an environment, in milliseconds; undefined means any. */
  readonly olderThanMs: number | undefined;
  /** The server's time in milliseconds, known after the first answer. */
  readonly serverNow: () => number;
  /** Undefined if a flag approved it. */
  readonly approve: Approve | undefined;
};

/**
 * `agentvane destroy --ephemeral`: deletes the agents of ephemeral environments, or only of those that were not written
 * for some time. Never deletes an environment that the file names, nor an agent without the tag.
 */
export async function runSweep(request: SweepRequest, emit: Emit): Promise<void> {
  emit({ kind: "fetching", again: false });
  const joined = await joinPorts(request.keys);
  const plan = await planSweep(request, joined);
  emit({ kind: "planned", plan });
  if (plan.refusals.length > 0 || !hasChanges(plan)) return;
  if (request.approve !== undefined && !(await isAgreed(plan, request.approve, emit))) return;
  const { reader, writer } = joined;
  await applyPlan(plan, request.apply, { ...request.tools, writer, reader, emit });
}

async function planSweep(
  { project, environment, server, isKept, olderThanMs, serverNow }: SweepRequest,
  { agents, reader, isOwn }: JoinedPorts,
): Promise<Plan> {
  const own = agents.filter((agent) => tagsOf(agent)?.project === project && isOwn(agent.id));
  const versions = await Promise.all(
    own.map(async (agent): Promise<NewestVersion> => {
      const newest = newestVersion(agent);
      const isDefault = newest === agent.version;
      return { agent, newest: isDefault ? agent : await reader.agent(agent.id, newest) };
    }),
  );
  const notAfter = olderThanMs === undefined ? undefined : serverNow() - olderThanMs;
  const isLeft = (name: string) =>
    isKept(name) || (environment !== undefined && name !== environment);
  const stale = staleAgents(versions, { project, isKept: isLeft, notAfter });
  const orphans = [...stale.values()].flat().map((remote) => ({ key: taggedKey(remote), remote }));
  const identification = { remoteOf: new Map(), orphans, unowned: [], refusals: [] };
  const scope = { server, project, environment: environment ?? "" };
  const plan = await planDeletions(scope, agents, identification, reader);
  return { ...plan, complete: false, agents: plan.agents.map(withEnvironment) };
}

/** Adds the environment, because keys are the same in every environment. */
function withEnvironment(plan: AgentPlan): AgentPlan {
  if (plan.action !== "delete") return plan;
  const environment = environmentOf(plan.remote);
  return { ...plan, notes: [...plan.notes, { kind: "of_environment", environment }] };
}

function environmentOf(agent: RemoteAgent): string {
  return tagsOf(agent)?.environment ?? "";
}
