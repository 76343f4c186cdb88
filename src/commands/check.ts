import { isAbout } from "../agent/check.ts";
import type { DesiredProject } from "../agent/definition.ts";
import type { AgentKey } from "../agent/identity.ts";
import type { Clock, Reader } from "../agent/ports.ts";
import { removeStaleConversations } from "../apply/conversation-mark.ts";
import type { StopReason } from "../apply/event.ts";
import { inParallel } from "../apply/in-parallel.ts";
import type { Checking } from "../apply/run.ts";
import { type CheckSubject, knownAgents, runCheck } from "../apply/run-check.ts";
import type { Emit } from "./event.ts";
import { type Fleet, findTarget, readFleet, type WantedVersion } from "./talk-target.ts";

export type CheckRequest = {
  readonly desired: DesiredProject;
  readonly reader: Reader;
  readonly clock: Clock;
  readonly checking: Checking;
  /** Keys; empty for all agents of the file. */
  readonly keys: readonly string[];
  readonly wanted: WantedVersion;
  readonly stopped: () => StopReason | undefined;
};

/**
 * `agentvane check`: runs all checks of the file against the versions on the server, even after a failure. Writes
 * nothing except conversations that cannot be held otherwise, which are deleted.
 */
export async function runChecks(request: CheckRequest, emit: Emit): Promise<void> {
  const { desired, reader, clock, checking, stopped } = request;
  emit({ kind: "fetching", again: false });
  const start = clock.now();
  const fleet = await readFleet(desired, reader);
  if (fleet.refusals.length > 0) return emit({ kind: "refused", refusals: fleet.refusals });
  const found = await subjectsOf(request, fleet, emit);
  if (found === undefined) return;
  const { subjects, skipped } = found;
  const unremoved = new Set<string>();
  const tools = { ...checking, clock, unremoved, emit };
  const agents = knownAgents(fleet.ids);
  let failed = 0;
  const mayGoOn = () => stopped() === undefined;
  await inParallel(subjects, checking.parallelism, mayGoOn, async (subject) => {
    if (!(await runCheck(subject, agents, tools))) failed += 1;
    return true;
  });
  if (subjects.length > 0) {
    await removeStaleConversations(checking.conversations, checking.mark, unremoved, emit);
  }
  const by = stopped();
  if (by !== undefined) return emit({ kind: "conversation_stopped", by });
  const checks = subjects.length;
  emit({ kind: "checks_finished", checks, failed, skipped, ms: clock.now() - start });
}

type Found = { readonly subjects: readonly CheckSubject[]; readonly skipped: readonly string[] };

/**
 * What to check; undefined, with an event, if a named agent does not exist. Other agents that are not on the server, or
 * do not have the alias, are skipped.
 */
async function subjectsOf(
  { desired, reader, keys, wanted }: CheckRequest,
  fleet: Fleet,
  emit: Emit,
): Promise<Found | undefined> {
  const subjects: CheckSubject[] = [];
  const skipped: AgentKey[] = [];
  const declared = desired.agents.map(({ key }) => key);
  const missing = keys.find(
    (key) => !declared.some((each) => each === key) || !hasAgent(fleet, key),
  );
  if (missing !== undefined) {
    emit({ kind: "not_found", key: missing, known: [...fleet.ids.keys()] });
    return undefined;
  }
  for (const key of declared) {
    const checks = desired.checks.filter((check) => isAbout(check, key));
    const isNamed = keys.some((each) => each === key);
    if (checks.length === 0 || (keys.length > 0 && !isNamed)) continue;
    const remote = fleet.remoteOf.get(key);
    const target = remote && (await findTarget(key, remote, wanted, fleet, reader));
    if (target === undefined || "kind" in target) {
      if (isNamed && target?.kind === "unknown_alias") {
        emit({ kind: "refused", refusals: [target] });
        return undefined;
      }
      skipped.push(key);
      continue;
    }
    const { id, version } = target;
    subjects.push(
      ...checks.map((check): CheckSubject => {
        return { key, check, id, version, storage: target.storage(check.say.length) };
      }),
    );
  }
  return { subjects, skipped };
}

function hasAgent({ ids }: Fleet, key: string): boolean {
  return ids.has(key as AgentKey);
}
