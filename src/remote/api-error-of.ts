import { ApiError } from "../agent/api-error.ts";
import { type Call, named } from "./call.ts";
import type { CallFailure } from "./call-failure.ts";

/** The only description of a failed call that leaves this folder: nothing that was sent, and no error of a library. */
export function apiErrorOf(call: Call, failure: CallFailure, attempts: number): ApiError {
  const { error: kind, status, reason, requestId } = failure;
  return new ApiError({
    kind,
    ...named(call),
    ...(status !== undefined && { status }),
    reason,
    ...(requestId !== undefined && { requestId }),
    attempts,
  });
}
