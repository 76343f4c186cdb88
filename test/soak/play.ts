import { desiredProject } from "./fleet.ts";
import { claim, type Scene } from "./scene.ts";
import { setStage } from "./stage.ts";
import { playStep } from "./step.ts";
import type { Story } from "./story.ts";
import { seedStrangers } from "./strangers.ts";

/** Plays a story and throws at the first promise that is broken, with what led to it. */
export async function play({
  behaviour,
  environment,
  strangers,
  editions,
  steps,
}: Story): Promise<void> {
  const stage = setStage(behaviour);
  seedStrangers(stage.emulator.control, strangers, environment);
  const scene: Scene = {
    stage,
    followed: new Set(),
    unfollowed: new Set(),
    estranged: new Set(),
    editedInPlace: new Map(),
    wishOf: (place) => {
      const edition = editions[place % editions.length];
      claim(edition !== undefined, "a story has an edition");
      return {
        desired: desiredProject(edition, environment, stage.behaviour.first_version),
        prune: edition.prune,
        parallelism: 2,
        onDrift: "fail",
      };
    },
    log: [],
  };
  try {
    for (const step of steps) {
      const edition = editions[step.edition % editions.length];
      claim(edition !== undefined, "a story has an edition");
      if (!(await playStep(scene, step, edition, environment))) return;
    }
  } catch (error) {
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new Error(`${said}\n${scene.log.join("\n")}`);
  }
}
