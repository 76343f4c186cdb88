import type { AgentId, AgentKey, AliasName, Version } from "../../src/agent/identity.ts";
import type { Refusal, Suspect } from "../../src/plan/refusal.ts";
import type { Entry } from "./entry.ts";

type Entries = {
  readonly [Kind in Refusal["kind"]]: Entry<Omit<Extract<Refusal, { kind: Kind }>, "kind">>;
};

const key = "triage" as AgentKey;
const id = "ag_0198c2a17b4e7d30" as AgentId;
const other = "ag_0199d3b28c5f8e41" as AgentId;
const alias = "prod" as AliasName;
const version = (number: number) => number as Version;
const at = { file: "agents.yaml", line: 8, column: 5 };
const ours: Suspect = {
  id,
  name: "Support triage",
  createdAt: "2026-09-01T08:00:00Z",
  provesItself: true,
};
const copy: Suspect = {
  id: other,
  name: "Support triage (copy)",
  createdAt: "2026-10-12T14:30:00Z",
  provesItself: false,
};

/** Everything that forbids a plan. */
export const refusalEntries: Entries = {
  unknown_id: {
    sample: { key, id, at },
    advice: "An API key of another workspace does not see these agents. Check which key is used.",
  },
  owned_elsewhere: {
    sample: { key, id, owner: { project: "sales", environment: "", key: "router" }, at },
    advice: "To move an agent between projects, first run `agentvane forget` in the old project.",
  },
  never_bound: {
    sample: { id, environment: "pr-42" },
    advice:
      "Only `import` reports this. In an ephemeral environment agentvane recognises agents only by their tags, so the next apply would create an imported agent a second time.",
  },
  managed_already: {
    sample: { id },
    advice: "Only `import` reports this. There is nothing to import.",
  },
  second_owner: {
    sample: { key, id, others: [copy], at },
    advice: "Somebody copied one of the two, or bound it by hand. `agentvane show` lists both.",
  },
  duplicate_owner: {
    sample: { key, suspects: [ours, copy] },
    advice:
      "A copy in the console copies the tags, too. Delete the copy there, or remove its labels that begin with `agentvane.`.",
  },
  name_taken: {
    sample: { key, name: "Support triage", suspects: [{ ...ours, provesItself: false }], at },
    advice:
      "Agents are never adopted by their name. The recipe for [adoption](recipes.md#adopt-an-existing-agent) has the steps.",
  },
  tags_lost: {
    sample: { key, suspects: [copy], at },
    advice:
      "Some editors drop labels that they do not show. Nothing is lost: the older versions still have them.",
  },
  other_environment_form: {
    sample: { key, id, project: "acme", heldAs: key, environment: "", chosen: "prod", at },
    advice:
      "A project has environments or none. The cause is usually that somebody added `environments` to a project in use; the existing agents belong to no environment. Move each agent to the environment that should own it, or use the environments under another project name.",
  },
  unknown_version: {
    sample: { key, alias, version: version(12), versions: [0, 1, 2, 3, 5].map(version), at },
    advice: "`agentvane history KEY` lists the versions.",
  },
  unknown_library: {
    sample: { key, library: "product-docs", known: ["handbook"], ambiguous: false, at },
    advice: "The name must match the server's exactly, in upper and lower case.",
  },
  looks_renamed: {
    sample: { key, from: "router" as AgentKey, id, at },
    advice:
      "It has the name or the instructions of an agent whose key was removed from the file. Creating it would leave two agents. The recipe for [renaming](recipes.md#rename-a-key) has the steps.",
  },
  renamed_back: {
    sample: { key, from: "router" as AgentKey, id, version: version(2), newest: version(5), at },
    advice:
      "Each version records the key that the agent had then. A second agent under the new key would leave callers on the existing one. With the `moved` entry, the switch is ordinary drift.",
  },
  unknown_alias: {
    sample: { alias: "prd" as AliasName, key: undefined, known: ["prod"] },
    advice: "An alias exists only after an apply has set it.",
  },
  alias_is_environment: {
    sample: { alias: "staging" as AliasName, environments: ["staging", "prod"] },
    advice:
      "`promote` moves an alias between versions of the same agents. An environment is a set of agents, chosen with `--env`.",
  },
  same_variable: {
    sample: { name: "BILLING_EU", keys: ["billing-eu" as AgentKey, "billing_eu" as AgentKey] },
    advice:
      "Only `output` reports this, for `--format env` and `--format github`, which write `-` as `_`.",
  },
  unwritable_name: {
    sample: { key: "a b" as AgentKey, id },
    advice: "Only `output` reports this. A name with a line break could set other variables.",
  },
  foreign_version: {
    sample: { key, alias, version: version(7) },
    advice: "Somebody edited the agent outside agentvane and moved the alias to that version.",
  },
  nothing_before: {
    sample: { alias },
    advice: "An alias that was released only once has no earlier version.",
  },
  unknown_commit: {
    sample: { alias, commit: "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00" },
    advice:
      "A version records the commit that was checked out when it was made. Versions made outside git record none.",
  },
  ambiguous_commit: {
    sample: {
      commit: "c0ffee0",
      named: [
        "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00",
        "c0ffee01c0ffee01c0ffee01c0ffee01c0ffee01",
      ],
    },
    advice:
      "`rollback --to-commit` accepts seven characters or more, if only one commit begins with them.",
  },
  unknown_key: {
    sample: { flag: "only", key: "tirage", known: [key] },
    advice:
      "The keys are those in agents.yaml. `destroy --only` also accepts keys that were removed from it.",
  },
  secret_unset: {
    sample: { key, variables: ["CRM_TOKEN"] },
    advice:
      "The variable is unset or empty. Only an apply that sends the secret needs it. `plan` notes which secrets an apply would send; all other commands work without them.",
  },
  no_secret: {
    sample: { key, at },
    advice: "Secrets are in the `authorization` of a connector, as `${{ secrets.NAME }}`.",
  },
  needs_create: {
    sample: { key, needs: ["billing" as AgentKey] },
    advice: "A handoff needs the id of an existing agent.",
  },
  protection_unknown: {
    sample: { key, id },
    advice:
      "`destroy` treats an entry that it cannot read as protected, because it may contain `prevent_destroy`. With `--project NAME` only the tags on the server decide.",
  },
  protected: {
    sample: { key, id },
    advice:
      "The protection is a tag on the server, so it remains when the line is removed from the file. Add the agent again without `prevent_destroy`, apply, and remove it.",
  },
  still_used: {
    sample: { key, id, by: [{ id: other, name: "Front desk", version: version(3) }] },
    advice: "The caller may be an agent of another project, or an old version with an alias.",
  },
  empty_configuration: {
    sample: { deletions: 5 },
    advice: "The usual cause is the wrong file, or a glob under `include` that no longer matches.",
  },
  model_retires: {
    sample: {
      model: "mistral-medium-2505",
      keys: [key],
      date: "2026-12-15T12:00:00Z",
      replacement: "mistral-medium-3-5",
    },
    advice:
      "Only runs with `--fail-on-deprecated` report this. Without it, `plan`, `drift` and `doctor` only note the date and the replacement.",
  },
  too_many_deletions: {
    sample: { count: 7, limit: 3 },
    advice: "Read the plan before you raise the limit: deleted agents cannot be restored.",
  },
  too_many_agents: {
    sample: { count: 64, limit: 50 },
    advice:
      "An ephemeral environment may have 50 agents, unless `--max-agents` sets another limit. Other environments have a limit only with that flag.",
  },
  too_many_updates: {
    sample: { count: 40, limit: "10 %" },
    advice: "A change under `defaults` or `vars` changes every agent.",
  },
};
