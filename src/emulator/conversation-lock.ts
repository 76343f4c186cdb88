import { refusal } from "./answers.ts";

/** How long a server was seen to hold the lock of a request that was cut off, in milliseconds. */
const heldMs = 90_000;

/** One request at a time for each conversation. */
export type ConversationLock = {
  /** Runs something alone with a conversation; throws 409 while another request does. */
  readonly alone: <Result>(
    id: string,
    request: Request,
    act: () => Promise<Result>,
  ) => Promise<Result>;
};

/** Makes the locks of a server; `holds` says whether one outlives a connection that was cut. */
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
