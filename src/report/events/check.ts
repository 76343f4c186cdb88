import type { CheckEvent } from "../../apply/check-event.ts";
import type { EventRows } from "../event-row.ts";
import { plain } from "../plain-json.ts";
import { apiFailureText } from "../words/api-failure.ts";
import {
  checkFailedText,
  checkFailureText,
  costText,
  failingTryText,
  quoted,
} from "../words/check.ts";
import { failedSentence, failedStep } from "../words/error-words.ts";
import { styled } from "../words/line.ts";

/** What happens while checks are run. */
export const checkRows = {
  check_started: {
    progress: ({ key, check, version }) => [
      [styled("faint", "check "), styled("strong", key), ` version ${version}: `, quoted(check)],
    ],
  },
  check_tried: {
    progress: ({ key, attempt, tries }) => {
      if (tries === 1) return [];
      const [failure] = attempt.failures;
      const what = failure === undefined ? "passed" : `failed: ${checkFailureText(failure)}`;
      return [[styled("faint", `  ${key} │ `), `try ${attempt.number} of ${tries} ${what}`]];
    },
  },
  check_passed: {
    progress: (event) => [
      [
        styled("success", "✓"),
        " passed ",
        styled("strong", event.key),
        ` version ${event.version}, check ${quoted(event.check)}: ${costText(event)}`,
      ],
    ],
  },
  check_failed: {
    // By itself a check says how things are; in an apply it keeps a release from happening.
    exit: (_event, hasWritten) => (hasWritten ? 5 : 2),
    error: (event) =>
      failedSentence(`${checkFailedText(event)}; ${costText(event)}`, plain(event), {
        quote: failingTryText(event),
      }),
  },
  check_stopped: {
    exit: 0,
    error: ({ key, check }) =>
      failedSentence(
        `the check ${quoted(check)} of ${key} was interrupted`,
        { key, check },
        {
          mark: "ended_step",
          head: [`the check ${quoted(check)} of `, styled("strong", key), " was interrupted"],
        },
      ),
  },
  conversation_left: {
    exit: 6,
    error: ({ id, failure }) =>
      failedStep(
        "deleting the conversation",
        id,
        apiFailureText(failure),
        { id, ...plain(failure) },
        `Delete it by hand: DELETE /v1/conversations/${id}`,
      ),
  },
  stale_conversations_unknown: {
    progress: ({ failure }) => [
      [
        styled("warning", "!"),
        ` conversations that earlier checks left behind were not looked for: ${apiFailureText(failure)}`,
      ],
    ],
  },
} satisfies EventRows<CheckEvent>;
