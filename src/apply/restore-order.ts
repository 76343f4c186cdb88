import { isApiError } from "../agent/api-error.ts";
import { oneRequestMs, type RemoteAgent, type RemoteAlias } from "../agent/remote-agent.ts";
import type { MovedPointer, Run } from "./run.ts";

/** Whether a default moved after an alias that it left behind, as in a release that was not finished. */
export function isLeftByDefault(remote: RemoteAgent | undefined, alias: RemoteAlias): boolean {
  if (remote === undefined || remote.version === alias.version) return false;
  return Date.parse(remote.updated_at) - Date.parse(alias.updated_at) > oneRequestMs;
}

/**
 * Restores the order of moves. A reverted alias moves last, so its agent looks rolled back by hand. If the default had
 * left the alias behind before this run, and this run did not move the default, the default is switched to its own
 * version: the next run then continues the release without asking.
 */
export async function restoreOrder(run: Run, aliases: readonly MovedPointer[]): Promise<void> {
  const left = aliases.filter(
    ({ key, leftByDefault }) => leftByDefault && !isDefaultMoved(run, key),
  );
  if (left.length === 0) return;
  await run.clock.sleep(oneRequestMs + 100);
  for (const id of new Set(left.map((alias) => alias.id))) {
    try {
      const { version } = await run.reader.agent(id);
      await run.writer.switchVersion(id, version);
    } catch (error) {
      // Every pointer is right; the next run only has to ask.
      if (!isApiError(error)) throw error;
    }
  }
}

function isDefaultMoved({ built, moved }: Run, key: MovedPointer["key"]): boolean {
  return built.has(key) || moved.some((each) => each.key === key && each.pointer === "@default");
}
