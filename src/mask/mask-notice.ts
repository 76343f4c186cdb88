import type { Failure, Spot } from "../ci/failure.ts";
import type { CiNotice, CommentTrouble } from "../ci/notice.ts";
import { cases, each, members, own, type Rule, text } from "./rule.ts";

const spot = members<Spot>({ file: own });

/** What a CI job is told beside the output of the command. */
export const maskNotice: Rule<CiNotice> = cases<CiNotice, "kind">("kind", {
  bad_input: { name: own, expected: own },
  ended: { failure: members<Failure>({ code: own, message: own, spot }) },
  skipped: { unset: each(own) },
  not_started: { reason: text },
  comment_failed: {
    trouble: cases<CommentTrouble, "kind">("kind", { failed: { reason: text } }),
  },
  problem: { code: own, spot, text: own },
});
