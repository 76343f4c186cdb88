import type { ApiFailure } from "../agent/api-error.ts";
import type { GateEnd, StepFailure } from "../apply/event.ts";
import { maskPath } from "./mask-path.ts";
import { cases, each, kept, members, own, type Rule, text } from "./rule.ts";

/** Why a request failed. */
export const maskFailure: Rule<ApiFailure> = members<ApiFailure>({
  method: kept,
  path: own,
  reason: text,
  requestId: text,
});

/** Why a step of an apply failed. */
export const maskStepFailure: Rule<StepFailure> = cases<StepFailure, "kind">("kind", {
  api: { failure: maskFailure },
  metadata_refused: { failure: maskFailure },
  not_taken: { paths: each(maskPath) },
});

/** How a gate ended. */
export const maskGateEnd = cases<Exclude<GateEnd, { kind: "passed" }>, "kind">("kind", {
  broken: { reason: text },
});
