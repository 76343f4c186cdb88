import { isList, isObject, type Json, type JsonObject, parsedJson } from "../../agent/json.ts";
import type { PlanFault } from "../../commands/plan-fault.ts";
import type { ApprovedPlan } from "../../plan/approved-plan.ts";
import type { Limits } from "../../plan/limits.ts";
import type { Plan } from "../../plan/plan.ts";
import { sanitizedJson } from "../safe/sanitize.ts";
import { planDocument } from "./report.ts";

/** A plan that can be carried out, or why a text is none. */
export type OpenedPlan =
  | { readonly kind: "plan"; readonly plan: ApprovedPlan }
  | { readonly kind: "fault"; readonly fault: PlanFault };

/** A plan as people may see it, and what of it is compared later: digests of values that were not masked. */
export type PlanToSave = { readonly shown: Plan; readonly approved: ApprovedPlan };

/** Makes the digest of a text, in hex. */
export type Digest = (text: string) => string;

/** The seal stands first, so that nothing a plan quotes can be taken for it. */
const sealed = /^\{\n {2}"seal": "([0-9a-f]*)",\n/;
const unsealed = '{\n  "seal": "",\n';

/**
 * A plan as a file: its JSON document, the tool that made it, and a seal over all other bytes. The seal tells
 * an accident from a plan, it is no signature: what is carried out is planned anew and must do the same.
 */
export function savedPlanText(plan: PlanToSave, tool: string, digest: Digest): string {
  const document = planDocument([{ kind: "planned", plan: plan.shown }], undefined);
  const { operations, gates, checks } = plan.approved;
  const approved = { operations, gates, checks } as unknown as Json;
  const text = `${sanitizedJson({ seal: "", tool_version: tool, ...document, approved })}\n`;
  return text.replace(unsealed, unsealed.replace('""', `"${digest(text)}"`));
}

/** Reads a saved plan back. Takes nothing that was altered by a byte, or that another version made. */
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

/** Whether a text that cannot be opened was a saved plan once. */
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
    // The seal says that these were written by this version of the tool.
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
