import { isApiError } from "../agent/api-error.ts";
import type { StepFailure } from "./event.ts";

/** Carries the failure of a step to the place that reports it. */
export class StepError extends Error {
  readonly failure: StepFailure;

  constructor(failure: StepFailure) {
    super(failure.kind);
    this.name = "StepError";
    this.failure = failure;
  }
}

/** The failure behind an error. An error that is neither ours nor the API's is a bug and is rethrown. */
export function failureOf(error: unknown): StepFailure {
  if (error instanceof StepError) return error.failure;
  if (isApiError(error)) return { kind: "api", failure: error.failure };
  throw error;
}
