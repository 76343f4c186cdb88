import type { RunFailure } from "../ci/failure.ts";
import type { CiNotice, CommentProblem } from "../ci/notice.ts";
import { maskPosition as position } from "./mask-position.ts";
import { cases, each, members, own, type Rule, text } from "./rule.ts";

/** What a CI job says in addition to the output of the command. */
export const maskNotice: Rule<CiNotice> = cases<CiNotice, "kind">("kind", {
  bad_input: { name: own, expected: own },
  ended: { failure: members<RunFailure>({ code: own, message: own, position }) },
  skipped: { unset: each(own) },
  not_started: { reason: text },
  result_unwritten: { reason: text },
  comment_failed: {
    problem: cases<CommentProblem, "kind">("kind", { failed: { reason: text } }),
  },
  problem: { code: own, position, text: own },
});
