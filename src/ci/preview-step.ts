import type { JobContext } from "./job-context.ts";

/** A step of a preview: create or update it, delete it, or delete all previews that are no longer needed. */
export type PreviewStep = "apply" | "destroy" | "sweep";

/** The preview step for a job; undefined if the job has none. */
export function previewStep({ request, reason }: JobContext): PreviewStep | undefined {
  if (request !== undefined) return request.isClosed ? "destroy" : "apply";
  return reason === "schedule" || reason === "hand" ? "sweep" : undefined;
}
