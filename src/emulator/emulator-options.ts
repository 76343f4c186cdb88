import type { Behaviour } from "./behaviour.ts";
import type { ConversationScript } from "./conversation-script.ts";
import type { SharedState } from "./shared-state.ts";
import type { Instant } from "./stamps.ts";

/** What the emulator gets from outside: it has no clock, random numbers or disk of its own. */
export type EmulatorOptions = {
  /** Switches that differ from the likely behaviour. */
  readonly behaviour?: Partial<Behaviour>;
  readonly now: () => Instant;
  readonly randomBytes: (count: number) => Uint8Array;
  /** How conversations are answered; see `ReplyRule`. If no rule applies, the reply is a fixed sentence. */
  readonly conversations?: ConversationScript;
  /** Waits; without it the switch `latency_ms` and slow replies have no effect. */
  readonly sleep?: (milliseconds: number) => Promise<void>;
  /** The text of the last `save`. A text that cannot be read throws an Error with a plain sentence. */
  readonly saved?: string;
  /** Saves the state. A request is answered only after its change is saved; calls never overlap. */
  readonly save?: (text: string) => Promise<void> | void;
  /** Needed with `save` if other processes change the saved state too. */
  readonly shared?: SharedState;
};
