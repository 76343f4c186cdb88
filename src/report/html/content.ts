import { isList, isObject, type Json } from "../../agent/json.ts";
import type { ApplyEvent } from "../../apply/event.ts";
import type { RunEvent } from "../../commands/event.ts";
import { groupBy } from "../../plan/group-by.ts";
import type { Plan } from "../../plan/plan.ts";
import { sanitizedLine } from "../safe/sanitize.ts";
import { pageAgent, rankOf } from "./agent.ts";
import { dangersOf } from "./dangers.ts";
import type { PageAgent, PageCommand, PageData } from "./data.ts";
import { pageGraph } from "./graph.ts";
import { stepsOf } from "./steps.ts";
import { sumsOf, verdictOf } from "./verdict.ts";

/** What the page shows of a run whose secrets are masked. Every text in it is made harmless. */
export function pageData(events: readonly RunEvent[], command: PageCommand): PageData {
  const plan = planOf(events);
  const begun = begunApply(events);
  const agents = agentsOf(plan, begun, command);
  const placeOf = new Map(agents.map(({ key }, at) => [key, at]));
  const graph = plan === undefined ? undefined : pageGraph(plan, command, placeOf);
  const data: PageData = {
    command,
    scope: plan === undefined ? "" : scopeText(plan),
    verdict: verdictOf(events, plan, command),
    sums: sumsOf(events),
    dangers: dangersOf(events, plan, command).map(({ keys, kind: _kind, ...danger }) => ({
      ...danger,
      agents: keys.flatMap((key) => placeOf.get(key) ?? []),
    })),
    agents,
    ...(graph !== undefined && { graph }),
    steps: stepsOf(events, plan, begun),
  };
  return mapTexts(data as unknown as Json, sanitizedLine) as unknown as PageData;
}

function agentsOf(
  plan: Plan | undefined,
  begun: readonly ApplyEvent[] | undefined,
  command: PageCommand,
): readonly PageAgent[] {
  if (plan === undefined) return [];
  const fingerprintOf = new Map(plan.fingerprints.map((each) => [each.key as string, each]));
  const movesOf = groupBy(plan.releaseWaves.flat(), ({ key }) => key as string);
  const eventsOf = groupBy(begun ?? [], (event) => ("key" in event ? event.key : ""));
  const telling = { command, server: plan.scope.server };
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

/** What an apply told of itself; undefined when it was never begun. */
function begunApply(events: readonly RunEvent[]): readonly ApplyEvent[] | undefined {
  const start = events.findIndex(({ kind }) => kind === "apply_started");
  return start < 0 ? undefined : events.slice(start).filter(isApplyEvent);
}

const applyKinds: { readonly [Kind in ApplyEvent["kind"]]: true } = {
  apply_started: true,
  writing_started: true,
  agent_written: true,
  write_failed: true,
  listing_failed: true,
  version_verified: true,
  verify_failed: true,
  phase_started: true,
  step_started: true,
  move_started: true,
  gate_started: true,
  gate_said: true,
  gate_passed: true,
  gate_failed: true,
  check_started: true,
  check_tried: true,
  check_passed: true,
  check_failed: true,
  check_stopped: true,
  conversation_left: true,
  stale_conversations_unknown: true,
  pointer_set: true,
  move_failed: true,
  reverted: true,
  pointer_taken: true,
  revert_failed: true,
  duplicate_deleted: true,
  duplicate_left: true,
  apply_superseded: true,
  content_reverted: true,
  content_left: true,
  agent_deleted: true,
  delete_failed: true,
  apply_stopped: true,
  apply_finished: true,
};

function isApplyEvent(event: RunEvent): event is ApplyEvent {
  return Object.hasOwn(applyKinds, event.kind);
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
