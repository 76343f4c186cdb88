import type { NamedEntity } from "../agent/caller.ts";
import type { DoctorCheck } from "../commands/doctor-check.ts";
import { maskCheckoutProblem } from "./mask-commit.ts";
import { maskFailure as failure } from "./mask-failure.ts";
import { maskModelNote } from "./mask-plan.ts";
import { maskProblem } from "./mask-problem.ts";
import { cases, each, kept, members, own, type Rule, text } from "./rule.ts";

/** A workspace or an organization, with the server's name for it. */
export const maskWorkspace = members<NamedEntity>({ id: own, name: text });

/** One check of `agentvane doctor`. */
export const maskDoctorCheck: Rule<DoctorCheck> = cases<DoctorCheck, "kind">("kind", {
  tool: { version: kept, node: kept },
  node_too_old: { node: kept, least: kept },
  config_valid: { file: own, project: own, environment: own },
  config_missing: { file: own },
  config_unusable: { file: own, problems: each(maskProblem) },
  checkout_whole: { commit: own },
  checkout_shallow: { commit: own },
  checkout_unusable: { problem: maskCheckoutProblem },
  key_set: { variable: own },
  key_missing: { variable: own },
  secret_weak: { variable: own },
  proxy_used: { variable: own, host: own },
  proxy_excepted: { variable: own },
  server_fit: { server: own },
  server_unreached: {
    server: own,
    failure,
    proxy: members<{ readonly variable: string; readonly host: string }>({
      variable: own,
      host: own,
    }),
    extraCertificates: own,
  },
  key_refused: { server: own, failure },
  agents_unlisted: { failure },
  workspace_known: { workspace: maskWorkspace, organization: maskWorkspace },
  workspace_other: { workspace: maskWorkspace, expected: own },
  workspace_untold: { expected: own },
  aliases_unlisted: { failure },
  model_noted: { note: maskModelNote },
  models_unlisted: { failure },
});
