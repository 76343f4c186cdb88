import type { CommentProblem } from "./notice.ts";

/** A comment of a pull request, or a note of a merge request. */
export type Comment = {
  readonly id: number;
  readonly body: string;
  readonly author: CommentAuthor;
};

/** The author of a comment, as far as needed to tell our own from others'. */
export type CommentAuthor = { readonly name: string; readonly isBot: boolean };

export type Page = { readonly comments: readonly Comment[]; readonly isLast: boolean };

/** The result of a request about comments. */
export type ForgeResult<Value> =
  | { readonly kind: "done"; readonly value: Value }
  /** The comment or request does not exist. */
  | { readonly kind: "gone" }
  /** The outcome is unknown. */
  | { readonly kind: "doubtful"; readonly reason: string }
  | { readonly kind: "problem"; readonly problem: CommentProblem };

/** The comments of one pull or merge request. */
export type Comments = {
  /** Most characters of a comment. */
  readonly limit: number;
  /** One page, counted from 1, the oldest first. */
  page(number: number): Promise<ForgeResult<Page>>;
  create(body: string): Promise<ForgeResult<undefined>>;
  update(id: number, body: string): Promise<ForgeResult<undefined>>;
  /** Whether this token wrote it. Comments of others are not updated, because their authors may change them. */
  isOurs(author: CommentAuthor): Promise<boolean>;
};
