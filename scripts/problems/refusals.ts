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
    advice: "Keys of another workspace do not see the agents of this one: check which key is used.",
  },
  owned_elsewhere: {
    sample: { key, id, owner: { project: "sales", environment: "", key: "router" }, at },
    advice: "To move an agent between projects, first `agentvane forget` it over there.",
  },
  never_bound: {
    sample: { id, environment: "pr-42" },
    advice:
      "Only `import` says this. In an ephemeral environment agents are recognised by their tags alone, so an agent that was imported would be created a second time.",
  },
  managed_already: {
    sample: { id },
    advice: "Only `import` says this: there is nothing to import.",
  },
  second_owner: {
    sample: { key, id, others: [copy], at },
    advice: "One of the two was copied or bound by hand. `agentvane show` lists both.",
  },
  duplicate_owner: {
    sample: { key, suspects: [ours, copy] },
    advice:
      "A copy in the console copies the tags too. Delete it there, or take the labels that begin with `agentvane.` off it to make it nobody's.",
  },
  name_taken: {
    sample: { key, name: "Support triage", suspects: [{ ...ours, provesItself: false }], at },
    advice:
      "Agents are never taken over by their name. The recipe for [adoption](recipes.md#adopt-an-existing-agent) has the steps.",
  },
  tags_lost: {
    sample: { key, suspects: [copy], at },
    advice:
      "Some editors drop labels that they do not show. Nothing is lost: the older versions have them.",
  },
  other_environment_form: {
    sample: { key, id, project: "acme", environment: "", chosen: "prod", at },
    advice:
      "A project has environments or it has none. This happens when `environments` are added to a project that is in use: its agents belong to none of them. Take over each agent in the environment that is to have it, or start the environments under another project name.",
  },
  unknown_version: {
    sample: { key, alias, version: version(12), versions: [0, 1, 2, 3, 5].map(version), at },
    advice: "`agentvane history KEY` lists the versions.",
  },
  unknown_library: {
    sample: { key, library: "product-docs", known: ["handbook"], ambiguous: false, at },
    advice: "Libraries are named as the server has them, in small and capital letters.",
  },
  looks_renamed: {
    sample: { key, from: "router" as AgentKey, id, at },
    advice:
      "It has the name, or the instructions, of an agent whose key left the file. Creating it would leave two; the recipe for [renaming](recipes.md#rename-a-key) has the steps.",
  },
  unknown_alias: {
    sample: { alias: "prd" as AliasName, key: undefined, known: ["prod"] },
    advice: "An alias exists once an apply has set it.",
  },
  alias_is_environment: {
    sample: { alias: "staging" as AliasName, environments: ["staging", "prod"] },
    advice:
      "`promote` moves an alias between versions of the same agents. An environment is a set of agents, chosen with `--env`.",
  },
  same_variable: {
    sample: { name: "BILLING_EU", keys: ["billing-eu" as AgentKey, "billing_eu" as AgentKey] },
    advice:
      "Only `output` says this, for `--format env` and `--format github`: both write `-` as `_`.",
  },
  unwritable_name: {
    sample: { key: "a b" as AgentKey, id },
    advice: "Only `output` says this. A name with a line break could set other variables.",
  },
  foreign_version: {
    sample: { key, alias, version: version(7) },
    advice: "Somebody edited the agent outside and pointed the alias at the result.",
  },
  nothing_before: {
    sample: { alias },
    advice: "The first release of an alias has nothing to go back to.",
  },
  unknown_commit: {
    sample: { alias, commit: "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00" },
    advice:
      "Versions name the commit that was checked out when they were made; those made outside of git name none.",
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
      "`rollback --to-commit` takes the first seven characters or more, as long as one commit begins so.",
  },
  unknown_key: {
    sample: { flag: "only", key: "tirage", known: [key] },
    advice: "Keys are those of agents.yaml; `destroy --only` also knows those that left it.",
  },
  secret_unset: {
    sample: { key, variables: ["CRM_TOKEN"] },
    advice:
      "Only an apply that sends a secret needs it: the variable is unset or empty. `plan` notes which secrets it would send; all other commands work without them.",
  },
  no_secret: {
    sample: { key, at },
    advice: "Secrets stand in the `authorization` of a connector, as `${{ secrets.NAME }}`.",
  },
  needs_create: {
    sample: { key, needs: ["billing" as AgentKey] },
    advice: "A handoff needs the id of an agent, and one that does not exist has none.",
  },
  protection_unknown: {
    sample: { key, id },
    advice:
      "`destroy` deletes nothing that may carry `prevent_destroy`: an entry that cannot be read counts as protected. With `--project NAME` only the tags on the server decide.",
  },
  protected: {
    sample: { key, id },
    advice:
      "Protection is a tag on the server, so that it outlives the line in the file: put the agent back, without `prevent_destroy`, apply, and take it out again.",
  },
  still_used: {
    sample: { key, id, by: [{ id: other, name: "Front desk", version: version(3) }] },
    advice: "It may be an agent of another project, or an old version under an alias.",
  },
  empty_configuration: {
    sample: { deletions: 5 },
    advice: "Most often the wrong file, or a glob under `include` that lost its files.",
  },
  model_retires: {
    sample: {
      model: "mistral-medium-2505",
      keys: [key],
      date: "2026-12-15T12:00:00Z",
      replacement: "mistral-medium-3-5",
    },
    advice:
      "Only with `--fail-on-deprecated`. Without it, `plan`, `drift` and `doctor` only note the date and the replacement.",
  },
  too_many_deletions: {
    sample: { count: 7, limit: 3 },
    advice: "Read the plan before you raise it: what is deleted cannot be brought back.",
  },
  too_many_agents: {
    sample: { count: 64, limit: 50 },
    advice:
      "Ephemeral environments have a limit of 50 agents each unless `--max-agents` says otherwise; other environments have one only with that flag.",
  },
  too_many_updates: {
    sample: { count: 40, limit: "10 %" },
    advice: "A change under `defaults` or `vars` changes every agent.",
  },
};
