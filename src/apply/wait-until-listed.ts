import type { AgentId, AgentKey } from "../agent/identity.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { resolveDuplicateCreates } from "./duplicate-creates.ts";
import { mayGoOn, type Run } from "./run.ts";
import { failureOf } from "./step-error.ts";

/**
 * Waits until a list shows every agent that this run created: the next run knows them only by listing, and would create
 * them again. An agent that is still missing when the settle window ends is left, because it exists and only the list
 * is late. The same list shows whether a key exists twice. Returns whether this run may release every key that it
 * created.
 */
export async function waitUntilListed(run: Run): Promise<boolean> {
  const created = createdAgents(run);
  if (created.size === 0) return true;
  try {
    const listed = await listUntilShown(run, [...created.values()]);
    return await resolveDuplicateCreates(run, created, listed);
  } catch (error) {
    const failure = failureOf(error);
    run.failures.push(failure);
    run.emit({ kind: "listing_failed", failure });
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
    if (left <= 0 || !mayGoOn(run) || ids.every((id) => shown.has(id))) return listed;
    await run.clock.sleep(Math.min(pause, left));
  }
}
