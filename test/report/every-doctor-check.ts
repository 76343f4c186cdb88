import type { ApiFailure } from "../../src/agent/api-error.ts";
import type { AgentKey } from "../../src/agent/identity.ts";
import type { DoctorCheck } from "../../src/commands/doctor-check.ts";

const failure: ApiFailure = {
  kind: "forbidden",
  method: "GET",
  path: "/v1/agents/pages?page_size=1000",
  status: 401,
  reason: "Unauthorized",
  attempts: 1,
};
const commit = "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00";

/** One finding of every kind there is. */
export const everyFinding: {
  readonly [Kind in DoctorCheck["kind"]]: Extract<DoctorCheck, { kind: Kind }>;
} = {
  tool: { kind: "tool", version: "1.2.3", node: "22.1.0" },
  node_too_old: { kind: "node_too_old", node: "18.0.0", least: "20.19.0" },
  config_valid: {
    kind: "config_valid",
    file: "agents.yaml",
    project: "acme",
    environment: "prod",
    agents: 1,
  },
  config_unusable: {
    kind: "config_unusable",
    file: "agents.yaml",
    problems: [
      { code: "empty_file", isMain: true, at: { file: "agents.yaml", line: 1, column: 1 } },
    ],
  },
  checkout_whole: { kind: "checkout_whole", commit },
  checkout_shallow: { kind: "checkout_shallow", commit },
  checkout_unusable: {
    kind: "checkout_unusable",
    problem: { kind: "no_program", folder: "/agents", detail: "" },
  },
  checkout_none: { kind: "checkout_none" },
  local_data_safe: { kind: "local_data_safe" },
  local_data_exposed: { kind: "local_data_exposed" },
  key_set: { kind: "key_set", variable: "MISTRAL_API_KEY" },
  key_missing: { kind: "key_missing", variable: "MISTRAL_API_KEY" },
  key_unneeded: { kind: "key_unneeded" },
  key_unknown: { kind: "key_unknown" },
  secret_weak: { kind: "secret_weak", variable: "CRM_TOKEN", weakness: "word" },
  proxy_none: { kind: "proxy_none" },
  proxy_used: { kind: "proxy_used", variable: "HTTPS_PROXY", host: "proxy.example:3128" },
  proxy_excepted: { kind: "proxy_excepted", variable: "HTTPS_PROXY" },
  server_fit: { kind: "server_fit", server: "https://api.mistral.ai", listing: "tokens" },
  server_unreached: {
    kind: "server_unreached",
    server: "https://api.mistral.ai",
    failure,
    proxy: { variable: "HTTPS_PROXY", host: "proxy.example.com:3128" },
    extraCertificates: "/etc/ca.pem",
  },
  config_missing: { kind: "config_missing", file: "agents.yaml" },
  workspace_known: {
    kind: "workspace_known",
    workspace: { id: "w-1", name: "Production" },
    organization: { id: "o-1", name: "Acme" },
  },
  workspace_other: {
    kind: "workspace_other",
    workspace: { id: "w-1", name: "Staging" },
    expected: "Production",
  },
  workspace_untold: { kind: "workspace_untold", expected: "Production" },
  key_refused: { kind: "key_refused", server: "https://api.mistral.ai", failure },
  agents_unlisted: { kind: "agents_unlisted", failure },
  clock_right: { kind: "clock_right" },
  clock_off: { kind: "clock_off", aheadMs: 3_600_000 * 5 },
  clock_untold: { kind: "clock_untold" },
  agents_listed: { kind: "agents_listed", visible: 7, own: 5 },
  aliases_listed: { kind: "aliases_listed" },
  aliases_unasked: { kind: "aliases_unasked" },
  aliases_unlisted: { kind: "aliases_unlisted", failure },
  models_listed: { kind: "models_listed", count: 1 },
  model_noted: {
    kind: "model_noted",
    note: {
      kind: "model_deprecated",
      model: "mistral-medium-2505",
      keys: ["triage" as AgentKey],
      date: "2026-12-15T12:00:00Z",
      replacement: "mistral-medium-3-5",
    },
  },
  models_unlisted: { kind: "models_unlisted", failure },
};
