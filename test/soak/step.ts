import type { AgentId } from "../../src/agent/identity.ts";
import { overwrittenAgents } from "../../src/plan/agent-drift.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { asSentOn } from "./as-sent.ts";
import { duplicatesOf } from "./duplicates.ts";
import { versionsIn, wasted } from "./economy.ts";
import { desiredProject, type Edition } from "./fleet.ts";
import { mend } from "./person.ts";
import { claim, claimEnd, claimNone, playRun, type Run, type Scene, told } from "./scene.ts";
import type { Stage, Wish } from "./stage.ts";
import type { Step } from "./story.ts";
import { hasLateCommit } from "./trouble.ts";
import { isUntakable, playUntakable } from "./untakable.ts";

/** Plays one step up to its end state. Tells whether the story can go on. */
export async function playStep(
  scene: Scene,
  step: Step,
  edition: Edition,
  environment: string,
): Promise<boolean> {
  const { stage, log } = scene;
  await stage.rest();
  const mayDrift = takesBack(scene, edition) || mayLookUntaken(scene);
  const wish: Wish = {
    desired: desiredProject(edition, environment, stage.behaviour.first_version),
    prune: edition.prune,
    parallelism: step.parallelism,
    onDrift: mayDrift ? "overwrite" : step.onDrift,
  };
  const planned = await stage.plan(wish);
  log.push(`step: ${planned.agents.map(({ key, action }) => `${key} ${action}`).join(", ")}`);
  if (planned.refusals.length > 0) return playRefusal(scene, edition, wish, planned);
  const drifted = overwrittenAgents(planned).map(({ key }) => key);
  claim(mayDrift || drifted.length === 0, `nobody was there, and yet ${drifted} drifted`);
  const { register, emulator } = stage;
  const isAsSent = asSentOn(stage, wish);
  claimNone(wasted(planned, emulator.control.agents(), edition, register.slotOfLiving, isAsSent));

  const killed = await playKills(scene, edition, wish, step.kills);
  const last = await playRun(scene, edition, wish, step.troubles);
  const run = { ...last, made: last.made + killed.made };
  const isAlone =
    run.ended.rivals.length === 0 &&
    run.ended.disturbance.touched.size === 0 &&
    !hasLateCommit(step.troubles);
  const isUnseen = killed.runs > 0 && leavesUnseen(stage);
  if (isAlone && !isUnseen) await claimAlone(scene, edition, wish, step, run);
  const onDrift = isAlone && !mayDrift && !wasCutGoingBack(run) ? "fail" : "overwrite";
  await stage.rest();
  await mend(stage, wish, run.ended, step.troubles, log);
  const mayEnd = isAlone && !isUnseen;
  const made = await playReruns(scene, edition, { ...wish, onDrift }, run, { isAlone, mayEnd });
  if (made === undefined) return false;
  await claimEnd(scene, edition, wish);
  for (const { slot } of edition.members) scene.estranged.delete(slot);
  const kills = killed.runs + (run.ended.code === undefined ? 1 : 0);
  // What a list has not shown yet is made again.
  const isAllSeen = killed.runs === 0 || stage.behaviour.listed_after_reads === 0;
  if (isAlone && isAllSeen) claimThrift(stage, edition, planned, made, kills);
  return true;
}

/** Whether runs that were killed left agents beside those of their keys that no list has shown to anybody yet. */
function leavesUnseen({ behaviour, emulator }: Stage): boolean {
  return behaviour.listed_after_reads > 0 && duplicatesOf(emulator.control.agents()).length > 0;
}

/** Runs that are killed after a write, with no time in between; one that got through before that is none. */
async function playKills(
  scene: Scene,
  edition: Edition,
  wish: Wish,
  kills: readonly number[],
): Promise<{ readonly made: number; readonly runs: number }> {
  let [made, runs] = [0, 0];
  for (const write of kills) {
    const run = await playRun(scene, edition, wish, [{ kind: "crash", write, when: "after" }]);
    made += run.made;
    if (run.ended.code === undefined) runs += 1;
  }
  return { made, runs };
}

/** What such a run leaves looks like a rollback by hand, about which a person has to be asked. */
function wasCutGoingBack(run: Run): boolean {
  const { code, events } = run.ended;
  const isGoingBack = events.some(
    (each) => each.kind === "phase_started" && each.phase === "revert",
  );
  return (code === undefined && isGoingBack) || isLeftSplit(run);
}

/**
 * An alias went back, its default did not, and there was no time, or no way, to set the alias forward again. The alias
 * moved last then, which is drift whoever moved it, so that no merge undoes an emergency rollback (contract, pointers).
 */
function isLeftSplit({ ended: { code, events } }: Run): boolean {
  const stuck = events.flatMap((each) =>
    each.kind === "revert_failed" && each.pointer === "@default" ? [each.id] : [],
  );
  const isSplit = (id: AgentId) =>
    events.findLast(
      (each) =>
        (each.kind === "reverted" || each.kind === "pointer_set") &&
        each.id === id &&
        each.pointer !== "@default",
    )?.kind === "reverted";
  return code === 6 && stuck.some(isSplit);
}

/** What holds for a run beside which nobody else was at work. */
async function claimAlone(
  scene: Scene,
  edition: Edition,
  wish: Wish,
  { troubles }: Step,
  { ended }: Run,
): Promise<void> {
  claim(ended.code !== 4, `nobody else was there: ${told(ended)}`);
  if (ended.code === 0) return claimEnd(scene, edition, wish);
  const hasReason = troubles.length > 0 || isUntakable(scene.stage, ended);
  claim(hasReason, `nothing went wrong: ${told(ended)}`);
}

/**
 * Applies again, now that nothing goes wrong any more, until it gets through: once is enough, unless others
 * left something to be found out. Gives the versions made in all, or undefined when the story ends here.
 */
async function playReruns(
  scene: Scene,
  edition: Edition,
  wish: Wish,
  first: Run,
  { isAlone, mayEnd }: { readonly isAlone: boolean; readonly mayEnd: boolean },
): Promise<number | undefined> {
  const { stage } = scene;
  if (first.ended.code === 0 && mayEnd) return first.made;
  let { ended, made } = first;
  for (let left = isAlone ? 1 : 3; left > 0; left -= 1) {
    const again = await stage.plan(wish);
    if ((!isAlone && isLeftToPerson(again)) || isStillUncleared(again)) return undefined;
    const rerun = await playRun(scene, edition, wish, []);
    ended = rerun.ended;
    made += rerun.made;
    if (ended.code === 0) return made;
    if (isUntakable(stage, ended)) {
      await playUntakable(scene, edition, wish);
      return undefined;
    }
    await stage.rest();
  }
  claim(false, `no rerun got through: ${told(ended)}`);
}

/** After what others did, a rule may stand in the way: a person has to act. */
function isLeftToPerson({ refusals }: Plan): boolean {
  // A default that was switched back may be protected again.
  const rules = ["unknown_version", "still_used", "protected"];
  return refusals.some(({ kind }) => rules.includes(kind));
}

/** A handoff that the server does not clear: whom it leads to may not be deleted, and the plan says both. */
function isStillUncleared({ agents, refusals }: Plan): boolean {
  const isUncleared = agents.some(
    (plan) => "notes" in plan && plan.notes.some(({ kind }) => kind === "not_taken_before"),
  );
  return isUncleared && refusals.some(({ kind }) => kind === "still_used");
}

/** A rule forbids the edition as things stand: that it says, without a write. */
async function playRefusal(
  scene: Scene,
  edition: Edition,
  wish: Wish,
  { refusals }: Plan,
): Promise<boolean> {
  const rules = ["protected", "still_used", "unknown_version"];
  const others = refusals.map(({ kind }) => kind).filter((kind) => !rules.includes(kind));
  claim(others.length === 0, `refused for no reason: ${others.join()}`);
  const { ended } = await playRun(scene, edition, wish, []);
  claim(ended.code === 3, `${told(ended)} instead of a refusal`);
  return true;
}

/** Exactly the versions that were planned; one more at most for each run that was killed. */
function claimThrift(
  { behaviour }: Stage,
  edition: Edition,
  planned: Plan,
  made: number,
  kills: number,
): void {
  const least = versionsIn(planned);
  // A null that is not taken costs a second version, and both again after a run that ended in between.
  const emptied = behaviour.null_in_patch === "unchanged" ? 2 * planned.agents.length : 0;
  const secrets = edition.members.filter(({ tool }) => tool === "secret").length;
  const most = least + emptied * (1 + kills) + secrets * (1 + kills) + kills;
  claim(made >= least && made <= most, `${made} versions made instead of ${least} to ${most}`);
}

/**
 * Whether somebody edited the newest version of an agent in place, which a revert has left since. Nothing tells that
 * from what a server never took: an apply that is to use it again names both, and a person has to say that it is
 * overwritten (docs/design.md, "Versions that were edited in place").
 */
function mayLookUntaken({ stage, editedInPlace }: Scene): boolean {
  return stage.emulator.control
    .agents()
    .some(
      ({ id, version, versions }) =>
        editedInPlace.get(id) === versions.at(-1)?.version && versions.at(-1)?.version !== version,
    );
}

/**
 * Whether an edition may take back what somebody did: an agent that others had to do with comes back, or an
 * alias follows again that was pinned or removed, which looks like a hand's work.
 */
function takesBack(scene: Scene, { members }: Edition): boolean {
  const { followed, unfollowed, estranged } = scene;
  return members
    .map(({ slot, aliases }) => {
      const wanted = new Map(
        Object.entries(aliases).map(([alias, at]) => [`${slot} ${alias}`, at]),
      );
      const known = [...followed].filter((name) => name.startsWith(`${slot} `));
      for (const name of [...known, ...wanted.keys()]) {
        if (wanted.get(name) === "latest") followed.add(name);
        else unfollowed.add(name);
      }
      const follows = [...wanted].filter(([, at]) => at === "latest");
      return estranged.has(slot) || follows.some(([name]) => unfollowed.has(name));
    })
    .some(Boolean);
}
