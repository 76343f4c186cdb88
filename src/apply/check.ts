import { removeStaleConversations } from "./conversation-mark.ts";
import { versionToRelease } from "./gate.ts";
import { inParallel } from "./in-parallel.ts";
import { idOf, mayGoOn, type Run } from "./run.ts";
import { type CheckSubject, knownAgents, runCheck } from "./run-check.ts";

/**
 * Runs every check of the plan against the exact version that will be released, before any alias moves. Starts no
 * further check after one has failed. Returns whether all of them passed.
 */
export async function check(run: Run): Promise<boolean> {
  const { plan, emit } = run;
  if (plan.checks.length === 0) return true;
  if (run.checking === undefined) throw new Error("a plan has checks and no conversations port");
  const unremoved = new Set<string>();
  const tools = { ...run.checking, clock: run.clock, unremoved, emit };
  const agents = knownAgents(run.ids);
  const subjects = plan.checks.map(
    (each): CheckSubject => ({
      ...each,
      id: idOf(run, { key: each.key }),
      version: versionToRelease(run, each),
    }),
  );
  const passed = await inParallel(
    subjects,
    tools.parallelism,
    () => mayGoOn(run),
    (subject) => runCheck(subject, agents, tools),
  );
  await removeStaleConversations(tools.conversations, tools.mark, unremoved, emit);
  return passed;
}
