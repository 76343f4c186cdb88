import { refusal } from "./answers.ts";

/** How long a server was seen to hold the lock of an interrupted request, in milliseconds. */
const heldMs = 90_000;

/** Allows one request at a time for each conversation. */
export type ConversationLock = {
  /** Runs `act` with the conversation locked; throws 409 if another request holds the lock. */
  readonly alone: <Result>(
    id: string,
    request: Request,
    act: () => Promise<Result>,
  ) => Promise<Result>;
};

/** Makes the locks of a server; `holds` says whether a lock outlives a closed connection. */
export function createConversationLock(
  milliseconds: () => number,
  holds: () => boolean,
): ConversationLock {
  const until = new Map<string, number>();
  return {
    alone: async (id, request, act) => {
      if ((until.get(id) ?? 0) > milliseconds()) {
        throw refusal(409, "Conversation is being updated, concurrent requests are not supported");
      }
      until.set(id, Number.POSITIVE_INFINITY);
      try {
        return await act();
      } finally {
        if (request.signal.aborted && holds()) until.set(id, milliseconds() + heldMs);
        else until.delete(id);
      }
    },
  };
}
