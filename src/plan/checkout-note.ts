import type { CommitJudgement, Outdated, Recorded } from "./commit-judgement.ts";

/** Why nobody can tell which commit is checked out, although a repository is there. */
export type CheckoutProblem = {
  /**
   * `no_program`: git is not installed; `git_dir`: GIT_DIR names no repository; `no_commit`: HEAD names no commit;
   * `refused`: git does not read the repository.
   */
  readonly kind: "no_program" | "git_dir" | "no_commit" | "refused";
  /** The top folder of the checkout, or what GIT_DIR says. */
  readonly folder: string;
  /** What git said, or what HEAD names. */
  readonly detail: string;
};

/** What the checkout says about a plan. It changes nothing that the plan does. */
export type CheckoutNote =
  /** An apply is refused because of it, unless going back is allowed. */
  | { readonly kind: "outdated"; readonly outdated: Outdated; readonly isAllowed: boolean }
  /** The history that is here does not tell whether a commit is newer. An apply ends with 1, unless going back is allowed. */
  | (Recorded & { readonly kind: "history_missing"; readonly isAllowed: boolean })
  /** A commit that is not contained in what is checked out, and no newer. */
  | (Recorded & {
      readonly kind: "taken_back";
      readonly relation: "diverged" | "unrelated";
    })
  /** Files that the configuration read and that are not as the commit has them. */
  | { readonly kind: "uncommitted"; readonly files: readonly string[] }
  | { readonly kind: "unusable"; readonly problem: CheckoutProblem };

/** What is to be said of commits beside a plan. */
export function commitNotes(
  { outdated, unknown, takenBack }: CommitJudgement,
  isAllowed: boolean,
): readonly CheckoutNote[] {
  return [
    ...outdated.map((each): CheckoutNote => ({ kind: "outdated", outdated: each, isAllowed })),
    ...unknown.map((each): CheckoutNote => ({ kind: "history_missing", ...each, isAllowed })),
    ...takenBack.map((each): CheckoutNote => ({ kind: "taken_back", ...each })),
  ];
}
