import type { Behaviour } from "./behaviour.ts";
import type { ConversationScript } from "./conversation-script.ts";
import type { SharedState } from "./shared-state.ts";
import type { Instant } from "./stamps.ts";

/** What the emulator is handed: it knows no clock, no chance and no disk of its own. */
export type EmulatorOptions = {
  /** Where the server differs from the likely behaviour. */
  readonly behaviour?: Partial<Behaviour>;
  readonly now: () => Instant;
  readonly randomBytes: (count: number) => Uint8Array;
  /** What conversations are answered with; see `ReplyRule`. Whatever it leaves open gets a fixed reply. */
  readonly conversations?: ConversationScript;
  /** Waits; without it the switch `latency_ms` and slow replies have no effect. */
  readonly sleep?: (milliseconds: number) => Promise<void>;
  /** What `save` was last given. A text that cannot be read throws an Error with a plain sentence. */
  readonly saved?: string;
  /** Keeps the state. A request is answered only after its change was saved; calls never overlap. */
  readonly save?: (text: string) => Promise<void> | void;
  /** Beside `save`, where other processes change what is saved. */
  readonly shared?: SharedState;
};
