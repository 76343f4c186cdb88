/**
 * How a commit that was applied stands to the one that is checked out. `ancestor`: what is checked out contains it;
 * `descendant`: it contains what is checked out; `unrelated`: this repository does not have it; `unknown`: not all of
 * the history is here.
 */
export type CommitRelation =
  | "same"
  | "ancestor"
  | "descendant"
  | "diverged"
  | "unrelated"
  | "unknown";

/** The commit that is checked out, and how others stand to it. */
export type CheckedOut = {
  readonly head: string;
  /** When it was committed, in milliseconds. */
  readonly committedMs: number;
  readonly relationTo: (commit: string) => CommitRelation;
};

/**
 * Which commits may be applied after another commit. `dates`: those that contain it, and those that are not older.
 * `ancestors`: only those that contain it. `off`: any, as in an ephemeral environment.
 */
export type HistoryRule = "dates" | "ancestors" | "off";
