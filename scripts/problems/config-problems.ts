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
      "Paths are relative to the file that names them. They stay inside the folder of agents.yaml, links included; a file has at most 10 MiB, and texts are UTF-8.",
  },
  empty_file: {
    sample: { isMain: true },
    advice: "A file that only holds comments is empty as well.",
  },
  yaml_syntax: {
    sample: {
      reason: "Nested mappings are not allowed in compact mappings",
      rule: "BLOCK_AS_IMPLICIT_KEY",
    },
    advice: "Often a text that holds `: ` or begins with `@`, `*` or `{`: put it in quotes.",
  },
  yaml_version: {
    sample: { version: "1.1" },
    advice: "Take the `%YAML` line out. In YAML 1.2 `no` and `on` are texts, not true and false.",
  },
  several_documents: {
    sample: {},
    advice: "Take the lines `---` out, or make several files of it and name them under `include`.",
  },
  unknown_tag: {
    sample: { tag: "!env" },
    advice: "Values come from variables: `${{ vars.name }}`, `${{ env.NAME }}`.",
  },
  unresolved_alias: {
    sample: { name: "common" },
    advice: "An anchor `&common` has to stand above its alias `*common`, in the same file.",
  },
  recursive_alias: { sample: { name: "common" }, advice: "Write out what is meant." },
  bad_merge: {
    sample: {},
    advice: "`<<: *common` takes a map. For what all agents share, `defaults` is simpler.",
  },
  too_deep: { sample: { limit: 200 }, advice: "Usually aliases that were put into each other." },
  too_many_values: {
    sample: { limit: 1_000_000 },
    advice: "Aliases count as often as they are used. Put large texts into files of their own.",
  },
  duplicate_key: {
    sample: { name: "triage", first },
    advice: "Other readers of YAML let the last one win without a word; here both are looked at.",
  },
  key_not_text: { sample: {}, advice: "Such as `1:` or `true:`, which are not texts in YAML." },
  bad_number: {
    sample: { found: "12345678901234567890" },
    advice: "Put it in quotes if its digits matter.",
  },
  unclosed_front_matter: {
    sample: {},
    advice: "A `.md` agent begins with its definition as YAML between two lines `---`.",
  },
  instructions_twice: {
    sample: {},
    advice: "The text below the front matter of a `.md` agent is its instructions.",
  },
  unknown_key: {
    sample: { name: "modle", known: ["model"], suggestions: ["model"] },
    advice: "Every name is listed in [agents-yaml.md](agents-yaml.md).",
  },
  missing_key: {
    sample: { name: "model" },
    advice: "An agent may have it from `defaults` instead.",
  },
  wrong_type: {
    sample: { expected: ["list"], found: "text" },
    advice:
      "Numbers and flags go without quotes, texts that look like them with quotes. A value from a variable is read as what is expected.",
  },
  out_of_range: {
    sample: { found: 1.5, minimum: 0, maximum: 1 },
    advice: "The limits are those of the API.",
  },
  not_a_choice: {
    sample: { found: "alway", choices: ["auto", "none", "any", "required"], suggestions: [] },
    advice: "Small and capital letters differ.",
  },
  empty_value: { sample: {}, advice: "To unset a property, leave it out." },
  bad_form: {
    sample: { what: "agent_key", found: "Support triage", pattern: "" },
    advice: "A key is for people and files; what the console shows is `name`, which is free.",
  },
  reserved_label: {
    sample: { name: "agentvane.project" },
    advice: "Such labels tell whose an agent is, and are written by apply.",
  },
  not_together: {
    sample: { name: "include", other: "exclude" },
    advice: "The API takes one of them. One may come from `defaults`.",
  },
  bad_template: {
    sample: { found: "${{ tone }}" },
    advice: "A prompt that has to hold `${{` itself writes `$${{`.",
  },
  template_not_allowed: {
    sample: {},
    advice: "Names that identify something, such as keys and the project, are written out.",
  },
  secret_not_allowed: {
    sample: { name: "CRM_TOKEN" },
    advice: "A prompt or a label can be read by everybody who can read the agent.",
  },
  api_key_not_allowed: {
    sample: { name: "MISTRAL_API_KEY" },
    advice:
      "A prompt that holds the key can be read by everybody who can read the agent. This is about MISTRAL_API_KEY and each `api_key_env` of the file, in capitals or small letters.",
  },
  undefined_variable: {
    sample: { source: "vars", name: "tone", suggestions: [] },
    advice: "`validate` needs all of them too: what they hold decides whether the file is valid.",
  },
  text_too_large: {
    sample: { limit: 10_485_760 },
    advice: "A variable that is used many times grows the text.",
  },
  no_match: {
    sample: { glob: "agents/*.yaml" },
    advice: "A glob that matches nothing is most likely misspelt, so it is not ignored.",
  },
  bad_include: { sample: { path: "agents/triage.json" }, advice: "Make the glob narrower." },
  duplicate_agent: {
    sample: { name: "triage", first },
    advice: "All files of a project share their keys; the key of a `.md` agent is its file's name.",
  },
  duplicate_id: {
    sample: { name: "ag_0198c2a17b4e7d30", first },
    advice: "One agent has one key.",
  },
  duplicate_function: {
    sample: { name: "lookup_order", first },
    advice: "The model could not tell which one it calls.",
  },
  unknown_agent: {
    sample: { name: "biling", in: "handoffs", suggestions: ["billing"] },
    advice:
      "Agents of this project are named by key, in `handoffs`, `moved`, `gates` and environments.",
  },
  environment_missing: {
    sample: { known: ["staging", "prod"] },
    advice: "Whose agents are meant must never be a guess. Only `validate` tries all of them.",
  },
  unknown_environment: {
    sample: { name: "prd", known: ["staging", "prod"], suggestions: ["prod"] },
    advice: "It comes from `--env`, or else from AGENTVANE_ENV.",
  },
  ambiguous_environment: {
    sample: { name: "pr-docs-42", patterns: ["pr-*", "*-42"] },
    advice:
      "An environment of exactly that name comes first. Without one, exactly one pattern must match.",
  },
  file_forgotten: {
    sample: { path: "prompts/triage.md" },
    advice: "Told by `validate --strict`, and as a note by `plan`. As a text it is allowed.",
  },
  handoff_twice: { sample: { name: "billing", first }, advice: "Told by `validate --strict`." },
  handoff_to_itself: {
    sample: { name: "triage" },
    advice:
      "Told by `validate --strict`. It is allowed, and costs the agent a second version when it is created.",
  },
  alias_twice: { sample: { name: "prod", first }, advice: "Told by `validate --strict`." },
  tool_twice: {
    sample: { name: "web_search", first },
    advice: "Told by `validate --strict`. A second one of the same adds nothing.",
  },
  alias_left_empty: {
    sample: { name: "prod" },
    advice:
      "Told by `validate --strict`. `null` removes an alias, and so does nothing at all after the colon, which is easily left over.",
  },
  variable_unused: {
    sample: { name: "AGENTVANE_VAR_tome", suggestions: ["AGENTVANE_VAR_tone"] },
    advice: "Told by `validate --strict`. For `--var` it is a usage error.",
  },
  unreachable_agent: {
    sample: { name: "refunds", from: "triage" },
    advice:
      "A check without `agents` is about every agent, and each of them must be able to fulfil what it expects.",
  },
  unknown_function: {
    sample: { name: "lookup_ordr", from: "triage", suggestions: ["lookup_order"] },
    advice:
      "Functions are the tools of type `function`, by their names; tools of the server are called by their type, such as `web_search`.",
  },
  bad_regular_expression: {
    sample: { found: "(", reason: "Unterminated group" },
    advice: "Patterns of checks are regular expressions of JavaScript, with the flag `u`.",
  },
  bad_json_schema: {
    sample: { reason: "type must be one of the seven types of JSON" },
    advice: "Schemas follow draft 2020-12 of JSON Schema.",
  },
  web_search_twice: {
    sample: {},
    advice:
      "Only `validate --strict` says this: agents take both, conversations were seen to refuse them.",
  },
  required_with_built_in: {
    sample: { name: "web_search" },
    advice: "The server refuses to create such an agent: what it runs itself cannot be forced.",
  },
  literal_secret: {
    sample: {},
    advice: "Only `validate --strict` says this. Rotate the secret if the file was ever pushed.",
  },
  looks_like_key: {
    sample: { what: "an API key" },
    advice: "Only `validate --strict` says this, and it may be mistaken.",
  },
  handoff_runs_default: {
    sample: { name: "billing", alias: "prod" },
    advice: "Only `validate --strict` says this.",
  },
  moved_but_there: {
    sample: { name: "router", defined: first },
    advice: "`moved` says that an agent has a new key; under the old one there can be none.",
  },
  moved_twice: { sample: { name: "router", first }, advice: "An agent has one key." },
  moved_together: {
    sample: { name: "triage", first },
    advice:
      "Rename one of them; take the other one out of the file, and `apply --prune` deletes it.",
  },
  moved_in_circle: {
    sample: { name: "router", keys: ["router", "triage"] },
    advice:
      "Entries may follow each other, `a` to `b` and `b` to `c`, but end at a key that exists.",
  },
  unknown_property: {
    sample: { name: "completion_args.temprature", suggestions: ["completion_args.temperature"] },
    advice: "In `ignore_changes`, paths are written with dots.",
  },
};
