import type { ApiErrorKind, ApiFailure } from "../../agent/api-error.ts";
import { counted, truncated } from "../safe/truncate.ts";

/** Most characters of a server's reason. */
const longestReason = 500;

/** The failure of a request: the reason first, then the request to look for in logs. */
export function apiFailureText(failure: ApiFailure): string {
  const { method, path, status, reason, requestId, attempts } = failure;
  const facts = [
    `${method} ${path}`,
    ...(status === undefined ? [] : [`status ${status}`]),
    ...(requestId === undefined ? [] : [`request ${requestId}`]),
    ...(attempts > 1 ? [`sent ${counted(attempts, "time")}`] : []),
  ];
  return `${truncated(reason, longestReason)} (${facts.join(", ")})`;
}

/** The advice for a failed request. */
export function apiFailureHint(kind: ApiErrorKind): string {
  return hints[kind];
}

const hints: { readonly [Kind in ApiErrorKind]: string } = {
  refused: "The server refused the request; its reason says why.",
  missing: "Check --server-url, and that the agent still exists.",
  forbidden: "Check that the API key is right and belongs to the workspace of these agents.",
  limited: "Try again later, or with a smaller --parallelism.",
  unavailable: "Try again; nothing was changed.",
  unknown_outcome: "Plan again: the plan shows whether the request was carried out.",
};
