import type { CiNotice, CommentProblem } from "../../ci/notice.ts";
import type { ExitCode } from "../exit-code.ts";
import { truncated } from "../safe/truncate.ts";

/** The level and text of a notice. An `info` is one line of the log without text from outside. */
export type CiNoticeText = {
  readonly level: "info" | "notice" | "warning" | "error";
  readonly title: string;
  readonly text: string;
};

type Wordings = {
  readonly [Kind in CiNotice["kind"]]: (
    notice: Extract<CiNotice, { readonly kind: Kind }>,
  ) => CiNoticeText;
};

const wordings: Wordings = {
  bad_input: ({ name, expected }) =>
    error("agentvane", `The input "${name}" is not valid: expected ${expected}.`),
  ended: ({ command, code, failure }) => {
    const meaning = meanings[code] ?? "It failed.";
    if (failure === undefined) return error(`agentvane ${command}: exit code ${code}`, meaning);
    return error(
      `agentvane ${command}: exit code ${code}, ${failure.code}`,
      `${truncated(failure.message, longestReason)}. ${meaning}`,
    );
  },
  skipped: ({ command, withheld, unset }) => ({
    level: "notice",
    title: `agentvane ${command} was skipped`,
    text: `${withholders[withheld]}, so ${truncated(unset.join(", "), longestReason)} ${unset.length === 1 ? "is" : "are"} not set. The files are valid.`,
  }),
  drifted: ({ command }) =>
    error(`agentvane ${command}`, "Agents were changed outside of git, and fail-on-drift is set."),
  not_started: ({ reason }) => error("agentvane", `agentvane could not be started: ${reason}`),
  result_unwritten: ({ result, reason }) => ({
    level: result === "outputs" ? "error" : "warning",
    title: "agentvane",
    text: `The ${resultNames[result]} could not be written: ${truncated(reason, longestReason)}.`,
  }),
  no_result: ({ command }) =>
    error(
      `agentvane ${command}`,
      "The command wrote no result. Check the input args and the version.",
    ),
  comment_written: ({ isNew }) => ({
    level: "info",
    title: "agentvane",
    text: isNew ? "The comment was created." : "The comment was updated.",
  }),
  comment_failed: ({ problem }) => commentProblemText(problem),
  problem: ({ code, text }) => error(code, text),
};

/** The text of a notice. */
export function ciNoticeText(notice: CiNotice): CiNoticeText {
  const word = wordings[notice.kind] as (each: CiNotice) => CiNoticeText;
  return word(notice);
}

const resultNames = {
  outputs: "outputs of this step",
  summary: "summary of the job",
  markdown: "result as a Markdown file",
} as const;

/** The meaning of each exit code in a sentence, as in docs/exit-codes.md. */
const meanings: { readonly [code: number]: string } = {
  1: "It failed before anything was written.",
  3: "A rule forbids it, and nothing was written.",
  4: "The server changed meanwhile, or the plan is stale: review, then plan again.",
  5: "It failed after the first write; aliases and default versions are as they were.",
  6: "It failed and could not be reverted completely: the output names each repair.",
  64: "The command line is not valid: check the inputs.",
  129: "It was interrupted, and what had moved was reverted.",
  130: "It was interrupted, and what had moved was reverted.",
  143: "It was interrupted, and what had moved was reverted.",
} satisfies { readonly [Code in Exclude<ExitCode, 0 | 2>]: string };

/** Why a job has no secrets, as the first part of a sentence. */
export const withholders = {
  fork: "A pull request from a fork gets no secrets",
  dependabot: "A pull request of Dependabot gets only the secrets of Dependabot",
} as const;

const longestReason = 300;

function commentProblemText(problem: CommentProblem): CiNoticeText {
  const title = "agentvane: no comment";
  switch (problem.kind) {
    case "forbidden":
      return {
        level: "notice",
        title,
        text: `The token may not comment here (status ${problem.status}), as in a pull request from a fork; the result is in the job's summary and log.`,
      };
    case "limited":
      return {
        level: "warning",
        title,
        text: "There were too many requests; the result is in the job's summary and log.",
      };
    case "failed": {
      const status = problem.status === undefined ? [] : [`status ${problem.status}`];
      const reason = problem.reason === "" ? [] : [truncated(problem.reason, longestReason)];
      return {
        level: "warning",
        title,
        text: `The comment could not be written: ${[...status, ...reason].join(", ")}. The result is in the job's summary and log.`,
      };
    }
  }
}

function error(title: string, text: string): CiNoticeText {
  return { level: "error", title, text };
}
