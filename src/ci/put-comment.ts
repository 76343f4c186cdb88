import type { Comment, Comments, ForgeResult } from "./comments.ts";
import { markerOf } from "./marker.ts";
import type { CiNotice, CommentProblem } from "./notice.ts";

/** A comment as it should be. */
export type WantedComment = {
  readonly body: string;
  /** Its first line, if the Markdown has a marker. */
  readonly marker: string | undefined;
  /** Its last line. */
  readonly slot: string;
};

/** Longer discussions are not read to the end. */
const mostPages = 100;

/** Writes a new comment. */
export async function addComment(comments: Comments, body: string): Promise<CiNotice> {
  const outcome = await comments.create(body);
  return outcome.kind === "done" ? written(true) : commentFailed(outcome);
}

/**
 * Creates the comment, or updates the existing one. If it is unknown whether a comment was created, searches for it
 * before creating it again.
 */
export async function keepComment(comments: Comments, wanted: WantedComment): Promise<CiNotice> {
  let last: ForgeResult<unknown> = { kind: "gone" };
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const found = await findComment(comments, wanted);
    if (found.kind !== "done") return commentFailed(found);
    const known = found.value;
    last =
      known === undefined
        ? await comments.create(wanted.body)
        : await comments.update(known.id, wanted.body);
    if (last.kind === "done") return written(known === undefined);
    // Deleted since it was listed, or perhaps created: searching again shows which.
    if (last.kind === "problem") return commentFailed(last);
  }
  return commentFailed(last);
}

/**
 * The existing comment of the same task. If both comments name a project and environment and these differ, it is
 * another comment: the file of a task may change its project.
 */
async function findComment(
  comments: Comments,
  { marker, slot }: WantedComment,
): Promise<ForgeResult<Comment | undefined>> {
  const holds = ({ body }: Comment) => {
    if (body.trimEnd().split(/\r?\n/).at(-1) !== slot) return false;
    const known = markerOf(body);
    return known === undefined || marker === undefined || known === marker;
  };
  for (let number = 1; number <= mostPages; number += 1) {
    const page = await comments.page(number);
    if (page.kind !== "done") return page;
    for (const comment of page.value.comments.filter(holds)) {
      if (await comments.isOurs(comment.author)) return { kind: "done", value: comment };
    }
    if (page.value.isLast) break;
  }
  return { kind: "done", value: undefined };
}

function written(isNew: boolean): CiNotice {
  return { kind: "comment_written", isNew };
}

/** The notice of a comment that could not be written. */
export function commentFailed(
  outcome: Exclude<ForgeResult<unknown>, { readonly kind: "done" }>,
): CiNotice {
  return { kind: "comment_failed", problem: problemOf(outcome) };
}

function problemOf(
  outcome: Exclude<ForgeResult<unknown>, { readonly kind: "done" }>,
): CommentProblem {
  switch (outcome.kind) {
    case "gone":
      return { kind: "forbidden", status: 404 };
    case "doubtful":
      return { kind: "failed", reason: outcome.reason };
    case "problem":
      return outcome.problem;
  }
}
