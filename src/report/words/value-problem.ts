import type { ProblemKind, ValueType } from "../../config/problem.ts";
import { listed } from "../safe/truncate.ts";
import { hintAt, type ProblemWordings } from "./problem-wording.ts";

type ValueCode =
  | "unknown_key"
  | "missing_key"
  | "wrong_type"
  | "out_of_range"
  | "not_a_choice"
  | "empty_value"
  | "bad_form"
  | "reserved_label"
  | "not_together"
  | "bad_regular_expression"
  | "bad_json_schema"
  | "required_with_built_in"
  | "unknown_property";

/** A value that is not what is expected at its place, in words. */
export const valueWordings: ProblemWordings<ValueCode> = {
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
  empty_value: () => ({ message: "the value is empty", expected: "at least one character" }),
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
  bad_regular_expression: ({ reason }) => ({
    message: `this regular expression is not valid: ${reason}`,
  }),
  bad_json_schema: ({ reason }) => ({
    message: `this JSON Schema is not valid: ${reason}`,
  }),
  required_with_built_in: ({ name }) => ({
    message: `tool_choice "required" cannot be combined with built-in tools such as ${name}`,
    expected: "auto, any or none",
  }),
  unknown_property: ({ name, suggestions }) => ({
    message: `agents have no property "${name}"`,
    ...hintAt(suggestions),
  }),
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

function rangeText(minimum: number | undefined, maximum: number | undefined): string {
  if (minimum === undefined) return `at most ${maximum}`;
  return maximum === undefined ? `at least ${minimum}` : `${minimum} to ${maximum}`;
}
