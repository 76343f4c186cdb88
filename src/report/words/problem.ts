import type { ProblemCode, ProblemKind, ValueType } from "../../config/problem.ts";
import type { SourceFault } from "../../config/sources.ts";
import { listed } from "../safe/truncate.ts";
import { meant } from "./did-you-mean.ts";
import { hintAt, type ProblemText, type ProblemWordings } from "./problem-wording.ts";
import { positionText } from "./refusal.ts";
import { doctorCheckWordings } from "./strict-finding.ts";
import { yamlAdvice } from "./yaml-advice.ts";

const wordings: ProblemWordings<ProblemCode> = {
  ...doctorCheckWordings,
  file_unavailable: ({ path, fault, suggestions, isMain }) => ({
    message: `${path}: ${faults[fault]}`,
    ...(fault === "missing" && { hint: missingFileHint(suggestions, isMain) }),
  }),
  empty_file: ({ isMain }) =>
    isMain
      ? {
          message: "the file is empty",
          expected: "version, project and agents",
          hint: "`agentvane init` writes a file to start from.",
        }
      : { message: "the file is empty", expected: "a value in YAML or JSON" },
  yaml_syntax: ({ reason, rule }) => ({
    message: `this is not YAML: ${reason}`,
    hint: yamlAdvice(rule),
  }),
  yaml_version: ({ version }) => ({
    message: `YAML ${version} is not supported`,
    expected: "YAML 1.2",
  }),
  several_documents: () => ({ message: "the file holds several documents", expected: "one" }),
  unknown_tag: ({ tag }) => ({ message: `the tag ${tag} means nothing here` }),
  unresolved_alias: ({ name }) => ({ message: `there is no anchor &${name}` }),
  recursive_alias: ({ name }) => ({ message: `*${name} contains itself` }),
  bad_merge: () => ({ message: "<< can only merge a map or a list of maps" }),
  too_deep: ({ limit }) => ({ message: `values are nested more than ${limit} levels deep` }),
  too_many_values: ({ limit }) => ({
    message: `the file has more than ${limit} values once its aliases are expanded`,
  }),
  duplicate_key: ({ name, first }) => ({
    message: `"${name}" is defined twice`,
    hint: `The first one is at ${positionText(first)}.`,
  }),
  key_not_text: () => ({
    message: "keys must be strings",
    hint: "Quote this one.",
  }),
  bad_number: ({ found }) => ({
    message: `${found} is not a number that JSON can hold`,
    hint: "Put it in quotes if it is a string.",
  }),
  unclosed_front_matter: () => ({
    message: "the front matter is not closed",
    expected: "a line of --- above and below the definition",
  }),
  instructions_twice: () => ({
    message: "the instructions stand in the front matter and below it",
    expected: "one of them",
  }),
  unknown_key: ({ name, known, suggestions, under }) => ({
    message: `"${name}" is not known here`,
    ...(under !== undefined && { hint: `It belongs under ${under}.` }),
    ...(under === undefined &&
      suggestions.length === 0 && { expected: `one of: ${listed(known, 20)}` }),
    ...hintAt(suggestions),
  }),
  missing_key: ({ name }) => ({
    message: `"${name}" is missing`,
    ...(name === "model" && { hint: "Add it here, or under defaults for all agents." }),
  }),
  wrong_type: ({ expected, found, example }) => ({
    message: `expected ${expected.map((type) => valueTypes[type]).join(" or ")}, got ${valueTypes[found]}`,
    ...(example !== undefined && { hint: `For example: ${example}` }),
  }),
  out_of_range: ({ found, minimum, maximum }) => ({
    message: `${found} is out of range`,
    expected: rangeText(minimum, maximum),
  }),
  not_a_choice: ({ found, choices, suggestions }) => ({
    message: `"${found}" is not a valid value`,
    expected: `one of: ${listed(choices, 20)}`,
    ...hintAt(suggestions),
  }),
  empty_value: () => ({ message: "this is empty", expected: "at least one character" }),
  bad_form: ({ what, found, pattern, example }) => ({
    message: `"${found}" is not ${forms[what].name}`,
    expected:
      forms[what].expected ||
      (example === undefined ? `something like ${pattern}` : `something like ${example}`),
  }),
  reserved_label: ({ name }) => ({
    message: `the label "${name}" belongs to agentvane`,
    expected: "a name that does not begin with agentvane.",
  }),
  not_together: ({ name, other }) => ({ message: `"${name}" and "${other}" exclude each other` }),
  bad_template: ({ found }) => ({
    message: `${found} is not a reference`,
    expected:
      "${{ vars.name }}, ${{ env.NAME }}, ${{ secrets.NAME }} or ${{ environment }}; $${{ for a literal ${{",
  }),
  template_not_allowed: () => ({ message: "nothing is replaced here", expected: "a plain value" }),
  secret_not_allowed: ({ name }) => ({
    message: `the secret ${name} would be stored where everybody can read it`,
    expected: "secrets only in the value of an authorization",
  }),
  api_key_not_allowed: ({ name }) => ({
    message: `${name} holds an API key, which is never a template value`,
    expected: "another variable; agentvane reads the key by itself",
  }),
  undefined_variable: ({ source, name, suggestions }) => ({
    message:
      source === "environment"
        ? "no environment is chosen, so ${{ environment }} has no name"
        : `${source}.${name} is not defined`,
    hint: suggestions.length > 0 ? meant(suggestions) : definitions[source](name),
  }),
  text_too_large: ({ limit }) => ({ message: `the text grows beyond ${limit} characters` }),
  no_match: ({ glob }) => ({ message: `no file matches ${glob}` }),
  bad_include: ({ path }) => ({
    message: `${path} cannot be included`,
    expected: ".yaml, .yml or .md",
  }),
  duplicate_agent: ({ name, first }) => ({
    message: `agent "${name}" is defined twice`,
    hint: `The first one is at ${positionText(first)}.`,
  }),
  duplicate_id: ({ name, first }) => ({
    message: `${name} is bound to two keys`,
    hint: `The other one is at ${positionText(first)}.`,
  }),
  duplicate_function: ({ name, first }) => ({
    message: `the agent has two functions called "${name}"`,
    hint: `The other one is at ${positionText(first)}.`,
  }),
  unknown_agent: ({ name, in: section, suggestions }) => ({
    message: `there is no agent "${name}" in this project`,
    hint: suggestions.length > 0 ? meant(suggestions) : agentNames[section],
  }),
  environment_missing: ({ known }) => ({
    message: "the project has environments, and none was chosen",
    expected: `--env or AGENTVANE_ENV with one of: ${listed(known, 20)}`,
  }),
  unknown_environment: ({ name, known, suggestions }) => ({
    message: `there is no environment "${name}"`,
    expected:
      known.length === 0
        ? "no --env: the file declares no environments"
        : `one of: ${listed(known, 20)}`,
    ...hintAt(suggestions),
  }),
  ambiguous_environment: ({ name, patterns }) => ({
    message: `the environment "${name}" matches more than one pattern: ${listed(patterns, 20)}`,
    hint: `Change the patterns so that only one matches, or add an environment "${name}".`,
  }),
  unreachable_agent: ({ name, from }) => ({
    message: `${from} cannot hand off to ${name}, directly or through others`,
    hint: `Add ${name} to its handoffs, or limit the check with agents.`,
  }),
  unknown_function: ({ name, from, suggestions }) => ({
    message: `${from} has no function ${name}, nor has any agent it hands off to`,
    ...hintAt(suggestions),
  }),
  bad_regular_expression: ({ reason }) => ({
    message: `this regular expression is not valid: ${reason}`,
  }),
  bad_json_schema: ({ reason }) => ({
    message: `this JSON Schema is not valid: ${reason}`,
  }),
  required_with_built_in: ({ name }) => ({
    message: `tool_choice "required" does not go with built-in tools such as ${name}`,
    expected: "auto, any or none",
  }),
  moved_but_there: ({ name, defined }) => ({
    message: `"${name}" is renamed here and still an agent`,
    expected: "a key that no agent has any more",
    hint: `It is defined at ${positionText(defined)}: rename it there, or take this entry out.`,
  }),
  moved_twice: ({ name, first }) => ({
    message: `"${name}" is renamed a second time`,
    expected: "one new key",
    hint: `The first one is at ${positionText(first)}; take one of them out.`,
  }),
  moved_together: ({ name, first }) => ({
    message: `a second agent is renamed to "${name}"`,
    expected: "one old key: two agents cannot become one",
    hint: `The first one is at ${positionText(first)}; take one of them out.`,
  }),
  moved_in_circle: ({ name, keys }) => ({
    message:
      keys.length === 1
        ? `"${name}" is renamed to itself`
        : `the renames lead back to "${name}": ${listed([...keys, name])}`,
    expected: "renames that end at an agent of this project",
    hint: "Take out the entry that leads back.",
  }),
  unknown_property: ({ name, suggestions }) => ({
    message: `agents have no property "${name}"`,
    ...hintAt(suggestions),
  }),
};

/** A problem of a configuration in words. */
export function problemText(problem: ProblemKind): ProblemText {
  const wording = wordings[problem.code] as (problem: ProblemKind) => ProblemText;
  return wording(problem);
}

const faults: { readonly [Fault in SourceFault]: string } = {
  missing: "there is no such file",
  outside: "this leads out of the project's folder",
  hides_credentials: "files under .git and .env files hold credentials and are never read",
  too_large: "the file is larger than 10 MiB",
  not_utf8: "the file is not UTF-8",
  not_a_file: "this is not a file",
  unreadable: "the file cannot be read",
};

const valueTypes: { readonly [Name in ValueType]: string } = {
  text: "a string",
  number: "a number",
  integer: "a whole number",
  flag: "true or false",
  list: "a list",
  map: "a map",
  null: "null",
  file: "{ file: path }",
  alias_target: "latest, a version number or null",
};

const forms: {
  readonly [What in Extract<ProblemKind, { code: "bad_form" }>["what"]]: {
    readonly name: string;
    readonly expected: string;
  };
} = {
  agent_key: {
    name: "a key",
    expected: "1 to 64 lower-case letters, digits, - and _, a letter or digit at both ends",
  },
  slug: {
    name: "a project name",
    expected: "1 to 64 lower-case letters, digits and -, a letter or digit at both ends",
  },
  environment: {
    name: "the name of an environment",
    expected:
      "1 to 64 lower-case letters, digits, -, _ and * for one character or more, no - or _ at an end",
  },
  alias: {
    name: "an alias",
    expected: "1 to 64 lower-case letters, digits, - and _, a letter first, no - or _ last",
  },
  variable: { name: "the name of a variable", expected: "letters, digits and _, no digit first" },
  text: { name: "accepted here", expected: "" },
};

const agentNames = {
  handoffs: "An agent of somebody else is written as { id: ag_… }.",
  moved: "Name the key that the agent has now, or one that another entry renames.",
  gates: "Name keys of this project's agents.",
  checks:
    "Name keys of this project's agents; in a handoff, another agent is written as { id: ag_… }.",
  environments:
    "An environment says what is different about agents of the file; define it under agents first.",
} as const;

const definitions = {
  vars: (name: string) =>
    `Add it under vars, set AGENTVANE_VAR_${name}, or give --var ${name}=VALUE.`,
  env: (name: string) => `Set the environment variable ${name}; an empty one counts as unset.`,
  secrets: (name: string) => `Set the environment variable ${name}; its value is never shown.`,
  environment: () => "Declare environments and choose one with --env NAME.",
} as const;

function missingFileHint(suggestions: readonly string[], isMain: boolean): string {
  if (suggestions.length === 0) {
    return isMain
      ? "Name the file with --file, or let `agentvane init` write one."
      : "Check the path: it is relative to the file that names it.";
  }
  return isMain ? `Did you mean --file ${suggestions[0]}?` : meant(suggestions);
}

function rangeText(minimum: number | undefined, maximum: number | undefined): string {
  if (minimum === undefined) return `at most ${maximum}`;
  return maximum === undefined ? `at least ${minimum}` : `${minimum} to ${maximum}`;
}
