import { pathText } from "../../agent/property-path.ts";
import type { ApplyEvent } from "../../apply/event.ts";
import { listed } from "../safe/truncate.ts";
import { checkFailedText, costText, failingTryText, quoted } from "../words/check.ts";
import {
  apiFailureText,
  gateFailureText,
  stepFailureText,
  takenText,
  verifyFailureText,
} from "../words/failure.ts";
import { type Line, styled } from "../words/line.ts";
import { pointerText, versionText } from "../words/pointer-move.ts";
import { repairCommand } from "../words/repair.ts";
import type { Failure } from "./message.ts";

const failed = (what: string, key: string, ...more: readonly string[]): Failure => ({
  code: undefined,
  mark: cross,
  head: [`${what} `, styled("strong", key)],
  more: more.map((line): Line => [line]),
});
const happened = (what: string, ...more: readonly string[]): Failure => ({
  code: undefined,
  mark: cross,
  head: [what],
  more: more.map((line): Line => [line]),
});
const cross = styled("error", "✗");

const attempts = {
  create: "creating",
  update: "updating",
  complete: "completing",
  forget: "forgetting",
} as const;

const failures = {
  write_failed: ({ key, write, failure }) => failed(attempts[write], key, stepFailureText(failure)),
  listing_failed: ({ failure }) =>
    failed("looking for", "what was created", stepFailureText(failure)),
  verify_failed: ({ key, failure }) => failed("verifying", key, verifyFailureText(failure)),
  gate_failed: (event) => happened(`${gateFailureText(event)}; nothing is released`),
  check_failed: (event) => ({
    ...happened(`${checkFailedText(event)}; ${costText(event)}`),
    more: failingTryText(event),
  }),
  check_stopped: ({ key, check }) => ({
    code: undefined,
    mark: styled("warning", "✗"),
    head: [`the check ${quoted(check)} of `, styled("strong", key), " was ended"],
    more: [],
  }),
  conversation_left: ({ id, failure }) =>
    failed(
      "deleting the conversation",
      id,
      `${apiFailureText(failure)}; delete it by hand: DELETE /v1/conversations/${id}`,
    ),
  move_failed: ({ key, pointer, failure }) =>
    failed("moving", `${key} ${pointerText(pointer)}`, stepFailureText(failure)),
  duplicate_left: ({ key, id, failure }) =>
    failed(
      "removing",
      id,
      failure === undefined
        ? `it is a second agent for ${key} and somebody uses it already; delete one of the two`
        : `a second agent for ${key}: ${stepFailureText(failure)}`,
    ),
  content_left: ({ key, version, paths }) =>
    failed(
      "reverting",
      `the content of ${key} version ${version}`,
      paths === undefined
        ? "nobody knows what stands there now; compare it with agents.yaml and the previous commit, and mend it in the console"
        : `these are not as they were: ${listed(paths.map(pathText))}; set them by hand, in the console or by applying the previous commit`,
    ),
  pointer_taken: (event) => happened(takenText(event), "Look at it, then plan again."),
  revert_failed: (event, server) =>
    failed(
      "reverting",
      `${event.key} ${pointerText(event.pointer)}`,
      stepFailureText(event.failure),
      `it should stand at ${versionText(event.to)}; to repair it by hand:`,
      repairCommand(server, event) ?? "apply again",
    ),
  delete_failed: ({ key, id, failure }) =>
    failed("deleting", `${key} ${id}`, stepFailureText(failure)),
  apply_stopped: ({ by }) => ({
    code: undefined,
    head: [styled("warning", by === "timeout" ? "The run took too long" : `Stopped by ${by}`)],
    more: [],
  }),
} satisfies {
  readonly [Kind in ApplyEvent["kind"]]?: (
    event: Extract<ApplyEvent, { kind: Kind }>,
    server: string,
  ) => Failure;
};

/** The events of an apply that tell of something that went wrong. */
export type FailedKind = keyof typeof failures;

/** An event of an apply that tells of something that went wrong. */
export type FailedEvent = Extract<ApplyEvent, { kind: FailedKind }>;

/** Whether an event tells of something that went wrong. */
export function isFailed(event: { readonly kind: string }): event is FailedEvent {
  return Object.hasOwn(failures, event.kind);
}

/** What went wrong in an apply: which step of what, why, and what to do. */
export function applyFailure(event: FailedEvent, server: string): Failure {
  const word = failures[event.kind] as (each: FailedEvent, server: string) => Failure;
  return word(event, server);
}
