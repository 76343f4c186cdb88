import { isList, isObject, type Json, type JsonObject, parsedJson } from "../../agent/json.ts";
import type { PlanFault } from "../../commands/plan-fault.ts";
import type { ApprovedPlan } from "../../plan/approved-plan.ts";
import type { Limits } from "../../plan/limits.ts";
import type { Plan } from "../../plan/plan.ts";
import { sanitizedJson } from "../safe/sanitize.ts";
import { planDocument } from "./report.ts";

/** A saved plan, or why a text is not one. */
export type OpenedPlan =
  | { readonly kind: "plan"; readonly plan: ApprovedPlan }
  | { readonly kind: "fault"; readonly fault: PlanFault };

/** A plan as it may be shown, and the part that is compared later: digests of values that were not masked. */
export type PlanToSave = { readonly shown: Plan; readonly approved: ApprovedPlan };

/** Computes the digest of a text, in hex. */
export type Digest = (text: string) => string;

/** The seal comes first, so that no text quoted in a plan can be taken for it. */
const sealed = /^\{\n {2}"seal": "([0-9a-f]*)",\n/;
const unsealed = '{\n  "seal": "",\n';

/**
 * A plan as a file: its JSON document, the version of agentvane that made it, and a seal over all other bytes. The seal
 * detects accidents; it is not a signature. An apply plans again, and the result must be the same.
 */
export function savedPlanText(plan: PlanToSave, tool: string, digest: Digest): string {
  const document = planDocument([{ kind: "planned", plan: plan.shown }], undefined);
  const { operations, gates, checks } = plan.approved;
  const approved = { operations, gates, checks } as unknown as Json;
  const text = `${sanitizedJson({ seal: "", tool_version: tool, ...document, approved })}\n`;
  return text.replace(unsealed, unsealed.replace('""', `"${digest(text)}"`));
}

/** Reads a saved plan. Refuses a file with any changed byte, or of another version of agentvane. */
export function openSavedPlan(text: string, tool: string, digest: Digest): OpenedPlan {
  const seal = sealed.exec(text)?.[1];
  const document = seal === undefined ? undefined : parsedJson(text);
  if (!isObject(document)) return fault({ kind: isPlanLike(text) ? "altered" : "not_a_plan" });
  if (digest(text.replace(sealed, unsealed)) !== seal) return fault({ kind: "altered" });
  const { tool_version: madeBy } = document;
  if (madeBy !== tool) return fault({ kind: "other_tool", tool: String(madeBy) });
  const plan = approvedIn(document);
  return plan === undefined ? fault({ kind: "not_a_plan" }) : { kind: "plan", plan };
}

function fault(found: PlanFault): OpenedPlan {
  return { kind: "fault", fault: found };
}

/** Whether a text that cannot be opened was once a saved plan. */
function isPlanLike(text: string): boolean {
  return text.includes('"tool_version"') && text.includes('"fingerprints"');
}

function approvedIn({ scope, options, approved }: JsonObject): ApprovedPlan | undefined {
  if (!isObject(scope) || !isObject(options) || !isObject(approved)) return undefined;
  const { operations, gates, checks } = approved;
  if (!isList(operations) || !isList(gates) || !isList(checks)) return undefined;
  const texts = (value: Json | undefined) =>
    isList(value) ? value.filter((each) => typeof each === "string") : [];
  return {
    scope: scope as unknown as ApprovedPlan["scope"],
    options: {
      prune: options.prune === true,
      allowDuplicateNames: options.allow_duplicate_names === true,
      only: texts(options.only),
      resendSecrets: texts(options.resend_secrets),
      limits: limitsOf(options.limits),
      allowRewind: options.allow_rewind === true,
      ...(typeof options.fail_on_deprecated_ms === "number" && {
        failOnDeprecatedMs: options.fail_on_deprecated_ms,
      }),
    },
    // The seal shows that this version of agentvane wrote them.
    operations: operations as unknown as ApprovedPlan["operations"],
    gates: gates as unknown as ApprovedPlan["gates"],
    checks: checks as unknown as ApprovedPlan["checks"],
  };
}

/** The limits that were approved with the plan. */
function limitsOf(saved: Json | undefined): Limits {
  const {
    max_deletes: most,
    max_updates: updates,
    allow_empty: empty,
    max_agents: agents,
  } = isObject(saved) ? saved : {};
  return {
    maxDeletes: typeof most === "number" ? most : undefined,
    maxUpdates: isObject(updates) ? (updates as unknown as Limits["maxUpdates"]) : undefined,
    allowEmpty: empty === true,
    maxAgents: typeof agents === "number" ? agents : undefined,
  };
}
