import type { Difference } from "../agent/differences.ts";
import type { AgentPlan, Change, Drift, Note, UpdatePlan } from "../plan/agent-plan.ts";
import type { ApprovedCheck, ApprovedGate, ApprovedPlan } from "../plan/approved-plan.ts";
import type { CheckRun } from "../plan/checked.ts";
import type { Duplicate } from "../plan/duplicates.ts";
import type { GateRun } from "../plan/gated.ts";
import type { ModelNote } from "../plan/model-notes.ts";
import type { Plan, PlanOptions } from "../plan/plan.ts";
import type { PointerMove } from "../plan/pointer-move.ts";
import type { Scope } from "../plan/scope.ts";
import type { Mask } from "./mask.ts";
import { maskCheck } from "./mask-check.ts";
import { maskCheckoutNote } from "./mask-commit.ts";
import { maskJson } from "./mask-json.ts";
import { maskPath } from "./mask-path.ts";
import { maskRefusal } from "./mask-refusal.ts";
import { cases, each, entries, kept, members, named, own, type Rule, text } from "./rule.ts";

const maskDifference = members<Difference>({ path: maskPath, before: maskJson, after: maskJson });

/** A change of one property, or a difference between two versions. */
export function maskChange<Value extends Difference>(change: Value, mask: Mask): Value {
  return maskDifference(change, mask) as Value;
}

const notes = each(
  cases<Note, "kind">("kind", {
    unknown_model: { model: text },
    unlisted_library: { library: own },
    unlisted_connector: { connector: own },
    not_taken_before: { paths: each(maskPath) },
    file_forgotten: { path: own },
    ignored_when_ephemeral: { paths: each(maskPath) },
    of_environment: { environment: own },
    unset_secrets: { variables: each(own) },
  }),
);

const drift = members<Drift>({ properties: each(maskChange), pointers: kept });
const common = { name: text, notes };
const existing = {
  ...common,
  remote: maskJson,
  drift,
  outside: drift,
};
const changes = each<Change>(maskChange);
const forgotten = { ...common, remote: maskJson };
const orphan = { ...forgotten, aliases: kept };
const update = {
  ...existing,
  target: maskJson,
  stamp: kept,
  changes: (list: UpdatePlan["changes"], mask: Mask) => changes(list, mask) as typeof list,
  withheld: each(own),
};

const maskAgentPlan = cases<AgentPlan, "action">("action", {
  create: { ...common, definition: maskJson, stamp: kept, changes },
  update,
  rename: update,
  reuse: { ...existing, target: maskJson, changes },
  noop: existing,
  adopt: existing,
  delete: orphan,
  orphan: orphan,
  forget: { ...forgotten, target: maskJson },
});

/** What the server says about a model. */
export const maskModelNote = cases<ModelNote, "kind">("kind", {
  model_deprecated: { model: text, date: own, replacement: text },
  model_archived: { model: text },
  model_without_functions: { model: text },
});

/** The parts of a saved plan that are compared later: digests stay, texts for people are masked. */
export const maskApprovedPlan: Rule<ApprovedPlan> = members<ApprovedPlan>({
  scope: kept,
  options: kept,
  operations: kept,
  gates: each(members<ApprovedGate>({ command: text, digest: kept, files: kept })),
  checks: each(members<ApprovedCheck>({ name: named, digest: kept })),
});

/** A plan for output; the parts that are compared stay as they are. */
export const maskPlan: Rule<Plan> = members<Plan>({
  scope: members<Scope>({ project: named, environment: named, server: named }),
  options: members<PlanOptions>({ only: each(named), resendSecrets: each(named), limits: kept }),
  agents: each(maskAgentPlan),
  connectorSpelling: entries(own, own),
  releaseWaves: each(each(members<PointerMove>({ to: kept }))),
  gates: each(members<GateRun>({ command: text, files: kept })),
  duplicates: each(members<Duplicate>({ remote: maskJson })),
  checkoutNotes: each(maskCheckoutNote),
  modelNotes: each(maskModelNote),
  checks: each(members<CheckRun>({ check: maskCheck })),
  refusals: each(maskRefusal),
  fingerprints: kept,
  digests: kept,
});
