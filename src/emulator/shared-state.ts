/** A saved state that other processes read and change as well. */
export type SharedState = {
  /** What somebody else has saved since this process last read or saved it; undefined when nobody has. */
  readonly news: () => string | undefined;
  /** Runs something while nobody else, in this process or another, changes the state. Rejects when it cannot wait longer. */
  readonly alone: <Result>(act: () => Promise<Result>) => Promise<Result>;
};

/** The state of a process that has it for itself. */
export const unsharedState: SharedState = {
  news: () => undefined,
  alone: (act) => act(),
};
