import { agentTable } from "../../agent/agent-table.ts";
import { isObject, type Json, type JsonObject } from "../../agent/json.ts";
import { type PropertyPath, pathText } from "../../agent/property-path.ts";
import { secretHolderNames } from "../../agent/secret-rows.ts";
import { driftOf, hasDrifted, overwrites } from "../../plan/agent-drift.ts";
import type { AgentPlan, Change, Note, PropertyDrift } from "../../plan/agent-plan.ts";
import { estimatedRequests } from "../../plan/checked.ts";
import type { CheckoutNote } from "../../plan/checkout-note.ts";
import { hasChanges } from "../../plan/has-changes.ts";
import type { ModelNote } from "../../plan/model-notes.ts";
import type { Plan } from "../../plan/plan.ts";
import { type PointerMove, targetVersion } from "../../plan/pointer-move.ts";
import { plain, withPathTexts } from "../plain-json.ts";
import { refusalJson } from "../refusal-json.ts";
import { checkoutNoteText } from "../words/checkout-note.ts";
import { operationsOf } from "../words/operations.ts";
import { nothingPlanned, summaryOf } from "../words/plan-summary.ts";

/** The members of every JSON document about a plan, before anything is known. */
export const emptyPlanMembers: JsonObject = {
  applyable: false,
  complete: false,
  scope: null,
  summary: { ...nothingPlanned },
  agents: [],
  aliases: [],
  models: [],
  commits: [],
  refusals: [],
  gates: [],
  checks: [],
  options: null,
  operations: [],
  fingerprints: [],
  digests: null,
};

/** A plan as JSON: schemas/plan.schema.json. It contains no time, host or secret. */
export function planMembers(plan: Plan): JsonObject {
  return {
    applyable: plan.refusals.length === 0 && hasChanges(plan),
    complete: plan.complete,
    scope: { ...plan.scope },
    summary: { ...summaryOf(plan) },
    agents: plan.agents.map(agentJson),
    aliases: plan.releaseWaves.flat().map(moveJson),
    models: plan.modelNotes.map(modelJson),
    commits: plan.checkoutNotes.map(commitJson),
    refusals: plan.refusals.map(refusalJson),
    gates: plan.gates.map(({ key, pinned, command }) => ({
      agent: key,
      ...(pinned !== undefined && { version: pinned }),
      command,
    })),
    checks: plan.checks.map((run) => ({
      agent: run.key,
      ...(run.pinned !== undefined && { version: run.pinned }),
      check: run.check.name,
      tries: run.check.tries,
      requests: estimatedRequests([run]),
    })),
    options: plain(plan.options),
    operations: operationsOf(plan),
    fingerprints: plan.fingerprints.map((each) => ({ ...each })),
    digests: { ...plan.digests },
  };
}

/** Outside changes in the shape of a plan: what agentvane wrote, and what the server has now. */
export function driftMembers(plan: Plan): JsonObject {
  const drifted = plan.agents.filter(hasDrifted);
  return {
    ...emptyPlanMembers,
    complete: plan.complete,
    scope: { ...plan.scope },
    summary: { ...nothingPlanned, drift: drifted.length },
    agents: drifted.map((agent) => ({
      ...agentJson(agent),
      action: "noop",
      changes: driftOf(agent).properties.map(driftJson),
    })),
    aliases: drifted.flatMap((agent) =>
      driftOf(agent).pointers.map(({ pointer, expected, found }) => ({
        agent: agent.key,
        alias: pointer,
        from: expected ?? null,
        to: found ?? null,
        built: false,
      })),
    ),
    models: plan.modelNotes.map(modelJson),
    refusals: plan.refusals.map(refusalJson),
    digests: { ...plan.digests },
  };
}

function driftJson({ inPlace, beforeUnknown, ...drift }: PropertyDrift): JsonObject {
  return {
    ...changeJson({ ...drift, origin: "drift" }),
    ...(inPlace !== undefined && { in_place: inPlace }),
    ...(beforeUnknown === true && { before_unknown: true }),
  };
}

function agentJson(plan: AgentPlan): JsonObject {
  const common = {
    key: plan.key,
    id: plan.action === "create" ? null : plan.id,
    name: plan.name,
    action: plan.action,
    changes: "changes" in plan ? plan.changes.map(changeJson) : [],
    notes: plan.notes.map(noteJson),
    ...("drift" in plan && { drifted: overwrites(plan), pointer_drift: pointerDriftJson(plan) }),
  };
  switch (plan.action) {
    case "create":
      return { ...common, unknown_after_apply: unknownPaths(plan.unknownHandoffs) };
    case "update":
    case "rename":
      return {
        ...common,
        version: plan.remote.version,
        expected_version: plan.expected,
        unknown_after_apply: unknownPaths(plan.unknownHandoffs),
      };
    case "reuse":
      return { ...common, version: plan.remote.version, reused_version: plan.version };
    case "noop":
    case "adopt":
    case "forget":
      return { ...common, version: plan.remote.version };
    case "delete":
    case "orphan":
      return { ...common, version: plan.remote.version, protected: plan.protect };
  }
}

function pointerDriftJson(plan: AgentPlan): readonly JsonObject[] {
  return driftOf(plan).pointers.map(({ pointer, expected, found, rememberedBy }) => ({
    alias: pointer,
    expected: expected ?? null,
    found: found ?? null,
    ...(rememberedBy !== undefined && { remembered_by: rememberedBy }),
  }));
}

/** Paths whose value is incomplete before an apply: the ids of agents that do not exist yet. */
function unknownPaths(handoffs: readonly string[]): readonly string[] {
  return handoffs.length > 0 ? ["handoffs"] : [];
}

function changeJson({ path, before, after, origin }: Change): JsonObject {
  const isSensitive = leadsToSecret(path) || [before, after].some(holdsSecretMember);
  return {
    path: pathText(path),
    before: before ?? null,
    after: after ?? null,
    origin,
    ...(isSensitive && { sensitive: true }),
  };
}

const secretHolders = secretHolderNames(agentTable);

/** Whether a path is inside a property that holds a secret. */
function leadsToSecret(path: PropertyPath): boolean {
  return path.some((step) => typeof step === "string" && secretHolders.includes(step));
}

/** A whole tool may contain a secret, which no plan holds. */
function holdsSecretMember(value: Json | undefined): boolean {
  return isObject(value) && secretHolders.some((name) => value[name] !== undefined);
}

function noteJson(note: Note): JsonObject {
  return plain(withPathTexts(note));
}

function modelJson({ keys, ...note }: ModelNote): JsonObject {
  return { ...plain(note), agents: keys };
}

/** A note about the checkout, with its text. */
function commitJson(note: CheckoutNote): JsonObject {
  return { ...plain(note), message: checkoutNoteText(note) };
}

function moveJson({ key, pointer, from, to }: PointerMove): JsonObject {
  return {
    agent: key,
    alias: pointer,
    from: from ?? null,
    to: targetVersion(to) ?? null,
    built: to.kind === "built",
  };
}
