/** A saved state that other processes read and change too. */
export type SharedState = {
  /** What another process has saved since this one last read or saved; undefined if none has. */
  readonly news: () => string | undefined;
  /**
   * Runs `act` while no other caller, in this process or another, changes the state. Rejects if the wait takes too
   * long.
   */
  readonly alone: <Result>(act: () => Promise<Result>) => Promise<Result>;
};

/** The state of a process that shares it with no other. */
export const unsharedState: SharedState = {
  news: () => undefined,
  alone: (act) => act(),
};
