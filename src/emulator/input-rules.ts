import { refusal } from "./answers.ts";
import type { Behaviour } from "./behaviour.ts";
import type { JsonObject } from "./json.ts";

/** The parts of a request that the rules about calls and results need. */
type Given = {
  /** The entries before this request. */
  readonly history: readonly JsonObject[];
  readonly inputs: readonly JsonObject[];
  readonly isStart: boolean;
};

/**
 * Refuses inputs that leave a function call without a result, or contain a result that no call waits for, with the
 * messages that were seen (400, code 3001).
 */
export function checkInputs({ history, inputs, isStart }: Given, behaviour: Behaviour): void {
  const waiting = new Set(history.filter(isWaitingCall).map(callId));
  const answered = new Set<string>();
  const take = (entry: JsonObject, isNew: boolean) => {
    const id = callId(entry);
    if (isWaitingCall(entry)) waiting.add(id);
    if (entry.type !== "function.result") return;
    if (isNew) checkResult(id, waiting.has(id), answered.has(id), isStart, behaviour);
    answered.add(id);
    waiting.delete(id);
  };
  for (const entry of history) take(entry, false);
  for (const entry of inputs) take(entry, true);
  if (waiting.size > 0 && !(isStart && behaviour.call_without_result === "accepted")) {
    throw stillMissing([...waiting]);
  }
}

/** Calls that wait for confirmation; they block a conversation as calls without a result do. */
export function unconfirmedCalls(entries: readonly JsonObject[]): readonly string[] {
  return entries.filter((entry) => entry.confirmation_status === "pending").map(callId);
}

/** An error to throw: other inputs while results or confirmations are missing. */
export function stillMissing(ids: readonly string[]) {
  const listed = ids.map((id) => `'${id}'`).join(", ");
  return refusal(
    400,
    `Cannot append other inputs while function results are still missing. Provide function results first for: [${listed}]`,
    3001,
  );
}

function checkResult(
  id: string,
  isWaiting: boolean,
  isAnswered: boolean,
  isStart: boolean,
  behaviour: Behaviour,
): void {
  if (isWaiting) return;
  if (isStart && !isAnswered && behaviour.result_without_call === "accepted") return;
  if ((!isStart || isAnswered) && behaviour.unknown_tool_call === "accepted") return;
  throw isAnswered
    ? refusal(400, `These tool calls already have a result: ['${id}']`, 3001)
    : refusal(400, `Function results with unknown tool_call_ids: ['${id}']`, 3001);
}

/** Whether the client must answer a call: the server itself runs confirmed ones. */
function isWaitingCall({ type, confirmation_status = null }: JsonObject): boolean {
  return type === "function.call" && confirmation_status === null;
}

function callId({ tool_call_id }: JsonObject): string {
  return String(tool_call_id);
}
