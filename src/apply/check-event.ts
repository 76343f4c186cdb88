import type { ApiFailure } from "../agent/api-error.ts";
import type { TokenUsage } from "../agent/conversation.ts";
import type { AgentId, AgentKey, Version } from "../agent/identity.ts";
import type { TranscriptLine } from "../agent/transcript.ts";
import type { CheckFailure } from "./judge-conversation.ts";

/** A check of one version of one agent. */
export type CheckedVersion = {
  readonly key: AgentKey;
  readonly check: string;
  readonly id: AgentId;
  readonly version: Version;
};

/** One conversation of a check and its result; without failures it passed. */
export type CheckTry = {
  readonly number: number;
  readonly failures: readonly CheckFailure[];
  /** Empty if the try passed. */
  readonly transcript: readonly TranscriptLine[];
  readonly requests: number;
  readonly usage: TokenUsage;
  /** Whether the server stored the conversation while it was held. */
  readonly stored: boolean;
  readonly ms: number;
};

/** A check with its result. */
export type CheckOutcome = CheckedVersion & {
  readonly tries: readonly CheckTry[];
  readonly passed: number;
  readonly needed: number;
  readonly ms: number;
};

/** The events of checks. */
export type CheckEvent =
  | ({
      readonly kind: "check_started";
      readonly tries: number;
      readonly passes: number;
    } & CheckedVersion)
  | ({
      readonly kind: "check_tried";
      readonly attempt: CheckTry;
      readonly tries: number;
    } & CheckedVersion)
  | ({ readonly kind: "check_passed" } & CheckOutcome)
  | ({ readonly kind: "check_failed" } & CheckOutcome)
  /** The run was asked to stop before the check was decided. */
  | ({ readonly kind: "check_stopped" } & CheckedVersion)
  /** A conversation could not be deleted from the server. */
  | { readonly kind: "conversation_left"; readonly id: string; readonly failure: ApiFailure }
  /** The list of conversations that were left behind could not be read. */
  | { readonly kind: "stale_conversations_unknown"; readonly failure: ApiFailure };
