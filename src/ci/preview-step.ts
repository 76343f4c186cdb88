import type { JobContext } from "./job-context.ts";

/** What is to become of previews: made or brought up to date, deleted, or all deleted that nobody needs. */
export type PreviewStep = "apply" | "destroy" | "sweep";

/** What the reason of a job means for previews; undefined when it means nothing. */
export function previewStep({ request, reason }: JobContext): PreviewStep | undefined {
  if (request !== undefined) return request.isClosed ? "destroy" : "apply";
  return reason === "schedule" || reason === "hand" ? "sweep" : undefined;
}
