import type { CiNotice, CommentTrouble } from "../ci/notice.ts";
import { cases, own, type Rule, text } from "./rule.ts";

/** What a CI job is told beside the output of the command. */
export const maskNotice: Rule<CiNotice> = cases<CiNotice, "kind">("kind", {
  bad_input: { name: own, expected: own },
  not_started: { reason: text },
  comment_failed: {
    trouble: cases<CommentTrouble, "kind">("kind", { failed: { reason: text } }),
  },
  problem: { code: own, file: own, text: own },
});
