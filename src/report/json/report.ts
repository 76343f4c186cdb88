import { agentTable } from "../../agent/agent-table.ts";
import type { Json, JsonObject } from "../../agent/json.ts";
import { pathText } from "../../agent/property-path.ts";
import { withoutSecrets } from "../../agent/without-secrets.ts";
import type { RunEvent } from "../../commands/event.ts";
import type { MemberProblem } from "../../config/check-members.ts";
import { isOperation } from "../apply-steps.ts";
import { doctorCheckJson } from "../doctor-check-json.ts";
import { plain, stepJson } from "../plain-json.ts";
import type { RunError } from "../run-error.ts";
import { renderedProject } from "../words/rendered.ts";
import { repairCommand } from "../words/repair.ts";
import { documentOf } from "./document.ts";
import { outputAfter } from "./output-after.ts";
import { driftMembers, emptyPlanMembers, planMembers } from "./plan.ts";
import { checksMembers, conversationMembers } from "./talk.ts";

/** The output of `plan --format json`: schemas/plan.schema.json. */
export function planDocument(events: readonly RunEvent[], error: RunError | undefined): JsonObject {
  return documentOf("plan", error, planned(events));
}

/** The output of `drift --format json`, in the shape of a plan. */
export function driftDocument(
  events: readonly RunEvent[],
  error: RunError | undefined,
): JsonObject {
  const found = events.find((event) => event.kind === "drift_found");
  return documentOf(
    "drift",
    error,
    found === undefined ? emptyPlanMembers : driftMembers(found.plan),
  );
}

/** The steps of an apply: schemas/report.schema.json. Also the content of `--report`. */
export function reportDocument(
  events: readonly RunEvent[],
  error: RunError | undefined,
): JsonObject {
  const operations = events.flatMap((event) => (isOperation(event) ? [stepJson(event)] : []));
  const start = events.find((event) => event.kind === "apply_started");
  const end = events.find((event) => event.kind === "apply_finished");
  return documentOf("report", error, {
    ...planned(events),
    planned_operations: planned(events).operations ?? [],
    release: start?.release ?? null,
    released: end?.released ?? false,
    duration_ms: end?.ms ?? null,
    operations,
    output: outputAfter(events),
    repairs: repairs(events),
    pins: events.flatMap((event) => (event.kind === "pinned" ? event.pins.map(plain) : [])),
  });
}

/** The output of `validate`, `render`, `show` and `init`. */
export function resultDocument(
  events: readonly RunEvent[],
  error: RunError | undefined,
): JsonObject {
  for (const event of events) {
    switch (event.kind) {
      case "validated":
        return documentOf("validation", error, {
          project: event.desired.project,
          agents: event.desired.agents.map(({ key }) => key),
          files: event.files,
          environments: event.environments,
          ephemeral: event.desired.isEphemeral,
          unset: event.unset,
        });
      case "rendered":
        return documentOf("definitions", error, renderedProject(event.desired));
      case "shown":
        return documentOf("agents", error, {
          project: event.project,
          environment: event.environment,
          agents: event.agents.map(({ key, agent, aliases }) => ({
            key,
            agent: withoutSecrets(agentTable, agent),
            aliases: aliases.map((alias) => ({ ...alias })),
          })),
        });
      case "environments_read":
        return documentOf("environments", error, {
          project: event.project,
          environments: event.environments.map(({ release, isEphemeral, ...each }) => ({
            ...each,
            newest_release: release,
            ephemeral: isEphemeral,
          })),
          unread_keys: event.unread,
        });
      case "explained":
        return documentOf("explanation", error, { code: event.code, ...plain(event.page) });
      case "check_started":
      case "checks_finished":
        return documentOf("checks", error, checksMembers(events));
      case "conversation_started":
        return documentOf("conversation", error, conversationMembers(event, events));
      case "diagnosed":
        return documentOf("diagnosis", error, {
          findings: event.findings.map(doctorCheckJson),
          probed: events.flatMap((each) =>
            each.kind === "probed" ? each.found.map((one) => ({ ...one })) : [],
          ),
        });
      case "history_read":
        return documentOf("history", error, {
          key: event.key,
          id: event.id,
          versions: event.entries.map(
            ({ isDefault, message, commit, time, notAfter, ...entry }) => ({
              ...entry,
              default: isDefault,
              message: message ?? null,
              commit: commit ?? null,
              time: time ?? null,
              not_after: notAfter ?? null,
            }),
          ),
        });
      case "versions_compared":
        return documentOf("comparison", error, {
          key: event.key,
          before: event.before,
          after: event.after,
          changes: event.changes.map(({ path, before, after }) => ({
            path: pathText(path),
            before: before ?? null,
            after: after ?? null,
          })),
        });
      default:
    }
  }
  const files = events.flatMap((event) => (event.kind === "file_written" ? [event.path] : []));
  const imported = events.flatMap((event) =>
    event.kind === "imported" ? event.agents.map(importedJson) : [],
  );
  const bound = events.flatMap((event) =>
    event.kind === "imported" ? event.bound.map(plain) : [],
  );
  const leftOut = events.flatMap((event) =>
    event.kind === "imported" ? event.leftOut.map(importedJson) : [],
  );
  return documentOf("result", error, {
    files,
    ...(imported.length > 0 && { imported }),
    ...(bound.length > 0 && { bound }),
    ...(leftOut.length > 0 && { left_out: leftOut }),
  });
}

function importedJson(agent: { readonly unsaid: readonly MemberProblem[] }): JsonObject {
  const unsaid = agent.unsaid.map((each) => ({ ...each, path: pathText(each.path) }));
  return plain({ ...agent, unsaid });
}

function planned(events: readonly RunEvent[]): JsonObject {
  const found = events.findLast((event) => event.kind === "planned");
  return found === undefined ? emptyPlanMembers : planMembers(found.plan);
}

/** For each pointer that was not reverted: the version it should point to, and the command that repairs it. */
function repairs(events: readonly RunEvent[]): readonly Json[] {
  const plan = events.find((event) => event.kind === "planned")?.plan;
  return events.flatMap((event) =>
    event.kind === "revert_failed"
      ? [
          {
            agent: event.key,
            id: event.id,
            alias: event.pointer,
            to: event.to ?? null,
            command: repairCommand(plan?.scope.server ?? "", event) ?? null,
          },
        ]
      : [],
  );
}
