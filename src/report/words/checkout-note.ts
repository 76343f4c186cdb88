import type { CheckoutNote, CheckoutProblem } from "../../plan/checkout-note.ts";
import type { Outdated } from "../../plan/commit-judgement.ts";
import { listed } from "../safe/truncate.ts";
import { type Line, styled } from "./line.ts";

/** A note about the checkout in a sentence. */
export function checkoutNoteText(note: CheckoutNote): string {
  switch (note.kind) {
    case "outdated":
      return `${outdatedText(note.outdated)}; ${verdict(note)}`;
    case "history_missing":
      return `${note.key}: commit ${note.commit} was applied before, and the git history here does not show whether it is newer; ${verdict(note)}. ${fetchHistory}`;
    case "taken_back":
      return `${note.key}: this undoes commit ${note.commit}, which ${takenBackTexts[note.relation]}`;
    case "uncommitted":
      return `uncommitted changes: ${listed(note.files)}; versions will be marked -dirty`;
    case "unusable": {
      const { message, fix } = checkoutProblemText(note.problem);
      return `${message}; apply refuses this. ${fix}`;
    }
  }
}

/** The advice for a checkout without its full history. */
export const fetchHistory =
  "Fetch the history: git fetch --unshallow (fetch-depth: 0 on GitHub, GIT_DEPTH: 0 on GitLab). If it is not shallow, it is damaged: clone it again.";

function verdict({ isAllowed }: { readonly isAllowed: boolean }): string {
  return isAllowed ? "--allow-rewind allows it" : "apply refuses this";
}

/** The same, a line each. */
export function checkoutNoteLines(notes: readonly CheckoutNote[]): readonly Line[] {
  return notes.map((note) => [
    styled(note.kind === "uncommitted" ? "faint" : "warning", `! ${checkoutNoteText(note)}`),
  ]);
}

/** Why the current commit is older than the applied one. */
export function outdatedText(outdated: Outdated): string {
  const { key, commit } = outdated;
  switch (outdated.kind) {
    case "newer":
      return `${key}: commit ${commit}, which contains this one, was applied before`;
    case "reverted":
      return `${key}: ${outdated.alias} was moved back from commit ${commit}, and would return to it`;
    case "diverged":
      return `${key}: commit ${commit} of another branch was applied before, and this one is older`;
    case "unrelated":
      return `${key}: commit ${commit}, which is not in this repository, was applied before, and this one is older`;
    case "not_contained":
      return `${key}: commit ${commit} was applied before, and this one does not contain it`;
    case "older_create":
      return `${key}: would be created, but commit ${commit}, which contains this one, was applied to ${outdated.by}`;
  }
}

/** Why git does not show which commit is checked out, and what to do. */
export function checkoutProblemText({ kind, folder, detail }: CheckoutProblem): {
  readonly message: string;
  readonly fix: string;
} {
  switch (kind) {
    case "no_program":
      return {
        message: `${folder} is a git checkout, but git is not installed`,
        fix: "Install git, or put it on PATH.",
      };
    case "git_dir":
      return {
        message: `GIT_DIR is set to ${folder}, which git cannot use${said(detail)}`,
        fix: "Unset GIT_DIR, or set it to the repository of this checkout.",
      };
    case "no_commit":
      return {
        message: `HEAD of ${folder} names no commit${said(detail)}`,
        fix: "Check out a commit or a branch: git status shows what is wrong.",
      };
    case "refused":
      return {
        message: `git cannot read the repository of ${folder}${said(detail)}`,
        fix: "Run git status there: it shows what is wrong.",
      };
  }
}

function said(detail: string): string {
  return detail === "" ? "" : ` (${detail})`;
}

const takenBackTexts = {
  diverged: "is on another branch and not newer",
  unrelated: "is not in this repository and not newer",
} as const;
