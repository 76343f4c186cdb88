import { ApiError } from "../agent/api-error.ts";
import { type Call, named } from "./call.ts";
import type { Trouble } from "./trouble.ts";

/** What may leave this room of a failed call: nothing that was sent, and no error of a library. */
export function apiErrorOf(call: Call, trouble: Trouble, attempts: number): ApiError {
  const { error: kind, status, reason, requestId } = trouble;
  return new ApiError({
    kind,
    ...named(call),
    ...(status !== undefined && { status }),
    reason,
    ...(requestId !== undefined && { requestId }),
    attempts,
  });
}
