import type { TalkEvent } from "../../commands/talk-event.ts";
import type { EventRows } from "../event-row.ts";
import { stopCode } from "../exit-code.ts";
import { plain } from "../plain-json.ts";
import {
  answerLines,
  betweenLines,
  checksResult,
  partnerText,
  startedOverText,
  talkCost,
} from "../text/talk.ts";
import { apiFailureHint } from "../words/api-failure.ts";
import { checkFailureText } from "../words/check.ts";
import { plainError } from "../words/error-words.ts";

/** What happens while `ask` and `check` talk to agents. */
export const talkRows = {
  checks_finished: { result: checksResult },
  conversation_started: { progress: (event) => [partnerText(event)] },
  conversation_heard: { progress: betweenLines, result: answerLines },
  conversation_started_over: { progress: () => startedOverText },
  conversation_failed: {
    exit: 5,
    error: ({ failure }) =>
      plainError(
        checkFailureText(failure),
        plain(failure),
        failure.kind === "request_failed"
          ? apiFailureHint(failure.failure.kind)
          : "Answer its functions with --functions FILE.",
      ),
  },
  conversation_stopped: {
    exit: ({ by }) => stopCode[by],
    error: ({ by }) =>
      plainError(
        by === "timeout" ? "the run timed out" : `stopped by ${by}`,
        { by },
        "Nothing was changed, and the server keeps nothing of it.",
      ),
  },
  conversation_finished: { progress: (event) => [talkCost(event)] },
} satisfies EventRows<TalkEvent>;
