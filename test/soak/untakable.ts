import type { Edition } from "./fleet.ts";
import { claim, playRun, type Scene, told } from "./scene.ts";
import type { Ended, Stage, Wish } from "./stage.ts";

/**
 * Whether a run failed, before its first write or after it, because the server takes null for "leave it as it is", and nothing else clears handoffs
 * and labels. What else was to be cleared is not tried beside one of them.
 */
export function isUntakable({ behaviour }: Stage, { code, events }: Ended): boolean {
  const failed = events.flatMap((event) => ("failure" in event ? [event.failure] : []));
  return (
    (code === 5 || code === 1) &&
    behaviour.null_in_patch === "unchanged" &&
    failed.every(
      (failure) =>
        failure?.kind === "not_taken" &&
        failure.paths.some(([name]) => name === "handoffs" || name === "metadata"),
    )
  );
}

/**
 * The same is told every time, and once the rest is built, no version is made any more; but for agents with a
 * secret, which are always built.
 */
export async function playUntakable(scene: Scene, edition: Edition, wish: Wish): Promise<void> {
  let made = 1;
  for (let left = 6; left > 0 && made > 0; left -= 1) {
    const run = await playRun(scene, edition, wish, []);
    claim(isUntakable(scene.stage, run.ended), `not taken, and then ${told(run.ended)}`);
    made = run.made;
    await scene.stage.rest();
  }
  const hasSecret = edition.members.some(({ tool }) => tool === "secret");
  claim(hasSecret || made === 0, `${made} versions made again and again that are not taken`);
}
