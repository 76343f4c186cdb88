/** Saves a state whenever it changed. */
export type Saver = {
  readonly changed: () => void;
  /** Settles when everything that changed so far is saved; rejects when it could not be. */
  readonly saved: () => Promise<void>;
};

/**
 * Calls `save` after changes: never twice at a time, and once for all changes that came while it could not be
 * called.
 */
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
      // Whoever needs to know asks `saved`; a failure nobody asked about must not end the process.
      void ignoreFailure(last);
    },
    saved: () => last,
  };
}

function ignoreFailure(promise: Promise<void>): Promise<void> {
  return promise.catch(() => {});
}
