import type { RunEvent } from "../commands/event.ts";

/** The outputs: `out` for the result of a run, `err` for everything else. */
export type Sinks = { out(text: string): void; err(text: string): void };

/** Reports a run in one format: takes each event when it happens, and is finished once after the last. */
export type Reporter = { take(event: RunEvent): void; finish(): void };
