import type { RunEvent } from "../commands/event.ts";

/** Where text goes: the result of a run to `out`, everything else that is said to `err`. */
export type Sinks = { out(text: string): void; err(text: string): void };

/** Tells a run in one format: takes each event when it happens, and is finished once after the last. */
export type Reporter = { take(event: RunEvent): void; finish(): void };
