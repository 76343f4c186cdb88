import type { ProblemCode, ProblemKind } from "../../src/config/problem.ts";
import type { Entry } from "./entry.ts";

type Entries = {
  readonly [Code in ProblemCode]: Entry<Omit<Extract<ProblemKind, { code: Code }>, "code">>;
};

const first = { file: "agents.yaml", line: 5, column: 3 };

/** Everything that can be wrong with agents.yaml and the files that it names. */
export const configProblems: Entries = {
  file_unavailable: {
    sample: {
      path: "prompts/triage.md",
      fault: "missing",
      suggestions: ["prompts/triags.md"],
      isMain: false,
    },
    advice:
      "Paths are relative to the file that names them. They may not lead out of the folder of agents.yaml, not even through links. A file may have at most 10 MiB and must be UTF-8.",
  },
  empty_file: {
    sample: { isMain: true },
    advice: "A file with only comments counts as empty, too.",
  },
  yaml_syntax: {
    sample: {
      reason: "Nested mappings are not allowed in compact mappings",
      rule: "BLOCK_AS_IMPLICIT_KEY",
    },
    advice:
      "Often the cause is a string that contains `: ` or begins with `@`, `*` or `{`. Quote it.",
  },
  yaml_version: {
    sample: { version: "1.1" },
    advice: "Remove the `%YAML` line. In YAML 1.2, `no` and `on` are strings, not true and false.",
  },
  several_documents: {
    sample: {},
    advice: "Remove the `---` lines, or split the file and name the parts under `include`.",
  },
  unknown_tag: {
    sample: { tag: "!env" },
    advice: "Use variables instead of tags: `${{ vars.name }}`, `${{ env.NAME }}`.",
  },
  unresolved_alias: {
    sample: { name: "common" },
    advice: "An anchor `&common` must come before its alias `*common`, in the same file.",
  },
  recursive_alias: { sample: { name: "common" }, advice: "Write the value out." },
  bad_merge: {
    sample: {},
    advice: "`<<: *common` needs a map. For values that all agents share, `defaults` is simpler.",
  },
  too_deep: { sample: { limit: 200 }, advice: "The usual cause is aliases inside aliases." },
  too_many_values: {
    sample: { limit: 1_000_000 },
    advice: "An alias counts each time it is used. Move large texts into files of their own.",
  },
  duplicate_key: {
    sample: { name: "triage", first },
    advice: "Other YAML parsers silently use the last one. Remove one of the two.",
  },
  key_not_text: { sample: {}, advice: "For example, `1:` and `true:` are not strings in YAML." },
  bad_number: {
    sample: { found: "12345678901234567890" },
    advice: "If you need all of its digits, quote it.",
  },
  unclosed_front_matter: {
    sample: {},
    advice: "A `.md` agent begins with its definition, as YAML between two `---` lines.",
  },
  instructions_twice: {
    sample: {},
    advice: "The text below the front matter of a `.md` agent becomes its instructions.",
  },
  unknown_key: {
    sample: { name: "modle", known: ["model"], suggestions: ["model"] },
    advice: "The page [agents-yaml.md](agents-yaml.md) lists every name.",
  },
  missing_key: {
    sample: { name: "model" },
    advice: "For an agent, `defaults` can set it as well.",
  },
  wrong_type: {
    sample: { expected: ["list"], found: "text" },
    advice:
      "Write numbers and true/false without quotes, and quote strings that look like them. A value from a variable takes the expected type.",
  },
  out_of_range: {
    sample: { found: 1.5, minimum: 0, maximum: 1 },
    advice: "The limits are those of the API.",
  },
  not_a_choice: {
    sample: { found: "alway", choices: ["auto", "none", "any", "required"], suggestions: [] },
    advice: "Upper and lower case matter.",
  },
  empty_value: { sample: {}, advice: "To unset a property, leave it out." },
  bad_form: {
    sample: { what: "agent_key", found: "Support triage", pattern: "" },
    advice: "The key is for people and files. The console shows `name`, which may be any text.",
  },
  reserved_label: {
    sample: { name: "agentvane.project" },
    advice: "`apply` writes these labels to record the owner of an agent.",
  },
  not_together: {
    sample: { name: "include", other: "exclude" },
    advice: "The API accepts only one of them. One of the two may come from `defaults`.",
  },
  bad_template: {
    sample: { found: "${{ tone }}" },
    advice: "For a literal `${{` in a prompt, write `$${{`.",
  },
  template_not_allowed: {
    sample: {},
    advice:
      "Names that identify something, such as keys and the project, cannot contain variables.",
  },
  secret_not_allowed: {
    sample: { name: "CRM_TOKEN" },
    advice: "Everybody who can read the agent can read its prompt and its labels.",
  },
  api_key_not_allowed: {
    sample: { name: "MISTRAL_API_KEY" },
    advice:
      "Everybody who can read the agent could read the key. The rule covers MISTRAL_API_KEY and each `api_key_env` of the file, in upper or lower case.",
  },
  undefined_variable: {
    sample: { source: "vars", name: "tone", suggestions: [] },
    advice: "`validate` needs all variables, too: their values decide whether the file is valid.",
  },
  text_too_large: {
    sample: { limit: 10_485_760 },
    advice: "A variable that is used many times makes the text large.",
  },
  no_match: {
    sample: { glob: "agents/*.yaml" },
    advice: "A glob that matches nothing is probably misspelt, so it is an error.",
  },
  bad_include: { sample: { path: "agents/triage.json" }, advice: "Make the glob narrower." },
  duplicate_agent: {
    sample: { name: "triage", first },
    advice:
      "Keys must be unique across all files of a project. The key of a `.md` agent is the name of its file.",
  },
  duplicate_id: {
    sample: { name: "ag_0198c2a17b4e7d30", first },
    advice: "An agent can have only one key.",
  },
  duplicate_function: {
    sample: { name: "lookup_order", first },
    advice: "The model could not distinguish the two.",
  },
  unknown_agent: {
    sample: { name: "biling", in: "handoffs", suggestions: ["billing"] },
    advice: "Name agents of this project by key, in `handoffs`, `moved`, `gates` and environments.",
  },
  environment_missing: {
    sample: { known: ["staging", "prod"] },
    advice: "The environment is never guessed. Only `validate` checks all of them.",
  },
  unknown_environment: {
    sample: { name: "prd", known: ["staging", "prod"], suggestions: ["prod"] },
    advice: "The name comes from `--env`, else from AGENTVANE_ENV.",
  },
  ambiguous_environment: {
    sample: { name: "pr-docs-42", patterns: ["pr-*", "*-42"] },
    advice:
      "An environment of exactly that name comes first. Without one, exactly one pattern must match.",
  },
  file_forgotten: {
    sample: { path: "prompts/triage.md" },
    advice:
      "`validate --strict` reports it, and `plan` notes it. A string is allowed, but it is probably meant as a file.",
  },
  handoff_twice: {
    sample: { name: "billing", first },
    advice: "Only `validate --strict` reports this. The second handoff changes nothing.",
  },
  handoff_to_itself: {
    sample: { name: "triage" },
    advice:
      "Only `validate --strict` reports this. It is allowed, but creating the agent then takes two versions.",
  },
  alias_twice: {
    sample: { name: "prod", first },
    advice: "Only `validate --strict` reports this. The second entry changes nothing.",
  },
  tool_twice: {
    sample: { name: "web_search", first },
    advice: "Only `validate --strict` reports this. The second tool adds nothing.",
  },
  alias_left_empty: {
    sample: { name: "prod" },
    advice:
      "Only `validate --strict` reports this. `null` removes an alias, and so does an empty value, which is easily left by accident.",
  },
  variable_unused: {
    sample: { name: "AGENTVANE_VAR_tome", suggestions: ["AGENTVANE_VAR_tone"] },
    advice: "Only `validate --strict` reports this. For `--var` it is a usage error.",
  },
  unreachable_agent: {
    sample: { name: "refunds", from: "triage" },
    advice:
      "A check without `agents` runs for every agent, so every agent must be able to meet its expectations.",
  },
  unknown_function: {
    sample: { name: "lookup_ordr", from: "triage", suggestions: ["lookup_order"] },
    advice:
      "Name tools of type `function` by their function name, and tools of the server by their type, such as `web_search`.",
  },
  bad_regular_expression: {
    sample: { found: "(", reason: "Unterminated group" },
    advice: "Patterns of checks are JavaScript regular expressions with the flag `u`.",
  },
  bad_json_schema: {
    sample: { reason: "type must be one of the seven types of JSON" },
    advice: "Schemas use draft 2020-12 of JSON Schema.",
  },
  web_search_twice: {
    sample: {},
    advice:
      "Only `validate --strict` reports this. Agents accept both tools, but some conversations refuse them.",
  },
  required_with_built_in: {
    sample: { name: "web_search" },
    advice:
      "The server refuses to create such an agent: a model cannot be forced to call a tool that the server runs.",
  },
  literal_secret: {
    sample: {},
    advice: "Only `validate --strict` reports this. Rotate the secret if the file was ever pushed.",
  },
  looks_like_key: {
    sample: { what: "an API key" },
    advice: "Only `validate --strict` reports this. It may be a false alarm.",
  },
  handoff_runs_default: {
    sample: { name: "billing", alias: "prod" },
    advice: "Only `validate --strict` reports this. A handoff always runs the default version.",
  },
  moved_but_there: {
    sample: { name: "router", defined: first },
    advice: "`moved` gives an agent a new key, so no agent may have the old key.",
  },
  moved_twice: {
    sample: { name: "router", first },
    advice: "An agent can have only one new key.",
  },
  moved_together: {
    sample: { name: "triage", first },
    advice:
      "Rename one of them. Remove the other one from the file; `apply --prune` then deletes it.",
  },
  moved_in_circle: {
    sample: { name: "router", keys: ["router", "triage"] },
    advice:
      "Entries may be chained, `a` to `b` and `b` to `c`, but the chain must end at an existing key.",
  },
  unknown_property: {
    sample: { name: "completion_args.temprature", suggestions: ["completion_args.temperature"] },
    advice: "Paths in `ignore_changes` are separated by dots.",
  },
};
