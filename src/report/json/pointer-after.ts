import type { AgentKey, Pointer, Version } from "../../agent/identity.ts";
import type { ApplyEvent } from "../../apply/event.ts";
import type { RunEvent } from "../../commands/event.ts";

/** The version of a pointer; an alias without a version does not exist. */
export type PointerAfter = {
  readonly key: AgentKey;
  readonly pointer: Pointer;
  readonly at: Version | undefined;
};

type PointerEvent = Extract<ApplyEvent, { readonly pointer: Pointer }>;

/**
 * The state of a pointer after an event of an apply, also if another writer moved it; undefined if the event is not
 * about a pointer.
 */
export function pointerAfter(event: RunEvent): PointerAfter | undefined {
  if (event.kind === "agent_written") {
    return { key: event.key, pointer: "@default", at: event.version };
  }
  return "pointer" in event ? afterMove(event) : undefined;
}

function afterMove(event: PointerEvent): PointerAfter | undefined {
  const { key, pointer } = event;
  switch (event.kind) {
    case "pointer_set":
    case "reverted":
      return { key, pointer, at: event.to };
    case "pointer_taken":
      return { key, pointer, at: event.found };
    case "move_failed": {
      const { failure } = event;
      return failure.kind === "pointer_moved" ? { key, pointer, at: failure.found } : undefined;
    }
    case "move_started":
    case "revert_failed":
      return undefined;
  }
}
