import type { CommentTexts } from "../../ci/comment-body.ts";
import { toldArgs } from "../../ci/told-args.ts";
import { inlineCode } from "../markdown/inline.ts";

/** The words around the Markdown of a command in a comment. What is from elsewhere is code in them. */
export const ciCommentTexts: CommentTexts = {
  withoutResult: ({ command }, code) =>
    `### agentvane ${command} failed\n\nIt ended with exit code ${code} before it knew more. The log of the job says why.`,
  tooLong: ({ command }) =>
    `### agentvane ${command}\n\nThe result is longer than a comment may be. The job's summary and its log have it.`,
  footer: ({ workingDirectory, file, args }, { commit, log }) => {
    const parts = [
      ...(commit === undefined ? [] : [`for commit ${commit.slice(0, 12)}`]),
      ...(workingDirectory === "." ? [] : [`in ${inlineCode(workingDirectory)}`]),
      ...(file === undefined ? [] : [`file ${inlineCode(file)}`]),
      ...(args.length === 0 ? [] : [`with ${inlineCode(toldArgs(args).join(" "))}`]),
      ...(log === undefined ? [] : [`[log](<${log}>)`]),
    ];
    return parts.length === 0 ? "" : `<sub>${parts.join(" · ")}</sub>`;
  },
};
