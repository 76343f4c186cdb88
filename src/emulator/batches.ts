import type { SharedState } from "./shared-state.ts";

/** Runs changes, several at a time, and saves them together. */
export type Batches = {
  /** Resolves with the result of the change once it is saved; rejects if it could not be saved. */
  readonly run: <Result>(change: () => Promise<Result>) => Promise<Result>;
  /** Whether a change is running that will be saved. */
  readonly isChanging: () => boolean;
};

type Task = { readonly change: () => Promise<void>; readonly settle: (failure?: unknown) => void };

/**
 * Changes of a state that other processes change too: each starts from the saved state and is saved before another
 * process can start. Changes that arrive during a save are saved together, so that many of them wait only once.
 */
export function createBatches(
  alone: SharedState["alone"],
  { refresh, save }: { readonly refresh: () => void; readonly save: () => Promise<void> },
): Batches {
  let waiting: Task[] = [];
  let isWorking = false;
  let isChanging = false;
  const makeBatch = async (tasks: readonly Task[]) => {
    refresh();
    isChanging = true;
    try {
      for (const task of tasks) await task.change();
    } finally {
      isChanging = false;
    }
    await save();
  };
  const work = async () => {
    isWorking = true;
    while (waiting.length > 0) {
      let taken: readonly Task[] = [];
      const failure = await alone(() => {
        taken = waiting;
        waiting = [];
        return makeBatch(taken).then(() => undefined);
      }).catch((error: unknown) => ({ error }));
      if (taken.length === 0) {
        taken = waiting;
        waiting = [];
      }
      for (const task of taken) task.settle(failure);
    }
    isWorking = false;
  };
  return {
    isChanging: () => isChanging,
    run: (change) =>
      new Promise((resolve, reject) => {
        let made: (() => void) | undefined;
        waiting.push({
          change: () =>
            change().then(
              (result) => {
                made = () => resolve(result);
              },
              (error) => {
                made = () => reject(error);
              },
            ),
          settle: (failure) => {
            if (failure === undefined && made !== undefined) made();
            else reject((failure as { readonly error: unknown } | undefined)?.error);
          },
        });
        if (!isWorking) void work();
      }),
  };
}
