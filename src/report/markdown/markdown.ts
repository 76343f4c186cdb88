import type { RunEvent } from "../../commands/event.ts";
import type { Plan } from "../../plan/plan.ts";
import type { ProgramRows } from "../event-row.ts";
import type { JsonKind } from "../json/kind.ts";
import type { Reporter } from "../reporter.ts";
import { errorsOf, type RunError } from "../run-error.ts";
import { truncated } from "../safe/truncate.ts";
import { applySections, operationTable } from "./apply.ts";
import { refusalSection } from "./dangers.ts";
import { driftSections } from "./drift.ts";
import { errorSection } from "./errors.ts";
import { fitDocument, type Section } from "./fit.ts";
import { inlineCode } from "./inline.ts";
import { type MarkdownKind, markdownMarker } from "./marker.ts";
import { agentSection, planSections } from "./plan.ts";
import { dangerCounts, verdictText } from "./verdict.ts";

/**
 * GitHub allows 65,536 characters in a comment, and the poster may add lines. We count UTF-16 units, which are never
 * fewer than characters.
 */
const limit = 64_000;

/** Longest name of a project, an environment or a server. */
const longestName = 200;

/**
 * Collects the events of a run and prints one Markdown document at its end, also after a failure, for a comment on a
 * pull request.
 */
export function markdownReporter(
  out: (text: string) => void,
  kind: MarkdownKind,
  rows: ProgramRows,
): Reporter {
  const events: RunEvent[] = [];
  return {
    take: (event) => {
      events.push(event);
    },
    finish: () => out(markdownDocument(events, kind, rows)),
  };
}

/** The Markdown kind of a document; undefined if it has none. */
export function markdownKindOf(document: JsonKind): MarkdownKind | undefined {
  return markdownKinds[document];
}

const markdownKinds: { readonly [Kind in JsonKind]: MarkdownKind | undefined } = {
  plan: "plan",
  drift: "drift",
  report: "apply",
  output: undefined,
  result: undefined,
};

/** The result of a run as Markdown. The same events always give the same text. */
export function markdownDocument(
  events: readonly RunEvent[],
  kind: MarkdownKind,
  rows: ProgramRows,
): string {
  const errors = errorsOf(events, rows);
  const found = events.findLast(
    (event) => event.kind === "planned" || event.kind === "drift_found",
  );
  const plan = found?.plan;
  const frame = {
    above: [
      markdownMarker(kind, plan?.scope),
      titleText(kind, plan),
      verdictText(events, plan, { kind, errors }),
      plan !== undefined && kind !== "drift" && !hasBegun(events) ? dangerCounts(plan) : "",
      operationTable(events),
    ],
    below: plan === undefined ? [] : [originText(plan)],
  };
  return fitDocument(frame, sectionsOf({ events, kind, plan, rows, errors }), limit);
}

/** A run, and what is known of it. */
type Run = {
  readonly events: readonly RunEvent[];
  readonly kind: MarkdownKind;
  readonly plan: Plan | undefined;
  readonly rows: ProgramRows;
  readonly errors: readonly RunError[];
};

function sectionsOf({ events, kind, plan, rows, errors }: Run): readonly Section[] {
  const refusals = events.flatMap((event) => (event.kind === "refused" ? event.refusals : []));
  const problems = [errorSection(errors), refusalSection(refusals)];
  if (plan === undefined) return problems;
  if (kind === "drift") return [...problems, ...driftSections(plan)];
  if (!hasBegun(events)) return [...problems, ...planSections(plan)];
  return [...problems, ...applySections(events, rows), agentSection(plan, "#### What was planned")];
}

function hasBegun(events: readonly RunEvent[]): boolean {
  return events.some((event) => event.kind === "apply_started");
}

function titleText(kind: MarkdownKind, plan: Plan | undefined): string {
  if (plan === undefined) return `### agentvane ${kind}`;
  const { project, environment } = plan.scope;
  const inEnvironment = environment === "" ? "" : `, environment ${nameCode(environment)}`;
  return `### agentvane ${kind}: ${nameCode(project)}${inEnvironment}`;
}

/** The server, and the digest of the plan, which a saved plan has too. */
function originText({ scope, digests }: Plan): string {
  return `<sub>on ${nameCode(scope.server)}, plan ${nameCode(digests.plan.slice(0, 12))}</sub>`;
}

function nameCode(name: string): string {
  return inlineCode(truncated(name, longestName));
}
