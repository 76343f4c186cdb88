import type { Version } from "../agent/identity.ts";
import type { StepFailure } from "./event.ts";
import { revertPointer } from "./pointer.ts";
import type { BuiltVersion, MovedPointer, Run } from "./run.ts";
import { failureOf, StepError } from "./step-error.ts";

/** Where a pointer is after its revert, or why that is unknown. */
export type StepEnd =
  | { readonly kind: "at"; readonly version: Version | undefined }
  | { readonly kind: "failed"; readonly failure: StepFailure };

/** Reverts a pointer to where this apply found it, until `end`, and reports the result. */
export async function revertStep(run: Run, moved: MovedPointer, end: number): Promise<StepEnd> {
  const { key, id, pointer, from, to } = moved;
  const begin = () => run.emit({ kind: "move_started", key, pointer, from: to, to: from });
  try {
    if (run.options.timeLeft() <= 0) throw new StepError({ kind: "out_of_time" });
    const outcome = await revertPointer(run, moved, { end, begin });
    switch (outcome.kind) {
      case "untouched":
        return { kind: "at", version: from };
      case "reverted":
        run.emit({ kind: "reverted", key, id, pointer, to: from });
        return { kind: "at", version: from };
      case "left_to_others": {
        const { found } = outcome;
        run.emit({ kind: "pointer_taken", key, id, pointer, expected: to, found });
        return { kind: "at", version: found };
      }
    }
  } catch (error) {
    const failure = failureOf(error);
    run.emit({ kind: "revert_failed", key, id, pointer, to: from, failure });
    return { kind: "failed", failure };
  }
}

/**
 * The steps that revert the default of an agent from a version of this apply; none for a new agent. There are two if
 * another run wrote between two versions of this apply: when that run reverts too, it moves the default to the first of
 * them.
 */
export function stepsBack(built: BuiltVersion): readonly MovedPointer[] {
  const { key, agent, previous, earlier } = built;
  if (previous === undefined) return [];
  const { id, version: to } = agent;
  const step = { key, id, pointer: "@default", from: previous, to } as const;
  const isBackAtOnce = earlier === undefined || earlier.previous === previous;
  return isBackAtOnce ? [step] : [step, ...stepsBack(earlier)];
}
