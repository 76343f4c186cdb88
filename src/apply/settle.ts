import type { AgentId, AgentKey } from "../agent/identity.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { tagsOf } from "../agent/tags.ts";
import { isOurs } from "../plan/identify.ts";
import type { Run } from "./run.ts";
import { failureOf } from "./step-error.ts";

/**
 * Waits until a listing shows every agent that this run created: the next run, here or elsewhere, knows them
 * only by listing, and would create them again. What is still hidden when the settle window ends is left; it
 * was verified, only the list is late. The same listing tells when another run created the same key. Tells
 * whether every key that was created is this run's alone.
 */
export async function settle(run: Run): Promise<boolean> {
  const created = createdAgents(run);
  if (created.size === 0) return true;
  try {
    const listed = await listUntilShown(run, [...created.values()]);
    const twins = listed.filter((agent) => isTwin(run, created, agent));
    for (const { id, metadata } of twins) {
      const key = tagsOf({ metadata })?.key as AgentKey;
      run.emit({
        kind: "write_failed",
        key,
        write: "create",
        failure: { kind: "created_twice", id },
      });
    }
    return twins.length === 0;
  } catch (error) {
    run.emit({ kind: "settle_failed", failure: failureOf(error) });
    return false;
  }
}

function createdAgents(run: Run): ReadonlyMap<AgentKey, AgentId> {
  return new Map(
    run.plan.agents.flatMap(({ action, key }): [AgentKey, AgentId][] => {
      const built = action === "create" ? run.built.get(key) : undefined;
      return built === undefined ? [] : [[key, built.agent.id]];
    }),
  );
}

async function listUntilShown(run: Run, ids: readonly AgentId[]): Promise<readonly RemoteAgent[]> {
  const end = run.clock.now() + run.options.settleMs;
  for (let pause = 100; ; pause = Math.min(pause * 2, 4_000)) {
    const listed = await run.reader.agents();
    const shown = new Set(listed.map(({ id }) => id));
    const left = end - run.clock.now();
    if (left <= 0 || ids.every((id) => shown.has(id))) return listed;
    await run.clock.sleep(Math.min(pause, left));
  }
}

/** Another agent with the tags of one that this run has just created: two runs were at it at once. */
function isTwin(run: Run, created: ReadonlyMap<AgentKey, AgentId>, agent: RemoteAgent): boolean {
  const tags = tagsOf(agent);
  const ours = tags && isOurs(tags, run.plan.scope) ? created.get(tags.key as AgentKey) : undefined;
  return ours !== undefined && ours !== agent.id;
}
