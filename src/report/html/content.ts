import { isList, isObject, type Json } from "../../agent/json.ts";
import type { ApplyEvent } from "../../apply/event.ts";
import type { RunEvent } from "../../commands/event.ts";
import { groupBy } from "../../plan/group-by.ts";
import type { Plan } from "../../plan/plan.ts";
import { isApplyEvent } from "../apply-steps.ts";
import type { ProgramRows } from "../event-row.ts";
import { errorsOf } from "../run-error.ts";
import { sanitizedLine } from "../safe/sanitize.ts";
import { type AgentReport, pageAgent, rankOf } from "./agent.ts";
import { dangersOf } from "./dangers.ts";
import type { PageAgent, PageCommand, PageData } from "./data.ts";
import { pageGraph } from "./graph.ts";
import { stepsOf } from "./steps.ts";
import { sumsOf, verdictOf } from "./verdict.ts";

/** The page of a run whose secrets are masked. Every text in it is sanitized. */
export function pageData(
  events: readonly RunEvent[],
  command: PageCommand,
  rows: ProgramRows,
): PageData {
  const plan = planOf(events);
  const begun = begunApply(events);
  const errors = errorsOf(events, rows);
  const agents = agentsOf(plan, begun, { command, rows });
  const placeOf = new Map(agents.map(({ key }, at) => [key, at]));
  const graph = plan === undefined ? undefined : pageGraph(plan, command, placeOf);
  const data: PageData = {
    command,
    scope: plan === undefined ? "" : scopeText(plan),
    verdict: verdictOf(events, plan, { command, errors }),
    sums: sumsOf(events, errors),
    dangers: dangersOf(events, plan, { command, errors }).map(
      ({ keys, kind: _kind, isRepair: _isRepair, ...danger }) => ({
        ...danger,
        agents: keys.flatMap((key) => placeOf.get(key) ?? []),
      }),
    ),
    agents,
    ...(graph !== undefined && { graph }),
    steps: stepsOf(events, plan, { begun, rows }),
  };
  return mapTexts(data as unknown as Json, sanitizedLine) as unknown as PageData;
}

function agentsOf(
  plan: Plan | undefined,
  begun: readonly ApplyEvent[] | undefined,
  report: Pick<AgentReport, "command" | "rows">,
): readonly PageAgent[] {
  if (plan === undefined) return [];
  const fingerprintOf = new Map(plan.fingerprints.map((each) => [each.key as string, each]));
  const movesOf = groupBy(plan.releaseWaves.flat(), ({ key }) => key as string);
  const eventsOf = groupBy(begun ?? [], (event) => ("key" in event ? event.key : ""));
  const telling = { ...report, server: plan.scope.server };
  const agents = plan.agents.map((each) =>
    pageAgent(
      {
        plan: each,
        fingerprint: fingerprintOf.get(each.key),
        moves: movesOf.get(each.key) ?? [],
        events: begun === undefined ? undefined : (eventsOf.get(each.key) ?? []),
      },
      telling,
    ),
  );
  return agents.toSorted((left, right) => rankOf(left) - rankOf(right));
}

function planOf(events: readonly RunEvent[]): Plan | undefined {
  return events.findLast((event) => event.kind === "planned" || event.kind === "drift_found")?.plan;
}

/** The events of an apply; undefined if it did not start. */
function begunApply(events: readonly RunEvent[]): readonly ApplyEvent[] | undefined {
  const start = events.findIndex(({ kind }) => kind === "apply_started");
  return start < 0 ? undefined : events.slice(start).filter(isApplyEvent);
}

function scopeText({ scope: { project, environment, server } }: Plan): string {
  return `${project}${environment === "" ? "" : ` (${environment})`} on ${server}`;
}

function mapTexts(value: Json, change: (text: string) => string): Json {
  if (typeof value === "string") return change(value);
  if (isList(value)) return value.map((each) => mapTexts(each, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, mapTexts(each, change)]),
  );
}
