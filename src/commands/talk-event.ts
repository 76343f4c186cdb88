import type { TokenUsage } from "../agent/conversation.ts";
import type { AgentId, AgentKey, Version } from "../agent/identity.ts";
import type { TranscriptLine } from "../agent/transcript.ts";
import type { StopReason } from "../apply/event.ts";
import type { CheckFailure } from "../apply/judge-conversation.ts";
import type { FoundBy } from "./talk-target.ts";

/** What happens while `ask` and `check` talk to agents, besides the events of single checks. */
export type TalkEvent =
  /** Every check of `check` is decided. Skipped are agents that are not on the server, or lack the alias. */
  | {
      readonly kind: "checks_finished";
      readonly checks: number;
      readonly failed: number;
      readonly skipped: readonly string[];
      readonly ms: number;
    }
  /** A conversation with one version begins; nothing was sent yet. */
  | {
      readonly kind: "conversation_started";
      readonly key: AgentKey;
      readonly id: AgentId;
      readonly name: string;
      readonly version: Version;
      readonly by: FoundBy;
    }
  /** What was said and done since the last time. */
  | { readonly kind: "conversation_heard"; readonly lines: readonly TranscriptLine[] }
  /** The server does not take entries that it answered with: all turns are said again. */
  | { readonly kind: "conversation_started_over" }
  | {
      readonly kind: "conversation_failed";
      readonly failure: Extract<
        CheckFailure,
        { readonly kind: "request_failed" | "too_many_requests" }
      >;
    }
  /** Checks or a conversation were asked to end. */
  | { readonly kind: "conversation_stopped"; readonly by: StopReason }
  | {
      readonly kind: "conversation_finished";
      readonly turns: number;
      readonly requests: number;
      readonly usage: TokenUsage;
      /** Whether the server kept it while it was held. */
      readonly stored: boolean;
      readonly ms: number;
    };
