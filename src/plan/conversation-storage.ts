import type { AgentRef } from "../agent/identity.ts";
import type { JsonObject } from "../agent/json.ts";
import { asksForConfirmation, hasFunctions, reachOf } from "../agent/reach.ts";

/** Whether the server keeps a conversation while it is held. */
export type Storage = "unstored" | "stored";

/**
 * How a conversation with an agent can be held. Unstored ones send all entries again each time, which begins at the first
 * agent again: that does not do where another one may have taken over before a function is answered, or before the next
 * turn. A confirmation needs a stored one. An agent of which nothing is known may have functions and handoffs.
 */
export function storageFor(
  start: AgentRef,
  find: (ref: AgentRef) => JsonObject | undefined,
  turns: number,
): Storage {
  const { definitions, refs, hasUnknown } = reachOf(start, find);
  const mayHandOff = refs.length > 1;
  const mayReturn = turns > 1 || definitions.some(hasFunctions) || hasUnknown;
  const mustStore = (mayHandOff && mayReturn) || definitions.some(asksForConfirmation);
  return mustStore ? "stored" : "unstored";
}
