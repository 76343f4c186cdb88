/** Saves a state after changes. */
export type Saver = {
  readonly changed: () => void;
  /** Settles when all changes so far are saved; rejects if they could not be saved. */
  readonly saved: () => Promise<void>;
};

/** Calls `save` after changes: never twice at a time, and once for all changes that were made during the last call. */
export function createSaver(save: (() => Promise<void>) | undefined): Saver {
  if (save === undefined) return { changed: () => {}, saved: () => Promise.resolve() };
  let last: Promise<void> = Promise.resolve();
  let isWaiting = false;
  return {
    changed: () => {
      if (isWaiting) return;
      isWaiting = true;
      last = ignoreFailure(last).then(() => {
        isWaiting = false;
        return save();
      });
      // `saved` reports a failure; an unhandled rejection here would end the process.
      void ignoreFailure(last);
    },
    saved: () => last,
  };
}

function ignoreFailure(promise: Promise<void>): Promise<void> {
  return promise.catch(() => {});
}
