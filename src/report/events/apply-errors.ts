import { pathText } from "../../agent/property-path.ts";
import { type ApplyEvent, isConcurrency, type StepFailure } from "../../apply/event.ts";
import type { EventRows } from "../event-row.ts";
import { failureCode, stopCode } from "../exit-code.ts";
import { plain, stepJson, withPathTexts } from "../plain-json.ts";
import { listed } from "../safe/truncate.ts";
import { failedSentence, failedStep } from "../words/error-words.ts";
import {
  gateFailureText,
  stepFailureText,
  takenText,
  verifyFailureText,
} from "../words/failure.ts";
import { styled } from "../words/line.ts";
import { pointerText, versionText } from "../words/pointer-move.ts";
import { repairCommand } from "../words/repair.ts";

/** 4 where somebody else was at work. */
const stepCode = ({ failure }: { readonly failure: StepFailure }, hasWritten: boolean) =>
  isConcurrency(failure) ? 4 : failureCode(failure, hasWritten);

const attempts = {
  create: "creating",
  update: "updating",
  complete: "completing",
  forget: "forgetting",
} as const;

/** What goes wrong while a plan is carried out: which step of what, why, and what to do. */
export const applyErrorRows = {
  write_failed: {
    exit: stepCode,
    error: (event) =>
      failedStep(attempts[event.write], event.key, stepFailureText(event.failure), stepJson(event)),
  },
  listing_failed: {
    exit: stepCode,
    error: (event) =>
      failedStep(
        "looking for",
        "what was created",
        stepFailureText(event.failure),
        stepJson(event),
      ),
  },
  verify_failed: {
    exit: stepCode,
    error: (event) =>
      failedStep("verifying", event.key, verifyFailureText(event.failure), stepJson(event)),
  },
  gate_failed: {
    exit: failureCode,
    error: (event) =>
      failedSentence(`${gateFailureText(event)}; nothing is released`, plain(event), {
        output: event.output,
      }),
  },
  move_failed: {
    exit: stepCode,
    error: (event) =>
      failedStep(
        "moving",
        `${event.key} ${pointerText(event.pointer)}`,
        stepFailureText(event.failure),
        stepJson(event),
      ),
  },
  pointer_taken: {
    exit: 4,
    error: (event) =>
      failedSentence(takenText(event), plain(event), { next: ["Review it, then plan again."] }),
  },
  revert_failed: {
    exit: 6,
    error: (event, server) => {
      const { key, pointer, to, failure } = event;
      const command = repairCommand(server, event);
      const repair = command === undefined ? "apply again" : "to repair it by hand:";
      const error = failedStep(
        "reverting",
        `${key} ${pointerText(pointer)}`,
        stepFailureText(failure),
        stepJson(event),
        `it should point to ${versionText(to)}; ${repair}`,
      );
      return command === undefined ? error : { ...error, parts: [{ ...error.parts[0], command }] };
    },
  },
  content_left: {
    exit: 6,
    error: ({ key, version, paths }) =>
      failedStep(
        "reverting",
        `the content of ${key} version ${version}`,
        paths === undefined
          ? "its content is unknown; compare it with agents.yaml and the previous commit, and fix it in the console"
          : `not restored: ${listed(paths.map(pathText))}; set them by hand, in the console or by applying the previous commit`,
        { key, version, ...withPathTexts({ paths }) },
      ),
  },
  duplicate_left: {
    exit: 6,
    error: ({ key, id, failure }) =>
      failedStep(
        "removing",
        id,
        failure === undefined
          ? `it is a duplicate of ${key} and already in use; delete one of the two`
          : `a duplicate of ${key}: ${stepFailureText(failure)}`,
        { key, id },
      ),
  },
  delete_failed: {
    exit: 6,
    error: (event) =>
      failedStep(
        "deleting",
        `${event.key} ${event.id}`,
        stepFailureText(event.failure),
        stepJson(event),
      ),
  },
  apply_stopped: {
    exit: ({ by }, hasWritten) => (by === "timeout" && !hasWritten ? 1 : stopCode[by]),
    error: ({ by }) => {
      const message = by === "timeout" ? "The run timed out" : `Stopped by ${by}`;
      return failedSentence(message, { by }, { mark: "none", head: [styled("warning", message)] });
    },
  },
} satisfies Partial<EventRows<ApplyEvent>>;
