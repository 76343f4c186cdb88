import type { ApiFailure } from "../agent/api-error.ts";
import type { NamedEntity } from "../agent/caller.ts";
import type { WeakSecret } from "../agent/secret-text.ts";
import type { Problem } from "../config/problem.ts";
import type { CheckoutProblem } from "../plan/checkout-note.ts";
import type { ModelNote } from "../plan/model-notes.ts";

/** One check of `agentvane doctor` with its result, as data: the texts are in report. */
export type DoctorCheck =
  | { readonly kind: "tool"; readonly version: string; readonly node: string }
  | { readonly kind: "node_too_old"; readonly node: string; readonly least: string }
  | {
      readonly kind: "config_valid";
      readonly file: string;
      readonly project: string;
      readonly environment: string;
      readonly agents: number;
    }
  | { readonly kind: "config_missing"; readonly file: string }
  | {
      readonly kind: "config_unusable";
      readonly file: string;
      readonly problems: readonly Problem[];
    }
  | { readonly kind: "checkout_whole"; readonly commit: string }
  | { readonly kind: "checkout_shallow"; readonly commit: string }
  /** There is a repository, but git does not say which commit is checked out. */
  | { readonly kind: "checkout_unusable"; readonly problem: CheckoutProblem }
  | { readonly kind: "checkout_none" }
  /** The data of `--local` does not exist, or git ignores it. */
  | { readonly kind: "local_data_safe" }
  | { readonly kind: "local_data_exposed" }
  | { readonly kind: "key_set"; readonly variable: string }
  | { readonly kind: "key_missing"; readonly variable: string }
  | { readonly kind: "key_unneeded" }
  /** Environments may use different variables, and none was chosen. */
  | { readonly kind: "key_unknown" }
  /** A secret can be masked only as a whole word. */
  | ({ readonly kind: "secret_weak" } & WeakSecret)
  | { readonly kind: "proxy_none" }
  /** Only the host, because the address may contain a password. */
  | { readonly kind: "proxy_used"; readonly variable: string; readonly host: string }
  | { readonly kind: "proxy_excepted"; readonly variable: string }
  /** It answers and accepts the key. */
  | { readonly kind: "server_fit"; readonly server: string; readonly listing: Listing }
  | {
      readonly kind: "server_unreached";
      readonly server: string;
      readonly failure: ApiFailure;
      /** The proxy of the request. */
      readonly proxy: { readonly variable: string; readonly host: string } | undefined;
      /** The value of NODE_EXTRA_CA_CERTS. */
      readonly extraCertificates: string | undefined;
    }
  | { readonly kind: "key_refused"; readonly server: string; readonly failure: ApiFailure }
  | { readonly kind: "agents_unlisted"; readonly failure: ApiFailure }
  | { readonly kind: "clock_right" }
  /** How far this machine's clock is ahead of the server's. */
  | { readonly kind: "clock_off"; readonly aheadMs: number }
  | { readonly kind: "clock_untold" }
  /** `own` is undefined if the project is unknown. */
  | { readonly kind: "agents_listed"; readonly visible: number; readonly own: number | undefined }
  /** The workspace of the key; `expected` is the one that the environment names. */
  | {
      readonly kind: "workspace_known";
      readonly workspace: NamedEntity;
      readonly organization: NamedEntity | undefined;
    }
  | {
      readonly kind: "workspace_other";
      readonly workspace: NamedEntity;
      readonly expected: string;
    }
  | { readonly kind: "workspace_untold"; readonly expected: string | undefined }
  | { readonly kind: "aliases_listed" }
  | { readonly kind: "aliases_unasked" }
  | { readonly kind: "aliases_unlisted"; readonly failure: ApiFailure }
  | { readonly kind: "models_listed"; readonly count: number }
  /** What the server says about a model that agents use. */
  | { readonly kind: "model_noted"; readonly note: ModelNote }
  | { readonly kind: "models_unlisted"; readonly failure: ApiFailure };

/** How a server lists agents: in pages with tokens, or by page number, as older ones do. */
export type Listing = "tokens" | "numbers";

/** The severity of a finding. A failure is a broken rule, or an error of the server. */
export type Severity = "ok" | "warning" | "rule" | "server";

const severities: { readonly [Kind in DoctorCheck["kind"]]: Severity } = {
  tool: "ok",
  node_too_old: "warning",
  config_valid: "ok",
  config_missing: "rule",
  config_unusable: "rule",
  checkout_whole: "ok",
  checkout_shallow: "warning",
  checkout_unusable: "warning",
  checkout_none: "warning",
  local_data_safe: "ok",
  local_data_exposed: "warning",
  key_set: "ok",
  key_missing: "rule",
  key_unneeded: "ok",
  key_unknown: "warning",
  secret_weak: "warning",
  proxy_none: "ok",
  proxy_used: "ok",
  proxy_excepted: "ok",
  server_fit: "ok",
  server_unreached: "server",
  key_refused: "server",
  agents_unlisted: "server",
  clock_right: "ok",
  clock_off: "warning",
  clock_untold: "ok",
  agents_listed: "ok",
  workspace_known: "ok",
  workspace_other: "rule",
  workspace_untold: "ok",
  aliases_listed: "ok",
  aliases_unasked: "ok",
  aliases_unlisted: "server",
  models_listed: "ok",
  model_noted: "warning",
  models_unlisted: "warning",
};

/** The severity of a finding. */
export function severityOf({ kind }: DoctorCheck): Severity {
  return severities[kind];
}

/** Whether a finding blocks a plan or an apply. */
export function isFailure(finding: DoctorCheck): boolean {
  return ["rule", "server"].includes(severityOf(finding));
}
