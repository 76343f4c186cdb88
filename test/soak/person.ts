import { duplicatesOf } from "./duplicates.ts";
import { contentAt, isOurs, keyIn, tagIn } from "./sight.ts";
import type { Ended, Stage, Wish } from "./stage.ts";
import { hasLateCommit, type Trouble } from "./trouble.ts";

/**
 * Does what only a person can do after a run: takes back edits that dropped the tags, and deletes the one too
 * many where a create was carried out after the run had looked for the last time, where one of two applies
 * at the same time could not take back what it had created, or where somebody has edited what a killed run left.
 */
export async function mend(
  { emulator, plan }: Stage,
  wish: Wish,
  { code, rivals, disturbance }: Ended,
  troubles: readonly Trouble[],
  log: string[],
): Promise<void> {
  const { control } = emulator;
  for (const agent of control.agents().filter(isOurs)) {
    if (keyIn(agent) !== undefined) continue;
    const tagged = agent.versions.findLast(
      ({ version }) => tagIn(contentAt(agent, version), "key") !== undefined,
    );
    if (tagged !== undefined) control.switchVersion(agent.id, tagged.version);
    log.push(`person: switched ${agent.id} back to its tags`);
  }
  const all = duplicatesOf(control.agents());
  if (all.length === 0) return;
  const { refusals, duplicates } = await plan(wish);
  // What was written once and never used goes with the next apply.
  const isGoing = (id: string) => duplicates.some(({ remote }) => remote.id === id);
  const twins = all.filter(({ ids }) => ids.filter(isGoing).length < ids.length - 1);
  if (twins.length === 0) return;
  const isUnresolved = rivals.some((rival) => rival.code !== 0 || code !== 0);
  const isSomebodys = twins.every(({ ids }) => ids.some((id) => disturbance.touched.has(id)));
  if (!hasLateCommit(troubles) && !isUnresolved && !isSomebodys)
    throw new Error(`duplicates: ${JSON.stringify(twins)}`);
  const wanted = new Set<string>(wish.desired.agents.map((agent) => agent.key));
  for (const { key, ids } of twins) {
    const refusal = refusals.find((each) => each.kind === "duplicate_owner" && each.key === key);
    const named = refusal?.kind === "duplicate_owner" ? refusal.suspects.map(({ id }) => id) : [];
    if (wanted.has(key) && !ids.every((id) => named.some((each) => each === id))) {
      throw new Error(`agent ${key} is there twice and not refused: ${ids.join()}`);
    }
    const needless = ids.slice(1);
    for (const id of needless) control.remove(id);
    log.push(`person: deleted ${needless.join()}`);
  }
}
