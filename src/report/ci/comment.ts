import type { CommentTexts } from "../../ci/comment-body.ts";

/** The words around the Markdown of a command in a comment. Nothing from elsewhere is in them. */
export const ciCommentTexts: CommentTexts = {
  withoutResult: ({ command }, code) =>
    `### agentvane ${command} failed\n\nIt ended with exit code ${code} before it knew more. The log of the job says why.`,
  tooLong: ({ command }) =>
    `### agentvane ${command}\n\nThe result is longer than a comment may be. The job's summary and its log have it.`,
  footer: ({ commit, log }) => {
    const parts = [
      ...(commit === undefined ? [] : [`for commit ${commit.slice(0, 12)}`]),
      ...(log === undefined ? [] : [`[log](<${log}>)`]),
    ];
    return parts.length === 0 ? "" : `<sub>${parts.join(" · ")}</sub>`;
  },
};
