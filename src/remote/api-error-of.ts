import { ApiError } from "../agent/api-error.ts";
import { type Call, named } from "./call.ts";
import type { Trouble } from "./trouble.ts";

/** Shorter keys, such as a local server's, could be ordinary words of a reason. */
const shortestMasked = 8;

/**
 * What may leave this room of a failed call: nothing that was sent, no error of a library, and not the key
 * even where the server repeats it.
 */
export function apiErrorOf(
  call: Call,
  trouble: Trouble,
  attempts: number,
  apiKey: string,
): ApiError {
  const { error: kind, status, reason, requestId } = trouble;
  return new ApiError({
    kind,
    ...named(call),
    ...(status !== undefined && { status }),
    reason: apiKey.length < shortestMasked ? reason : reason.replaceAll(apiKey, "***"),
    ...(requestId !== undefined && { requestId }),
    attempts,
  });
}
