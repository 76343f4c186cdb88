import type { Problem, ProblemKind } from "../config/problem.ts";
import { maskPosition } from "./mask-position.ts";
import { cases, each, kept, members, own, type Rule, text } from "./rule.ts";

const name = { name: own };
const suggestions = each(own);
const first = maskPosition;

/** Texts in a file come from outside; names that a file defines are reported as names. */
export const maskProblemKind: Rule<ProblemKind> = cases<ProblemKind, "code">("code", {
  file_unavailable: { path: own, suggestions },
  yaml_syntax: { reason: own, rule: kept },
  yaml_version: { version: own },
  unknown_tag: { tag: own },
  unresolved_alias: name,
  recursive_alias: name,
  duplicate_key: { name: own, first },
  bad_number: { found: text },
  unknown_key: { name: own, known: each(own), suggestions, under: own },
  missing_key: name,
  wrong_type: { example: own },
  not_a_choice: { found: text, choices: each(own), suggestions },
  bad_form: { found: text, pattern: kept, example: own },
  reserved_label: name,
  not_together: { name: own, other: own },
  bad_template: { found: text },
  secret_not_allowed: name,
  api_key_not_allowed: name,
  undefined_variable: { name: own, suggestions },
  variable_unused: { name: own, suggestions },
  no_match: { glob: own },
  bad_include: { path: own },
  duplicate_agent: { name: own, first },
  duplicate_id: { name: own, first },
  duplicate_function: { name: own, first },
  handoff_twice: { name: own, first },
  handoff_to_itself: name,
  alias_twice: { name: own, first },
  alias_left_empty: name,
  tool_twice: { name: own, first },
  file_forgotten: { path: own },
  unknown_agent: { name: own, suggestions },
  environment_missing: { known: each(own) },
  unknown_environment: { name: own, known: each(own), suggestions },
  ambiguous_environment: { name: own, patterns: each(own) },
  unreachable_agent: { name: own, from: own },
  unknown_function: { name: own, from: own, suggestions },
  bad_regular_expression: { found: text, reason: own },
  bad_json_schema: { reason: own },
  required_with_built_in: name,
  looks_like_key: { what: own },
  handoff_runs_default: { name: own, alias: own },
  moved_but_there: { name: own, defined: maskPosition },
  moved_twice: { name: own, first },
  moved_together: { name: own, first },
  moved_in_circle: { name: own, keys: each(own) },
  unknown_property: { name: own, suggestions },
});

const maskPlace = members<Pick<Problem, "at" | "sourceLine">>({
  at: maskPosition,
  sourceLine: text,
});

/** A problem of a file. */
export const maskProblem: Rule<Problem> = (problem, mask) =>
  maskPlace(maskProblemKind(problem, mask) as Problem, mask) as Problem;
