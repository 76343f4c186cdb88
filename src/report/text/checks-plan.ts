import { type CheckRun, estimatedRequests, manyRequests } from "../../plan/checked.ts";
import { groupBy } from "../../plan/group-by.ts";
import type { Plan } from "../../plan/plan.ts";
import { counted, listed, truncated } from "../safe/truncate.ts";
import { type Line, styled } from "../words/line.ts";
import { releasedText } from "../words/released-version.ts";

const longestName = 200;

/** The checks of a plan by name, each with its agents. */
export function checksByName({
  checks,
}: Plan): readonly (readonly [string, readonly CheckRun[]])[] {
  return [...groupBy(checks, ({ check }) => check.name)];
}

/** How many checks run, and about how many requests they need. */
export function checksSum({ checks }: Plan): string {
  const runs = `${counted(checks.length, "check")} ${checks.length === 1 ? "runs" : "run"}`;
  return `${runs} before the release, about ${counted(estimatedRequests(checks), "request")}`;
}

/** Whether the checks of a plan need so many requests that users should be warned. */
export function takesManyRequests({ checks }: Plan): boolean {
  return estimatedRequests(checks) > manyRequests;
}

/** The checks of a plan, which must pass before anything is released. */
export function checksText(plan: Plan): readonly Line[] {
  if (plan.checks.length === 0) return [];
  return [
    [`${checksSum(plan)}:`],
    ...checksByName(plan).map(
      ([name, runs]): Line => [
        "  ",
        styled("strong", truncated(name, longestName)),
        `  for ${listed(runs.map(releasedText))}`,
      ],
    ),
    ...(takesManyRequests(plan) ? [[styled("warning", `! ${manyRequestsText}`)]] : []),
  ];
}

/** The advice for checks that need many requests. */
export const manyRequestsText =
  "Every request is paid for and takes its time: limit checks with agents, or lower tries.";
