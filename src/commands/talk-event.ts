import type { TokenUsage } from "../agent/conversation.ts";
import type { AgentId, AgentKey, Version } from "../agent/identity.ts";
import type { TranscriptLine } from "../agent/transcript.ts";
import type { StopReason } from "../apply/event.ts";
import type { CheckFailure } from "../apply/judge-conversation.ts";
import type { FoundBy } from "./talk-target.ts";

/** The events of `ask` and `check`, besides those of single checks. */
export type TalkEvent =
  /** Every check of `check` has ended. Agents that are not on the server, or lack the alias, are skipped. */
  | {
      readonly kind: "checks_finished";
      readonly checks: number;
      readonly failed: number;
      readonly skipped: readonly string[];
      readonly ms: number;
    }
  /** A conversation with one version starts; nothing was sent yet. */
  | {
      readonly kind: "conversation_started";
      readonly key: AgentKey;
      readonly id: AgentId;
      readonly name: string;
      readonly version: Version;
      readonly by: FoundBy;
    }
  /** New lines of the conversation. */
  | { readonly kind: "conversation_heard"; readonly lines: readonly TranscriptLine[] }
  /** The server refuses entries that it answered with: all messages are sent again. */
  | { readonly kind: "conversation_started_over" }
  | {
      readonly kind: "conversation_failed";
      readonly failure: Extract<
        CheckFailure,
        { readonly kind: "request_failed" | "too_many_requests" }
      >;
    }
  /** Checks or a conversation were asked to stop. */
  | { readonly kind: "conversation_stopped"; readonly by: StopReason }
  | {
      readonly kind: "conversation_finished";
      readonly turns: number;
      readonly requests: number;
      readonly usage: TokenUsage;
      /** Whether the server stored it while it was held. */
      readonly stored: boolean;
      readonly ms: number;
    };
