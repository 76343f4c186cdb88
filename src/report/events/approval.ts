import type { ApprovalEvent } from "../../commands/approval-event.ts";
import type { EventRows } from "../event-row.ts";
import { plain } from "../plain-json.ts";
import { listed } from "../safe/truncate.ts";
import { savedPlanDoneText } from "../text/saved-plan-done.ts";
import { checkoutProblemText, fetchHistory, outdatedText } from "../words/checkout-note.ts";
import { plainError } from "../words/error-words.ts";
import { planDifferenceText, planFaultText } from "../words/plan-difference.ts";

/** What happens between a plan and the first write. */
export const approvalRows = {
  approval_missing: {
    exit: 64,
    error: () =>
      plainError(
        "cannot ask for approval: not running in a terminal",
        {},
        "Nothing was written. To run without the question, add --auto-approve.",
      ),
  },
  drift_refused: {
    exit: 4,
    error: ({ keys }) =>
      plainError(
        `${listed(keys)} ${keys.length === 1 ? "was" : "were"} changed outside agents.yaml; --auto-approve does not overwrite that`,
        { keys },
        "To keep an edit, copy it into agents.yaml; to keep a moved alias, pin it to that version.",
        "To overwrite it, add --on-drift=overwrite. `agentvane drift` shows what changed.",
      ),
  },
  declined: {
    exit: 3,
    error: () => ({ ...plainError("cancelled; nothing was written", {}), saysAll: true }),
  },
  plan_stale: {
    exit: 4,
    error: ({ differences }) =>
      plainError(
        "the plan is stale: the server or the configuration has changed since",
        differences.map(plain),
        ...differences.map(planDifferenceText),
        "Nothing was written. Plan again and review the changes.",
      ),
  },
  plan_unusable: {
    exit: ({ fault }) => (fault.kind === "missing" ? 3 : 4),
    error: ({ path, fault }) =>
      plainError(
        `${path} ${planFaultText(fault)}`,
        { path, ...fault },
        "Nothing was written. Save a plan with `agentvane plan --out FILE`, then apply that file.",
      ),
  },
  saved_plan_done: { result: savedPlanDoneText },
  commit_outdated: {
    exit: 4,
    error: ({ outdated }) =>
      plainError(
        "the checked-out commit is older than what was applied before",
        outdated.map(plain),
        ...outdated.map(outdatedText),
        "Nothing was written. Check out the newest commit, or apply the older one with --allow-rewind.",
      ),
  },
  commit_unknown: {
    exit: 1,
    error: ({ agents }) =>
      plainError(
        "the git history here does not show whether a newer commit was applied before",
        agents.map(plain),
        ...agents.map(({ key, commit }) => `${key}: commit ${commit}`),
        `Nothing was written. ${fetchHistory}`,
      ),
  },
  checkout_unusable: {
    exit: 1,
    error: ({ problem }) => {
      const { message, fix } = checkoutProblemText(problem);
      return plainError(
        message,
        plain(problem),
        "So it is unknown whether a newer commit was applied before. Nothing was written.",
        `${fix} To apply without that check, add --allow-rewind.`,
      );
    },
  },
} satisfies EventRows<ApprovalEvent>;
