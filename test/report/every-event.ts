import type { ApiFailure } from "../../src/agent/api-error.ts";
import type { AgentId, AgentKey, AliasName, Version } from "../../src/agent/identity.ts";
import type { CheckTry } from "../../src/apply/check-event.ts";
import type { RunEvent } from "../../src/commands/event.ts";
import type { CheckoutNote } from "../../src/plan/checkout-note.ts";
import type { PlanDifference } from "../../src/plan/plan-difference.ts";
import { applied, plan, project, remoteAgent, tags } from "../plan/world.ts";

const key = "triage" as AgentKey;
const id = "ag_1" as AgentId;
const alias = "prod" as AliasName;
const version = (number: number) => number as Version;
const at = { file: "agents.yaml", line: 4, column: 5 };
const failure: ApiFailure = {
  kind: "refused",
  method: "PATCH",
  path: "/v1/agents/ag_1",
  status: 422,
  reason: "too dull",
  requestId: "r-7",
  attempts: 1,
};
const desired = project({
  key: "triage",
  instructions: "Sort it out.",
  aliases: { prod: "latest" },
});

const move = { from: version(1), to: "built" } as const;

/** One note about the checkout of every kind there is. */
const everyCheckoutNote: readonly CheckoutNote[] = Object.values({
  outdated: {
    kind: "outdated",
    outdated: { kind: "newer", key, commit: "c0ffee" },
    isAllowed: false,
  },
  history_missing: { kind: "history_missing", key, commit: "c0ffee", isAllowed: false },
  taken_back: { kind: "taken_back", key, commit: "c0ffee", relation: "unrelated" },
  uncommitted: { kind: "uncommitted", files: ["prompts/triage.md"] },
  unusable: {
    kind: "unusable",
    problem: { kind: "git_dir", folder: "/nowhere", detail: "fatal: not a git repository" },
  },
} satisfies { readonly [Kind in CheckoutNote["kind"]]: CheckoutNote & { kind: Kind } });

/** One difference of every kind there is. */
const everyDifference: readonly PlanDifference[] = Object.values({
  scope: { kind: "scope", member: "server", before: "a", now: "b" },
  action: { kind: "action", key, before: "update", now: undefined },
  done: { kind: "done", key },
  agent: { kind: "agent", key, before: id, now: null },
  version: { kind: "version", key, which: "newest", before: version(1), now: version(2) },
  owner: { kind: "owner", key },
  property: { kind: "property", key, path: "description" },
  definition: { kind: "definition", key },
  reuse: { kind: "reuse", key, before: version(0), now: null },
  pointer: { kind: "pointer", key, pointer: alias, before: move, now: undefined },
  alias: { kind: "alias", key, alias, before: version(1), now: undefined },
  drift: { kind: "drift", key },
  gate: { kind: "gate", command: "npm test", change: "removed" },
  check: { kind: "check", check: "refunds", change: "content" },
  refusal: { kind: "refusal", refusal: { kind: "too_many_deletions", count: 9, limit: 3 } },
} satisfies { readonly [Kind in PlanDifference["kind"]]: PlanDifference & { kind: Kind } });
const checked = { key, check: "refunds", id, version: version(4) };
const attempt = {
  requests: 2,
  usage: { prompt: 300, completion: 20, total: 320 },
  stored: false,
  ms: 1_500,
};
const passedTry = { ...attempt, number: 1, failures: [], transcript: [] };
const failedTry: CheckTry = {
  ...attempt,
  number: 2,
  failures: [
    { kind: "no_handoff", expected: "refunds" },
    { kind: "not_contained", text: "refund" },
  ],
  transcript: [
    { kind: "user", text: "My money,\nplease" },
    { kind: "call", agent: "triage", name: "lookup_order", arguments: '{"order":"123"}' },
    { kind: "result", name: "lookup_order", text: '{"status":"shipped"}' },
    { kind: "tool", agent: "triage", name: "web_search", arguments: "{}" },
    { kind: "handoff", from: "triage", to: "billing" },
    { kind: "message", agent: "billing", text: "No." },
    { kind: "other", type: "dream" },
  ],
};

/** One event of every kind there is. */
export const everyEvent: {
  readonly [Kind in RunEvent["kind"]]: Extract<RunEvent, { kind: Kind }>;
} = {
  config_invalid: {
    kind: "config_invalid",
    problems: [
      {
        code: "unknown_key",
        name: "modle",
        known: ["model"],
        suggestions: ["model"],
        at,
        sourceLine: "    modle: m",
      },
    ],
  },
  project_unknown: { kind: "project_unknown" },
  config_skipped: { kind: "config_skipped", problems: [] },
  environment_needed: { kind: "environment_needed", project: "acme", known: ["prod"] },
  key_missing: { kind: "key_missing", variable: "MISTRAL_API_KEY" },
  workspace_refused: {
    kind: "workspace_refused",
    expected: "Production",
    found: { id: "w-1", name: "Staging" },
  },
  workspace_untold: { kind: "workspace_untold", expected: "Production" },
  validated: { kind: "validated", desired, files: ["agents.yaml"], environments: [], unset: [] },
  secret_weak: { kind: "secret_weak", variable: "MISTRAL_API_KEY", weakness: "short" },
  variables_unset: { kind: "variables_unset", variables: ["REGION"] },
  rendered: { kind: "rendered", desired },
  shown: {
    kind: "shown",
    project: "acme",
    environment: "",
    agents: [
      {
        key,
        agent: applied({ key: "triage" }),
        aliases: [{ alias, version: version(0), created_at: "", updated_at: "" }],
      },
    ],
  },
  environments_read: {
    kind: "environments_read",
    project: "acme",
    environments: [
      { name: "prod", agents: 2, release: "20261124T154901Z-f2a046", isEphemeral: false },
    ],
    unread: ["STAGING_KEY"],
  },
  output_read: {
    kind: "output_read",
    output: {
      project: "acme",
      environment: "prod",
      alias,
      agents: [
        { key, id, name: "Triage", version: version(3), aliases: [{ alias, version: version(3) }] },
      ],
    },
    format: "text",
    isShown: true,
  },
  output_refused: {
    kind: "output_refused",
    refusals: [{ kind: "unknown_alias", alias, key: "triage", known: [] }],
  },
  output_compared: {
    kind: "output_compared",
    path: "agents.ts",
    holds: false,
    lacking: ["AGENTVANE_TRIAGE_VERSION=4"],
  },
  explained: {
    kind: "explained",
    code: "not_found",
    page: { words: ["error[not_found]: …"], advice: "Look on the server." },
  },
  not_found: { kind: "not_found", key: "x", known: ["triage"] },
  planned: {
    kind: "planned",
    plan: {
      ...plan(desired, [applied({ key: "triage" }), remoteAgent({ id: "ag_9" })]),
      scope: { server: "https://api.mistral.ai", project: "acme", environment: "" },
      checkoutNotes: everyCheckoutNote,
    },
  },
  refused: { kind: "refused", refusals: [{ kind: "too_many_deletions", count: 9, limit: 3 }] },
  drift_refused: { kind: "drift_refused", keys: [key] },
  approval_missing: { kind: "approval_missing" },
  declined: { kind: "declined" },
  drift_found: {
    kind: "drift_found",
    plan: plan(
      project({ key: "triage", description: "mine" }),
      [
        applied(
          { key: "triage", description: "theirs" },
          { version: 1, versions: [0, 1], metadata: tags("triage") },
        ),
      ],
      {
        histories: new Map([
          ["ag_triage" as AgentId, [applied({ key: "triage", description: "was" })]],
        ]),
      },
    ),
  },
  history_read: {
    kind: "history_read",
    key,
    id,
    entries: [
      {
        version: version(3),
        isDefault: true,
        aliases: [alias],
        author: "agentvane",
        release: "20261124T154901Z-f2a046",
        time: "2026-11-24T15:49:01Z",
        notAfter: undefined,
        message: "agentvane 1.0.0",
        commit: "0123456789abcdef0123456789abcdef01234567",
      },
      {
        version: version(2),
        isDefault: false,
        aliases: [],
        author: "outside",
        release: "",
        time: undefined,
        notAfter: "2026-11-24T15:49:01Z",
        message: undefined,
        commit: undefined,
      },
    ],
  },
  versions_compared: {
    kind: "versions_compared",
    key,
    before: version(2),
    after: version(3),
    changes: [{ path: ["description"], before: "a", after: "b" }],
  },
  version_missing: { kind: "version_missing", key, missing: [version(9)], known: [version(0)] },
  probe_started: { kind: "probe_started" },
  probed: {
    kind: "probed",
    found: [
      { name: "first_version", value: 0 },
      { name: "null_in_patch", value: "clears" },
    ],
  },
  probe_failed: { kind: "probe_failed", failure },
  probe_left: { kind: "probe_left", id, failure },
  imported: {
    kind: "imported",
    agents: [
      {
        key,
        id,
        name: "Triage",
        secrets: ["TRIAGE_CRM_TOKEN"],
        unknownTools: ["magic"],
        unsaid: [
          {
            path: ["completion_args", "temperature"],
            problem: { code: "out_of_range", found: 1.5, minimum: 0, maximum: 1 },
          },
        ],
      },
    ],
    bound: [{ key, id, name: "Billing" }],
    leftOut: [
      { id, name: "", unsaid: [{ path: ["name"], problem: { code: "empty_value" } }] },
      { id, name: "Refunds", unsaid: [], declaredAs: key },
    ],
  },
  pinned: {
    kind: "pinned",
    pins: [{ key, alias, version: version(3) }],
    environment: "prod",
    pattern: undefined,
  },
  started: { kind: "started", file: "agents.yaml" },
  pins_unwritable: { kind: "pins_unwritable", paths: ["agents.yaml"] },
  saved_plan_done: { kind: "saved_plan_done", why: "no_operations" },
  plan_saved: { kind: "plan_saved", path: "plan.json", args: ["apply", "plan.json"] },
  fetching: { kind: "fetching", again: true },
  plan_unusable: { kind: "plan_unusable", path: "plan.json", fault: { kind: "altered" } },
  plan_stale: {
    kind: "plan_stale",
    differences: everyDifference,
  },
  commit_outdated: {
    kind: "commit_outdated",
    outdated: [
      { kind: "newer", key, commit: "c0ffee" },
      { kind: "reverted", key, commit: "c0ffee", alias },
      { kind: "diverged", key, commit: "c0ffee" },
      { kind: "unrelated", key, commit: "c0ffee" },
      { kind: "not_contained", key, commit: "c0ffee" },
      { kind: "older_create", key, commit: "c0ffee", by: key },
    ],
  },
  checkout_unusable: {
    kind: "checkout_unusable",
    problem: { kind: "refused", folder: "/agents", detail: "fatal: not a git repository" },
  },
  commit_unknown: { kind: "commit_unknown", agents: [{ key, commit: "c0ffee" }] },
  read_failed: { kind: "read_failed", failure },
  interrupted: { kind: "interrupted", by: "SIGINT" },
  api_deprecated: {
    kind: "api_deprecated",
    method: "GET",
    path: "/v1/agents",
    since: "2026-11-01",
    ends: "2027-03-01",
  },
  waiting: { kind: "waiting", method: "GET", path: "/v1/agents", ms: 1_500, reason: "rate_limit" },
  usage_error: { kind: "usage_error", problem: "plan has no flag --x", hint: "see help" },
  machine_error: { kind: "machine_error", what: "port 80", reason: "it is taken" },
  output_failed: { kind: "output_failed", reason: "ENOSPC: no space left", product: "output" },
  crashed: { kind: "crashed", message: "oops", stack: "Error: oops\n    at x" },
  checked: { kind: "checked", finding: { kind: "clock_off", aheadMs: -180_000 } },
  diagnosed: {
    kind: "diagnosed",
    findings: [
      { kind: "key_missing", variable: "MISTRAL_API_KEY" },
      { kind: "agents_unlisted", failure },
    ],
  },
  data_busy: { kind: "data_busy", path: ".agentvane/local.json" },
  pins_unwritten: { kind: "pins_unwritten", path: "agents.yaml", reason: "the disk is full" },
  file_protected: {
    kind: "file_protected",
    what: "the report agents.yaml",
    why: "is a file that this run reads",
  },
  report_unwritten: {
    kind: "report_unwritten",
    path: "report.json",
    reason: "the report report.json cannot be written: the disk is full",
  },
  file_written: { kind: "file_written", path: "agents.yaml" },
  file_missing: { kind: "file_missing", path: "agents.ts" },
  file_exists: { kind: "file_exists", path: "agents.yaml" },
  apply_started: { kind: "apply_started", release: "r1", writes: 1, moves: 1, deletions: 1 },
  agent_written: {
    kind: "agent_written",
    key,
    write: "update",
    id,
    version: version(4),
    sent: 1,
    recovered: true,
    ms: 12,
  },
  write_failed: {
    kind: "write_failed",
    key,
    write: "update",
    failure: { kind: "interleaved", theirs: version(4), ours: version(5) },
  },
  listing_failed: { kind: "listing_failed", failure: { kind: "api", failure } },
  version_verified: { kind: "version_verified", key, id, version: version(3), ms: 2 },
  verify_failed: {
    kind: "verify_failed",
    key,
    failure: { kind: "not_taken", version: version(3), paths: [["model"]] },
  },
  phase_started: { kind: "phase_started", phase: "release" },
  step_started: { kind: "step_started", key, step: "update" },
  move_started: {
    kind: "move_started",
    key,
    pointer: alias,
    from: version(3),
    to: version(4),
  },
  gate_started: { kind: "gate_started", key, command: "npx evals", id, version: version(4) },
  gate_said: { kind: "gate_said", key, line: "3 of 4 passed" },
  gate_passed: {
    kind: "gate_passed",
    key,
    command: "npx evals",
    id,
    version: version(4),
    output: ["3 of 4 passed"],
    ms: 1_500,
  },
  gate_failed: {
    kind: "gate_failed",
    key,
    command: "npx evals",
    id,
    version: version(4),
    output: ["3 of 4 passed"],
    ms: 1_500,
    end: { kind: "failed", status: 2 },
  },
  checks_finished: { kind: "checks_finished", checks: 3, failed: 1, skipped: ["old"], ms: 900 },
  conversation_started: {
    kind: "conversation_started",
    key,
    id,
    name: "Triage",
    version: version(0),
    by: { kind: "alias", alias },
  },
  conversation_heard: { kind: "conversation_heard", lines: failedTry.transcript },
  conversation_started_over: { kind: "conversation_started_over" },
  conversation_failed: {
    kind: "conversation_failed",
    failure: { kind: "request_failed", failure },
  },
  conversation_stopped: { kind: "conversation_stopped", by: "SIGINT" },
  conversation_finished: {
    kind: "conversation_finished",
    turns: 2,
    requests: 3,
    usage: attempt.usage,
    stored: false,
    ms: 900,
  },
  check_started: { kind: "check_started", ...checked, tries: 3, passes: 2 },
  check_tried: { kind: "check_tried", ...checked, attempt: failedTry, tries: 3 },
  check_passed: {
    kind: "check_passed",
    ...checked,
    tries: [failedTry, passedTry, passedTry],
    passed: 2,
    needed: 2,
    ms: 4_500,
  },
  check_failed: {
    kind: "check_failed",
    ...checked,
    tries: [passedTry, failedTry, failedTry],
    passed: 1,
    needed: 2,
    ms: 4_500,
  },
  check_stopped: { kind: "check_stopped", ...checked },
  conversation_left: { kind: "conversation_left", id: "conv_1", failure },
  stale_conversations_unknown: { kind: "stale_conversations_unknown", failure },
  pointer_set: {
    kind: "pointer_set",
    key,
    id,
    pointer: alias,
    from: undefined,
    to: version(0),
    ms: 3,
  },
  move_failed: {
    kind: "move_failed",
    key,
    pointer: alias,
    failure: { kind: "pointer_moved", expected: version(3), found: undefined },
  },
  reverted: { kind: "reverted", key, id, pointer: "@default", to: version(3) },
  pointer_taken: {
    kind: "pointer_taken",
    key,
    id,
    pointer: "@default",
    expected: version(4),
    found: version(2),
  },
  writing_started: { kind: "writing_started" },
  apply_superseded: { kind: "apply_superseded", agents: [{ key, id }] },
  revert_failed: {
    kind: "revert_failed",
    key,
    id,
    pointer: alias,
    to: version(3),
    failure: { kind: "api", failure },
  },
  content_reverted: { kind: "content_reverted", key, id, version: version(3) },
  content_left: { kind: "content_left", key, id, version: version(3), paths: [["tools"]] },
  duplicate_deleted: { kind: "duplicate_deleted", key, id },
  duplicate_left: { kind: "duplicate_left", key, id, failure: undefined },
  agent_deleted: { kind: "agent_deleted", key, id },
  delete_failed: {
    kind: "delete_failed",
    key,
    id,
    failure: { kind: "changed_meanwhile", expected: version(0), found: version(1) },
  },
  apply_stopped: { kind: "apply_stopped", by: "SIGTERM" },
  apply_finished: { kind: "apply_finished", released: false, ms: 1_234 },
};
