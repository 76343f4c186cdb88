import type { Pointer, Version } from "../../agent/identity.ts";
import type { JsonObject } from "../../agent/json.ts";
import type { ApplyEvent } from "../../apply/event.ts";
import type { RunEvent } from "../../commands/event.ts";
import { groupBy } from "../../plan/group-by.ts";
import type { Plan } from "../../plan/plan.ts";
import { isPart } from "../apply-steps.ts";
import type { ProgramRows } from "../event-row.ts";
import { listed } from "../safe/truncate.ts";
import { eventLines } from "../text/event-lines.ts";
import type { Line } from "../words/line.ts";
import { operationsOf } from "../words/operations.ts";
import { pointerText, versionText } from "../words/pointer-move.ts";
import type { PageData } from "./data.ts";

/** Most agents that one step names. */
const mostNames = 50;

/** The steps of an apply in order; for a plan, the steps that an apply would take, wave by wave. */
export function stepsOf(
  events: readonly RunEvent[],
  plan: Plan | undefined,
  {
    begun,
    rows,
  }: { readonly begun: readonly ApplyEvent[] | undefined; readonly rows: ProgramRows },
): PageData["steps"] {
  if (plan === undefined || events.some(({ kind }) => kind === "drift_found")) {
    return { title: "", items: [] };
  }
  if (begun === undefined) {
    return { title: "What an apply would do, one wave after the other", items: waves(plan) };
  }
  const items = begun
    .filter((event) => !isPart(event))
    .map((event) => eventLines(event, rows, plan.scope.server));
  return { title: "What happened, in order", items: items.filter((lines) => lines.length > 0) };
}

function waves(plan: Plan): readonly (readonly Line[])[] {
  const byWave = groupBy(operationsOf(plan), ({ wave }) => wave);
  return [...byWave.values()].map((operations) => {
    const byVerb = groupBy(operations, ({ operation }) => String(operation));
    return [...byVerb].map(([verb, each]): Line => {
      return [`${verb} ${listed(each.map(objectText), mostNames)}`];
    });
  });
}

function objectText({ agent, alias, from, to, built }: JsonObject): string {
  if (typeof alias !== "string") return String(agent);
  const target = `${versionText(to as Version | null)}${built === true ? " (new)" : ""}`;
  return `${agent} ${pointerText(alias as Pointer)} ${versionText(from as Version | null)} → ${target}`;
}
